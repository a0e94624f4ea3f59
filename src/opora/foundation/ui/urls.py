"""Addresses of the pages about pages; included by config/urls without a prefix."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("settings/low-vision/", views.low_vision, name="low_vision"),
    path("settings/key-hints/", views.key_hints, name="key_hints"),
    path("settings/workplace/", views.choose_workplace, name="choose_workplace"),
    path("help/keys/", views.keys, name="keys"),
]
