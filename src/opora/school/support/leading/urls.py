"""Addresses of leading the service."""

from django.urls import path

from . import views

app_name = "leading"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("coverage/", views.coverage, name="coverage"),
    path("lessons/", views.lessons, name="lessons"),
    path("drafts/", views.drafts, name="drafts"),
    path("prevention/", views.prevention, name="prevention"),
    path("quality/", views.quality, name="quality"),
    path("quality/draw/", views.draw, name="draw"),
    path("quality/<slug:public_id>/", views.review, name="review"),
    path("quality/<slug:public_id>/judge/", views.judge, name="judge"),
    path("quality/<slug:public_id>/mended/", views.mended, name="mended"),
    path("law/", views.law, name="law"),
    path("law/tell/", views.tell, name="tell"),
    path("notices/<slug:public_id>/", views.notice, name="notice"),
    path("notices/<slug:public_id>/read/", views.notice_was_read, name="read"),
]
