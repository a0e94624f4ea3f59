"""Addresses of emergencies."""

from django.urls import path

from . import views

app_name = "emergencies"
urlpatterns = [
    path("", views.access_list, name="list"),
    path("new/", views.new, name="new"),
    path("<slug:public_id>/", views.access, name="access"),
    path("<slug:public_id>/close/", views.close, name="close"),
    path("<slug:public_id>/review/", views.review, name="review"),
]
