"""Addresses of documents."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("undertaking.pdf", views.undertaking, name="undertaking"),
    path("undertaking/<slug:public_id>.pdf", views.undertaking_of, name="undertaking_of"),
    path("issued/<slug:public_id>.pdf", views.issued, name="issued"),
    path("file/<slug:public_id>.pdf", views.child_contents, name="child_contents"),
    path("transfers/<slug:public_id>.pdf", views.data_transfers, name="data_transfers"),
    path("<slug:public_id>/<slug:code>.pdf", views.case_form, name="case_form"),
]
