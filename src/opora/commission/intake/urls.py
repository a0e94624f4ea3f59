"""Addresses of the reception."""

from django.urls import path

from .views import applications, bookings, papers, reception, steps

app_name = "intake"
urlpatterns = [
    path("", reception.board, name="board"),
    path("slot/<slug:public_id>/", reception.slot_toggle, name="slot_toggle"),
    path("setup/", reception.setup, name="setup"),
    path("setup/place/", reception.place_new, name="place_new"),
    path("setup/place/<slug:public_id>/", reception.place_edit, name="place_edit"),
    path("setup/day/", reception.template_new, name="template_new"),
    path("setup/day/<slug:public_id>/", reception.template_edit, name="template_edit"),
    path("setup/slots/", reception.slots_open, name="slots_open"),
    path("new/<slug:public_id>/", applications.application_new, name="application_new"),
    path("application/<slug:public_id>/", applications.application_edit, name="application_edit"),
    path("case/<slug:public_id>/receive/", applications.receive, name="receive"),
    path("case/<slug:public_id>/papers/", papers.papers, name="papers"),
    path("case/<slug:public_id>/papers/add/", papers.paper_add, name="paper_add"),
    path("case/<slug:public_id>/missing/", papers.missing, name="missing"),
    path("case/<slug:public_id>/accept/", steps.accept_papers, name="accept_papers"),
    path("case/<slug:public_id>/refuse/", steps.refuse, name="refuse"),
    path("case/<slug:public_id>/reopen/", steps.reopen_papers, name="reopen_papers"),
    path("case/<slug:public_id>/withdraw/", steps.withdraw, name="withdraw"),
    path("case/<slug:public_id>/book/", bookings.book, name="book"),
    path("case/<slug:public_id>/unbook/", steps.unbook, name="unbook"),
    path("case/<slug:public_id>/miss/", steps.miss, name="miss"),
    path("paper/<slug:public_id>/", papers.paper_edit, name="paper_edit"),
    path("paper/<slug:public_id>/receive/", papers.paper_receive, name="paper_receive"),
    path("paper/<slug:public_id>/undo/", papers.paper_undo, name="paper_undo"),
    path("paper/<slug:public_id>/remove/", papers.paper_remove, name="paper_remove"),
    path("paper/<slug:public_id>/attach/", papers.paper_attach, name="paper_attach"),
    path("file/<slug:public_id>/", papers.file_open, name="file"),
    path("file/<slug:public_id>/remove/", papers.file_remove, name="file_remove"),
    path("file/<slug:public_id>/return/", papers.file_return, name="file_return"),
]
