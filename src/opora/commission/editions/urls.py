"""Addresses of the law."""

from django.urls import path

from . import views

app_name = "editions"
urlpatterns = [
    path("", views.law, name="law"),
    path("changes/", views.changes, name="changes"),
    path("acts/", views.act_list, name="acts"),
    path("acts/<slug:act>/", views.act, name="act"),
    path("doubts/<slug:table>/<str:entry>/", views.doubt, name="doubt"),
    path("values/<slug:public_id>/correct/", views.correct, name="correct"),
    path("values/<slug:public_id>/annul/", views.annul, name="annul"),
]
