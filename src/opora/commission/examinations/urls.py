"""Addresses of examinations."""

from django.urls import URLPattern

app_name = "examinations"
urlpatterns: list[URLPattern] = []
