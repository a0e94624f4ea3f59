"""Addresses of the daily log and its journals."""

from django.urls import path

from . import views

app_name = "worklog"

urlpatterns = [
    path("", views.day, name="day"),
    path("add/", views.add, name="add"),
    path("draft/", views.draft, name="draft"),
    path("find/", views.find, name="find"),
    path("children/", views.children, name="children"),
    path("draft/<slug:public_id>/drop/", views.draft_drop, name="draft_drop"),
    path("lesson/<slug:public_id>/", views.lesson, name="lesson"),
    path("entry/<slug:public_id>/", views.entry, name="entry"),
    path("entry/<slug:public_id>/change/", views.change, name="change"),
    path("entry/<slug:public_id>/remove/", views.remove, name="remove"),
    path("group/<slug:public_id>/", views.grid, name="grid"),
    path("attendance/<slug:public_id>/", views.cell, name="cell"),
    path("hours/", views.hours, name="hours"),
    path("journal/", views.journal_all, name="journal"),
    path("journal/individual/", views.journal_individual, name="individual"),
    path("journal/groups/", views.journal_groups, name="groups"),
    path("journal/consultations/", views.journal_consultations, name="consultations"),
    path("journal/diagnostics/", views.journal_diagnostics, name="diagnostics"),
]
