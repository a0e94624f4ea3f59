"""Addresses of conclusions."""

from django.urls import path

from .views import handing, lists, reexaminations, sheet, signing

app_name = "conclusions"
urlpatterns = [
    path("", lists.conclusion_list, name="list"),
    path("handovers/", lists.handover_list, name="handovers"),
    path("reexaminations/", reexaminations.reexamination_list, name="reexaminations"),
    path("case/<slug:public_id>/", sheet.of_case, name="of_case"),
    path("case/<slug:public_id>/sign/", signing.sign, name="sign"),
    path("case/<slug:public_id>/annul/", signing.annul, name="annul"),
    path("case/<slug:public_id>/handover/", handing.handover, name="handover"),
    path("case/<slug:public_id>/handover/send/", handing.send, name="send"),
    path("section/<slug:public_id>/", sheet.section, name="section"),
    path("section/<slug:public_id>/take/", sheet.take, name="take"),
    path("section/<slug:public_id>/offer/", sheet.offer, name="offer"),
    path("opinion/<slug:public_id>/withdraw/", sheet.withdraw_opinion, name="withdraw_opinion"),
    path("handover/<slug:public_id>/scan/", handing.scan, name="scan"),
    path("<slug:public_id>/", sheet.sheet, name="sheet"),
    path("<slug:public_id>/answers/", sheet.answers, name="answers"),
    path("<slug:public_id>/opinion/", sheet.add_opinion, name="add_opinion"),
]
