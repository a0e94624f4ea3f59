"""Addresses of conclusions on ГИА."""

from django.urls import path

from .views import lists, sheet, signing

app_name = "attestation"
urlpatterns = [
    path("", lists.attestation_list, name="list"),
    path("case/<slug:public_id>/begin/", sheet.begin, name="begin"),
    path("case/<slug:public_id>/finish/", signing.finish, name="finish"),
    path("<slug:public_id>/", sheet.sheet, name="sheet"),
    path("<slug:public_id>/answers/", sheet.answers, name="answers"),
    path("<slug:public_id>/sign/", signing.sign, name="sign"),
    path("<slug:public_id>/annul/", signing.annul, name="annul"),
    path("<slug:public_id>/hand-over/", signing.hand_over, name="hand_over"),
]
