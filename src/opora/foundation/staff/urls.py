"""Addresses of the pages about staff."""

from django.urls import path

from . import views

app_name = "staff"
urlpatterns = [
    path("staff/", views.staff, name="list"),
    path("staff/new/", views.appoint, name="appoint"),
    path("staff/<slug:public_id>/end/", views.end_position, name="end_position"),
    path("staff/<slug:public_id>/undertaking/", views.undertaking, name="undertaking"),
    path("organisation/", views.organisation, name="organisation"),
    path("me/", views.mine, name="mine"),
]
