"""Addresses of the analysis of a year."""

from django.urls import path

from . import views

app_name = "analysis"
urlpatterns = [
    path("", views.analysis_list, name="list"),
    path("begin/", views.begin, name="begin"),
    path("section/<slug:public_id>/", views.section, name="section"),
    path("section/<slug:public_id>/earlier/", views.section_earlier, name="section_earlier"),
    path("section/<slug:public_id>/sentence/", views.sentence, name="sentence"),
    path("problem/<slug:public_id>/", views.problem, name="problem"),
    path("problem/<slug:public_id>/came/", views.problem_came, name="problem_came"),
    path("problem/<slug:public_id>/plan/", views.problem_plan, name="problem_plan"),
    path("<slug:public_id>/", views.analysis, name="analysis"),
    path("<slug:public_id>/figure/", views.figure, name="figure"),
    path("<slug:public_id>/compared/", views.compared, name="compared"),
    path("<slug:public_id>/problems/", views.problem_add, name="problem_add"),
    path("<slug:public_id>/submit/", views.submit, name="submit"),
    path("<slug:public_id>/approve/", views.approve, name="approve"),
    path("<slug:public_id>/return/", views.send_back, name="return"),
    path("<slug:public_id>/change/", views.change, name="change"),
]
