"""Addresses of findings."""

from django.urls import path

from . import views

app_name = "findings"
urlpatterns = [
    path("advice/", views.advice_switch, name="advice_switch"),
    path("<slug:public_id>/", views.findings_save, name="save"),
]
