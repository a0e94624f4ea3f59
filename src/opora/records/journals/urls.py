"""Addresses of journals."""

from django.urls import URLPattern, path

from . import views
from .lines import JOURNALS

app_name = "journals"


def _prints(code: str) -> list[URLPattern]:
    given = {"code": code}
    return [
        path(f"{code}/print/", views.choose_period, given, name=f"{code}_print"),
        path(f"{code}/journal.pdf", views.pdf, given, name=f"{code}_pdf"),
        path(f"{code}/order/", views.order, given, name=f"{code}_order"),
    ]


urlpatterns = [
    path("", views.index, name="index"),
    path("booking/", views.booking, name="booking"),
    path("examined/", views.examined, name="examined"),
    path("disclosure/", views.disclosure, name="disclosure"),
    *(address for code in JOURNALS for address in _prints(code)),
    path("prints/<slug:public_id>/", views.order_status, name="order_status"),
    path("prints/<slug:public_id>/journal.pdf", views.order_file, name="order_file"),
    path("sessions/<slug:public_id>/", views.session, name="session"),
    path("sessions/<slug:public_id>/certify/", views.certify, name="certify"),
]
