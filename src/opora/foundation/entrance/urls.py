"""Addresses of one's own pages about signing in; those of the library are in `library.py`."""

from django.urls import path

from . import views

app_name = "entrance"
urlpatterns = [
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/end/", views.end, name="end"),
    path("required/", views.required, name="required"),
    path("key/off/", views.key_off, name="key_off"),
]
