"""Addresses of signals and screenings."""

from django.urls import path

from .views import concerns, examining, screenings, tables

app_name = "signals"
urlpatterns = [
    path("", concerns.concerns, name="list"),
    path("new/", concerns.new, name="new"),
    path("new/pupils/", concerns.pupils, name="pupils"),
    path("terms/", screenings.terms, name="terms"),
    path("screenings/", screenings.screenings, name="screenings"),
    path("screenings/new/", screenings.screening_new, name="screening_new"),
    path("screenings/attention/", screenings.attention, name="attention"),
    path("screenings/attention/settle/", screenings.settle, name="settle"),
    path("screenings/tables/new/", tables.table_new, name="table_new"),
    path("screenings/tables/template/", tables.template, name="template"),
    path("screenings/tables/<slug:public_id>/", tables.table, name="table"),
    path("screenings/tables/<slug:public_id>/confirm/", tables.confirm, name="table_confirm"),
    path("screenings/tables/<slug:public_id>/cancel/", tables.cancel, name="table_cancel"),
    path("screenings/<slug:public_id>/", screenings.screening, name="screening"),
    path("screenings/<slug:public_id>/results/", screenings.results, name="results"),
    path("<slug:public_id>/", concerns.concern, name="concern"),
    path("<slug:public_id>/send/", concerns.send, name="send"),
    path("<slug:public_id>/decline/", concerns.decline, name="decline"),
    path("<slug:public_id>/examination/", examining.examination, name="examination"),
]
