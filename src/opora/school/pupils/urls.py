"""Addresses of the room."""

from django.urls import path

from . import views

app_name = "pupils"

urlpatterns = [
    path("", views.classes, name="classes"),
    path("new/", views.class_add, name="class_add"),
    path("year/", views.year, name="year"),
    path("lists/new/", views.list_new, name="list_new"),
    path("lists/<slug:public_id>/", views.class_list, name="class_list"),
    path("lists/<slug:public_id>/columns/", views.class_list_map, name="class_list_map"),
    path("lists/<slug:public_id>/confirm/", views.class_list_confirm, name="class_list_confirm"),
    path("lists/<slug:public_id>/cancel/", views.class_list_cancel, name="class_list_cancel"),
    path("consents/<slug:public_id>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
    path("consents/<slug:public_id>/scan/", views.consent_scan, name="consent_scan"),
    path("pupils/<slug:public_id>/place/", views.place, name="place"),
    path("pupils/<slug:public_id>/leave/", views.leave, name="leave"),
    path("pupils/<slug:public_id>/consent/", views.consent_new, name="consent_new"),
    path("<slug:public_id>/", views.class_page, name="class"),
    path("<slug:public_id>/edit/", views.class_edit, name="class_edit"),
    path("<slug:public_id>/add/", views.pupil_add, name="add"),
    path("<slug:public_id>/take/", views.take, name="take"),
    path("<slug:public_id>/list/", views.class_list_new, name="class_list_new"),
    path("<slug:public_id>/paste/", views.paste, name="paste"),
    path("<slug:public_id>/consents/", views.class_consents, name="class_consents"),
]
