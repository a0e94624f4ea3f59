from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("new/", views.plan_new, name="new"),
    path("item/<slug:public_id>/", views.item_deed, name="item"),
    path("<slug:public_id>/", views.plan_page, name="plan"),
    path("<slug:public_id>/words/", views.words_save, name="words"),
    path("<slug:public_id>/grow/", views.plan_grow, name="grow"),
    path("<slug:public_id>/add/", views.line_add, name="line_add"),
    path("<slug:public_id>/remove/", views.plan_remove, name="remove"),
    path("<slug:public_id>/submit/", views.submit, name="submit"),
    path("<slug:public_id>/examine/", views.examine, name="examine"),
    path("<slug:public_id>/return/", views.give_back, name="return"),
    path("<slug:public_id>/approve/", views.approve, name="approve"),
    path("<slug:public_id>/change/", views.change, name="change"),
    path("<slug:public_id>/versions/", views.versions, name="versions"),
]
