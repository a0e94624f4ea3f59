"""Addresses of one's own pages about signing in; those of the sign-in library are in `allauth_urls.py`."""

from django.urls import path

from . import views

app_name = "entrance"
urlpatterns = [
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/end/", views.end, name="end"),
    path("required/", views.required, name="required"),
    path("key/off/", views.key_off, name="key_off"),
]
