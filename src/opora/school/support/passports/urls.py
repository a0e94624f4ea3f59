"""Addresses of social passports."""

from django.urls import path

from . import views

app_name = "passports"

urlpatterns = [
    path("", views.passport_list, name="list"),
    path("new/", views.school_begin, name="school_begin"),
    path("class/<slug:public_id>/new/", views.class_begin, name="class_begin"),
    path("rows/", views.rows, name="rows"),
    path("rows/provide/", views.rows_provide, name="rows_provide"),
    path("rows/new/", views.row_add, name="row_add"),
    path("rows/<slug:public_id>/", views.row_edit, name="row_edit"),
    path("facts/<slug:public_id>/note/", views.note, name="note"),
    path("<slug:public_id>/", views.passport, name="passport"),
    path("<slug:public_id>/sheet/", views.sheet, name="sheet"),
    path("<slug:public_id>/tick/", views.tick, name="tick"),
    path("<slug:public_id>/count/", views.children_count, name="children_count"),
    path("<slug:public_id>/rest/", views.rest, name="rest"),
    path("<slug:public_id>/comments/", views.comments, name="comments"),
    path("<slug:public_id>/drop/", views.drop, name="drop"),
    path("<slug:public_id>/children/<slug:row>/", views.behind, name="behind"),
    path("<slug:public_id>/sums/<slug:code>/", views.sum_page, name="sum"),
    path("<slug:public_id>/submit/", views.submit_class, name="submit_class"),
    path("<slug:public_id>/accept/", views.accept, name="accept"),
    path("<slug:public_id>/return/", views.return_class, name="return_class"),
    path("<slug:public_id>/to-director/", views.submit_school, name="submit_school"),
    path("<slug:public_id>/approve/", views.approve, name="approve"),
    path("<slug:public_id>/back/", views.return_school, name="return_school"),
]
