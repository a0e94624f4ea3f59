"""Addresses of support cards."""

from django.urls import path

from . import views

app_name = "cards"

urlpatterns = [
    path("", views.card_list, name="list"),
    path("child/<slug:public_id>/new/", views.propose, name="propose"),
    path("words/<slug:public_id>/", views.vote, name="vote"),
    path("words/<slug:public_id>/excuse/", views.excuse, name="excuse"),
    path("sections/<slug:public_id>/", views.section_save, name="section"),
    path("sections/<slug:public_id>/earlier/", views.section_earlier, name="section_earlier"),
    path("notes/<slug:public_id>/remove/", views.note_remove, name="note_remove"),
    path("<slug:public_id>/", views.card, name="card"),
    path("<slug:public_id>/review/", views.review, name="review"),
    path("<slug:public_id>/close/", views.close, name="close"),
    path("<slug:public_id>/anew/", views.anew, name="anew"),
    path("<slug:public_id>/lead/", views.lead, name="lead"),
    path("<slug:public_id>/notes/", views.note_add, name="note_add"),
]
