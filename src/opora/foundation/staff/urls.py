"""Addresses of the pages about staff."""

from django.urls import path

from . import helping, views

app_name = "staff"
urlpatterns = [
    path("staff/", views.staff, name="list"),
    path("staff/new/", views.appoint, name="appoint"),
    path("staff/<slug:public_id>/end/", views.end_position, name="end_position"),
    path("staff/<slug:public_id>/undertaking/", views.undertaking, name="undertaking"),
    path("staff/<slug:public_id>/sign-in/", helping.sign_in, name="sign_in"),
    path("staff/<slug:public_id>/factor/", helping.factor_reset, name="factor_reset"),
    path("staff/password/", helping.password_once, name="password_once"),
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/second-factor/", helping.factor_rule, name="factor_rule"),
    path("me/", views.mine, name="mine"),
]
