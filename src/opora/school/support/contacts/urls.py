"""Addresses of requests for help to other bodies."""

from django.urls import path

from . import views

app_name = "contacts"

urlpatterns = [
    path("", views.contact_list, name="list"),
    path("new/", views.new, name="new"),
    path("child/<slug:public_id>/new/", views.new_about, name="new_about"),
    path("<slug:public_id>/", views.contact, name="contact"),
    path("<slug:public_id>/answer/", views.answer, name="answer"),
    path("<slug:public_id>/change/", views.change, name="change"),
    path("<slug:public_id>/scan/", views.scan, name="scan"),
]
