"""Addresses of the log."""

from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [
    path("", views.log, name="log"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
    path("checkpoints/last.json", views.last_checkpoint, name="last_checkpoint"),
    path("export/", views.export, name="export"),
    path("check/", views.check, name="check"),
    path("checks/<slug:public_id>/", views.inspection, name="inspection"),
]
