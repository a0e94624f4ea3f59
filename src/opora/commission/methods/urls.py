"""Addresses of methods."""

from django.urls import path

from .views import keeping, using

app_name = "methods"
urlpatterns = [
    path("", keeping.method_list, name="list"),
    path("new/", keeping.own_new, name="own_new"),
    path("marks/", keeping.preliminary_mark, name="mark"),
    path("own/<slug:public_id>/", keeping.own_edit, name="own_edit"),
    path("own/<slug:public_id>/offer/", keeping.own_offer, name="own_offer"),
    path("sheets/<slug:public_id>/", using.sheet_methods, name="sheet"),
    path("sheets/<slug:public_id>/choose/", using.method_choose, name="choose"),
    path("uses/<slug:public_id>/note/", using.method_note, name="note"),
]
