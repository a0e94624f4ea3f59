"""Addresses of schedules and timetables."""

from django.urls import path

from . import views

app_name = "schedules"

urlpatterns = [
    path("", views.schedule_list, name="list"),
    path("new/", views.new, name="new"),
    path("calendar/", views.calendar, name="calendar"),
    path("classes/", views.timetables, name="timetables"),
    path("class/<slug:public_id>/", views.timetable, name="timetable"),
    path("slot/<slug:public_id>/", views.slot, name="slot"),
    path("slot/<slug:public_id>/move/", views.slot_move, name="slot_move"),
    path("slot/<slug:public_id>/remove/", views.slot_remove, name="slot_remove"),
    path("<slug:public_id>/", views.schedule, name="schedule"),
    path("<slug:public_id>/term/", views.term, name="term"),
    path("<slug:public_id>/slot/", views.slot_new, name="slot_new"),
    path("<slug:public_id>/check/", views.check, name="check"),
    path("<slug:public_id>/copy/", views.copy, name="copy"),
    path("<slug:public_id>/month/", views.month, name="month"),
    path("<slug:public_id>/lessons/", views.lessons, name="lessons"),
    path("<slug:public_id>/submit/", views.submit, name="submit"),
    path("<slug:public_id>/examine/", views.examine, name="examine"),
    path("<slug:public_id>/return/", views.send_back, name="return"),
    path("<slug:public_id>/approve/", views.approve, name="approve"),
    path("<slug:public_id>/change/", views.change, name="change"),
]
