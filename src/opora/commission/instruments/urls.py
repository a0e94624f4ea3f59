"""Addresses of instruments: each belongs to a sheet."""

from django.urls import path

from . import views

app_name = "instruments"
urlpatterns = [
    path("<slug:public_id>/<slug:instrument>/", views.instrument_page, name="instrument"),
    path("<slug:public_id>/<slug:instrument>/save/", views.instrument_save, name="save"),
    path("<slug:public_id>/<slug:instrument>/insert/", views.result_insert, name="insert"),
]
