from django.urls import path

from . import views

app_name = "materials"
urlpatterns = [
    path("", views.material_list, name="list"),
    path("new/", views.material_new, name="new"),
    path("topic/<slug:public_id>/", views.topic_deed, name="topic"),
    path("file/<slug:public_id>/", views.file_download, name="file"),
    path("file/<slug:public_id>/remove/", views.file_remove, name="file_remove"),
    path("<slug:public_id>/", views.material_page, name="material"),
    path("<slug:public_id>/edit/", views.material_edit, name="edit"),
    path("<slug:public_id>/topics/", views.topic_add, name="topic_add"),
    path("<slug:public_id>/files/", views.file_add, name="file_add"),
    path("<slug:public_id>/use/", views.use, name="use"),
    path("<slug:public_id>/submit/", views.submit, name="submit"),
    path("<slug:public_id>/examine/", views.examine, name="examine"),
    path("<slug:public_id>/approve/", views.approve, name="approve"),
    path("<slug:public_id>/return/", views.give_back, name="return"),
    path("<slug:public_id>/change/", views.change, name="change"),
    path("<slug:public_id>/retire/", views.retire, name="retire"),
    path("<slug:public_id>/restore/", views.restore, name="restore"),
    path("<slug:public_id>/review/", views.review, name="review"),
]
