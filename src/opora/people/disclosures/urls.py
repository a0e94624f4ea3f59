"""Addresses of requests for information."""

from django.urls import path

from .views import file, receiving

app_name = "disclosures"
urlpatterns = [
    path("", file.disclosure_list, name="list"),
    path("child/<slug:public_id>/new/", receiving.new, name="new"),
    path("papers/<slug:public_id>/", receiving.paper, name="paper"),
    path("<slug:public_id>/", file.disclosure, name="disclosure"),
    path("<slug:public_id>/scan/", receiving.scan, name="scan"),
    path("<slug:public_id>/letter/", receiving.letter, name="letter"),
    path("<slug:public_id>/receipt/", receiving.receipt, name="receipt"),
    path("<slug:public_id>/attach/", receiving.attach, name="attach"),
    path("<slug:public_id>/decide/", file.decide, name="decide"),
    path("<slug:public_id>/send/", file.send, name="send"),
    path("<slug:public_id>/acknowledge/", file.acknowledge, name="acknowledge"),
    path("<slug:public_id>/annul/", file.annul, name="annul"),
]
