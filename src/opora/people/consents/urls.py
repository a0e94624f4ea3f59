"""Addresses of consents."""

from django.urls import path

from . import views

app_name = "consents"
urlpatterns = [
    path("child/<str:public_id>/new/", views.consent_new, name="new"),
    path("<str:public_id>/withdraw/", views.consent_withdrawal, name="withdraw"),
]
