"""Addresses of brought conclusions and their duties."""

from django.urls import path

from . import views

app_name = "duties"

urlpatterns = [
    path("", views.duty_list, name="list"),
    path("child/<slug:public_id>/new/", views.brought_new, name="new"),
    path("child/<slug:public_id>/conditions/", views.shelf, name="shelf"),
    path("conclusion/<slug:public_id>/", views.brought, name="brought"),
    path("conclusion/<slug:public_id>/change/", views.brought_edit, name="edit"),
    path("conclusion/<slug:public_id>/answer/", views.answer, name="answer"),
    path("conclusion/<slug:public_id>/add/", views.add, name="add"),
    path("conclusion/<slug:public_id>/end/", views.end, name="end"),
    path("conclusion/<slug:public_id>/scan/", views.scan, name="scan"),
    path("<slug:public_id>/", views.duty, name="duty"),
    path("<slug:public_id>/mark/", views.mark, name="mark"),
    path("<slug:public_id>/remove/", views.remove, name="remove"),
]
