"""Addresses of consents."""

from django.urls import path

from . import views

app_name = "consents"
urlpatterns = [
    path("withdrawals/", views.withdrawal_list, name="withdrawals"),
    path("withdrawals/<slug:public_id>/", views.withdrawal, name="withdrawal"),
    path("withdrawals/<slug:public_id>/carry-out/", views.carry_out, name="carry_out"),
    path("withdrawals/<slug:public_id>/lift/", views.lift, name="lift"),
    path("withdrawals/<slug:public_id>/scan/", views.scan, name="scan"),
    path("withdrawals/<slug:public_id>/act/", views.act, name="act"),
    path("child/<str:public_id>/new/", views.consent_new, name="new"),
    path("<str:public_id>/withdraw/", views.consent_withdrawal, name="withdraw"),
]
