"""Addresses of cases."""

from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("<slug:public_id>/", views.case_page, name="case"),
]
