"""Addresses of sessions and examinations."""

from django.urls import path

from .views import sessions, sheets, steps

app_name = "examinations"
urlpatterns = [
    path("", sessions.session_list, name="sessions"),
    path("new/", sessions.session_plan, name="plan"),
    path("<slug:public_id>/", sessions.session_page, name="session"),
    path("<slug:public_id>/board/", sessions.session_board, name="board"),
    path("<slug:public_id>/start/", sessions.session_start, name="start"),
    path("<slug:public_id>/close/", sessions.session_close, name="close"),
    path("<slug:public_id>/reopen/", sessions.session_reopen, name="reopen"),
    path("<slug:public_id>/members/", sessions.member_mark, name="member"),
    path("<slug:public_id>/add/", sessions.visit_add, name="visit_add"),
    path("visits/<slug:public_id>/arrive/", sessions.visit_arrive, name="visit_arrive"),
    path("visits/<slug:public_id>/miss/", sessions.visit_miss, name="visit_miss"),
    path("visits/<slug:public_id>/release/", sessions.visit_release, name="visit_release"),
    path("visits/<slug:public_id>/examine/", sheets.examination_start, name="examine"),
    path("sheets/<slug:public_id>/", sheets.sheet_page, name="sheet"),
    path("sheets/<slug:public_id>/colleagues/", sheets.sheet_colleagues, name="colleagues"),
    path("sheets/<slug:public_id>/finish/", sheets.sheet_finish, name="sheet_finish"),
    path("sheets/<slug:public_id>/reopen/", sheets.sheet_reopen, name="sheet_reopen"),
    path("sheets/<slug:public_id>/here/", sheets.child_here, name="child_here"),
    path("sections/<slug:public_id>/", sheets.section_save, name="section"),
    path("sections/<slug:public_id>/earlier/", sheets.section_earlier, name="section_earlier"),
    path("cases/<slug:public_id>/arrive/", steps.case_arrive, name="case_arrive"),
    path("cases/<slug:public_id>/discuss/", steps.case_discuss, name="case_discuss"),
    path("cases/<slug:public_id>/reexamine/", steps.case_reexamine, name="case_reexamine"),
    path("cases/<slug:public_id>/examine/", steps.case_examine, name="case_examine"),
]
