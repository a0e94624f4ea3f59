"""Addresses of the room."""

from django.urls import path

from .views import asking, packing, sheets

app_name = "presentations"
urlpatterns = [
    path("", asking.presentation_list, name="list"),
    path("child/<slug:public_id>/start/", sheets.start, name="start"),
    path("child/<slug:public_id>/request/", asking.request_new, name="request"),
    path("child/<slug:public_id>/package/", packing.package_new, name="package_new"),
    path("requests/<slug:public_id>/cancel/", asking.request_cancel, name="request_cancel"),
    path("packages/", packing.package_list, name="packages"),
    path("packages/<slug:public_id>/", packing.package, name="package"),
    path("sections/<slug:public_id>/", sheets.section_save, name="section"),
    path("sections/<slug:public_id>/choices/", sheets.choices_save, name="choices"),
    path("sections/<slug:public_id>/earlier/", sheets.section_earlier, name="section_earlier"),
    path("<slug:public_id>/", sheets.sheet, name="sheet"),
    path("<slug:public_id>/lacks/", sheets.lacks, name="lacks"),
    path("<slug:public_id>/details/", sheets.details, name="details"),
    path("<slug:public_id>/carry/", sheets.carry, name="carry"),
    path("<slug:public_id>/finish/", sheets.finish, name="finish"),
    path("<slug:public_id>/reopen/", sheets.reopen, name="reopen"),
    path("<slug:public_id>/hand-over/", packing.hand_over, name="hand_over"),
]
