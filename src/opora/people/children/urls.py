"""Addresses of children."""

from django.urls import path

from .views import file, guardians, readers, register, sections

app_name = "children"
urlpatterns = [
    path("", register.children, name="list"),
    path("new/", register.new, name="new"),
    path("<str:public_id>/", file.child, name="child"),
    path("<str:public_id>/readers/", readers.readers, name="readers"),
    path("<str:public_id>/edit/", sections.child_edit, name="edit"),
    path("<str:public_id>/names/", sections.names, name="names"),
    path("<str:public_id>/study/", sections.enrolment, name="enrolment"),
    path("<str:public_id>/family/", sections.family, name="family"),
    path("<str:public_id>/disability/new/", sections.disability_new, name="disability_new"),
    path("disability/<str:public_id>/", sections.disability_edit, name="disability_edit"),
    path("<str:public_id>/diagnoses/new/", sections.diagnosis_new, name="diagnosis_new"),
    path("diagnoses/<str:public_id>/remove/", sections.diagnosis_drop, name="diagnosis_remove"),
    path("<str:public_id>/prevention/new/", sections.prevention_new, name="prevention_new"),
    path("prevention/<str:public_id>/end/", sections.prevention_off, name="prevention_end"),
    path("<str:public_id>/guardians/new/", guardians.guardian_new, name="guardian_new"),
    path("guardians/<str:public_id>/edit/", guardians.guardian_edit, name="guardian_edit"),
    path("guardians/<str:public_id>/end/", guardians.guardian_end, name="guardian_end"),
    path("guardians/<str:public_id>/names/", guardians.guardian_names, name="guardian_names"),
]
