"""Addresses of the room."""

from django.urls import path

from .views import agenda, calling, meetings, referrals, signing, statute, talk

app_name = "consilium"

urlpatterns = [
    path("", meetings.meeting_list, name="meetings"),
    path("new/", meetings.meeting_plan, name="plan"),
    path("settings/", statute.settings, name="settings"),
    path("waiting/", agenda.waiting, name="waiting"),
    path("waiting/put/", agenda.waiting_put, name="put"),
    path("call/<slug:public_id>/", calling.call, name="call"),
    path("concerns/<slug:public_id>/call/", calling.call_of_concern, name="call_of_concern"),
    path("items/<slug:public_id>/", talk.item_page, name="item"),
    path("items/<slug:public_id>/prepare/", agenda.prepare, name="prepare"),
    path("items/<slug:public_id>/change/", agenda.item_change, name="item_change"),
    path("items/<slug:public_id>/invite/", agenda.invite, name="invite"),
    path("items/<slug:public_id>/remove/", agenda.item_remove, name="item_remove"),
    path("items/<slug:public_id>/move/", agenda.item_move, name="item_move"),
    path("items/<slug:public_id>/postpone/", agenda.item_postpone, name="postpone"),
    path("items/<slug:public_id>/open/", talk.item_open, name="item_open"),
    path("items/<slug:public_id>/decide/", talk.decide, name="decide"),
    path("items/<slug:public_id>/parents/", talk.parents, name="parents"),
    path("items/<slug:public_id>/offer/", signing.offer, name="offer"),
    path("items/<slug:public_id>/withdraw/", signing.withdraw, name="withdraw"),
    path("items/<slug:public_id>/sign/", signing.sign, name="sign"),
    path("items/<slug:public_id>/sign-paper/", signing.sign_paper, name="sign_paper"),
    path("items/<slug:public_id>/parents-told/", signing.parents_told, name="parents_told"),
    path("items/<slug:public_id>/teachers-told/", signing.teachers_told, name="teachers_told"),
    path("items/<slug:public_id>/annul/", signing.annul, name="annul"),
    path("items/<slug:public_id>/refer/", referrals.refer, name="refer"),
    path("participants/<slug:public_id>/mark/", agenda.participant_mark, name="participant_mark"),
    path("participants/<slug:public_id>/remove/", agenda.participant_remove, name="participant_remove"),
    path("sections/<slug:public_id>/", talk.section_save, name="section"),
    path("sections/<slug:public_id>/earlier/", talk.section_earlier, name="section_earlier"),
    path("referrals/<slug:public_id>/", referrals.referral_page, name="referral"),
    path("referrals/<slug:public_id>/answer/", referrals.referral_answer, name="referral_answer"),
    path("referrals/<slug:public_id>/annul/", referrals.referral_annul, name="referral_annul"),
    path("<slug:public_id>/", meetings.meeting_page, name="meeting"),
    path("<slug:public_id>/change/", meetings.meeting_change, name="change"),
    path("<slug:public_id>/cancel/", meetings.meeting_cancel, name="cancel"),
    path("<slug:public_id>/end/", meetings.meeting_end, name="end"),
    path("<slug:public_id>/members/", meetings.member_mark, name="member"),
    path("<slug:public_id>/add/", agenda.item_add, name="item_add"),
    path("<slug:public_id>/protocol/", meetings.protocol_page, name="protocol"),
    path("<slug:public_id>/protocol/issue/", meetings.protocol_issue, name="protocol_issue"),
    path("<slug:public_id>/protocol/annul/", meetings.protocol_annul, name="protocol_annul"),
]
