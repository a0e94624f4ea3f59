"""Addresses of keeping and destroying."""

from django.urls import path

from .views import cards, orders

app_name = "retention"
urlpatterns = [
    path("", cards.card_list, name="list"),
    path("orders/", orders.order_list, name="orders"),
    path("cards/<slug:public_id>/", cards.card, name="card"),
    path("cards/<slug:public_id>/hold/", cards.hold, name="hold"),
    path("cards/<slug:public_id>/propose/", cards.propose, name="propose"),
    path("holds/<slug:public_id>/release/", cards.release, name="release"),
    path("orders/<slug:public_id>/", orders.order, name="order"),
    path("orders/<slug:public_id>/confirm/", orders.confirm, name="confirm"),
    path("orders/<slug:public_id>/decline/", orders.decline, name="decline"),
    path("orders/<slug:public_id>/act/", orders.act, name="act"),
    path("orders/<slug:public_id>/log/", orders.log, name="log"),
]
