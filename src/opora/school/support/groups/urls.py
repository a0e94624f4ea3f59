"""Addresses of groups, their children and lessons."""

from django.urls import path

from . import views

app_name = "groups"

urlpatterns = [
    path("", views.group_list, name="list"),
    path("new/", views.new, name="new"),
    path("<slug:public_id>/", views.group, name="group"),
    path("<slug:public_id>/edit/", views.edit, name="edit"),
    path("<slug:public_id>/join/", views.join, name="join"),
    path("<slug:public_id>/series/", views.series, name="series"),
    path("<slug:public_id>/close/", views.close, name="close"),
    path("member/<slug:public_id>/leave/", views.leave, name="leave"),
    path("member/<slug:public_id>/outcome/", views.outcome, name="outcome"),
    path("lesson/<slug:public_id>/", views.lesson, name="lesson"),
    path("lesson/<slug:public_id>/cancel/", views.cancel, name="cancel"),
]
