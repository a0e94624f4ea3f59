"""Addresses of journals."""

from django.urls import URLPattern, path

from .lines import JOURNALS, Journal
from .views import books, prints, service

app_name = "journals"


def _prints(journal: Journal) -> list[URLPattern]:
    code, given, pages = journal.code, {"code": journal.code}, prints.PRINTS[journal.printing]
    return [
        path(f"{code}/print/", pages.choose_period, given, name=f"{code}_print"),
        path(f"{code}/journal.pdf", pages.pdf, given, name=f"{code}_pdf"),
        path(f"{code}/order/", pages.order, given, name=f"{code}_order"),
    ]


def _orders(craft: str, printing: str) -> list[URLPattern]:
    pages, address, given = (
        prints.PRINTS[printing],
        f"{craft.replace('_', '/')}prints/<slug:public_id>",
        {"craft": craft},
    )
    return [
        path(f"{address}/", pages.order_status, given, name=f"{craft}order_status"),
        path(f"{address}/journal.pdf", pages.order_file, given, name=f"{craft}order_file"),
    ]


_CRAFTS = sorted({(journal.craft, journal.printing) for journal in JOURNALS.values()})

urlpatterns = [
    path("", books.index, name="index"),
    path("booking/", books.booking, name="booking"),
    path("examined/", books.examined, name="examined"),
    path("disclosure/", books.disclosure, name="disclosure"),
    path("consilium/", books.consilium, name="consilium"),
    path("meetings/", books.meetings, name="meetings"),
    path("opinions/", books.opinions, name="opinions"),
    path("referrals/", books.referrals, name="referrals"),
    *(address for journal in JOURNALS.values() for address in _prints(journal)),
    *(address for one in _CRAFTS for address in _orders(*one)),
    path("service/", service.choose, name="log"),
    path("service/journal.pdf", service.log_pdf, name="log_pdf"),
    path("service/journal.xlsx", service.log_xlsx, name="log_xlsx"),
    path("service/statistics/", service.figures, name="statistics"),
    path("service/statistics.pdf", service.figures_pdf, name="statistics_pdf"),
    path("service/statistics.xlsx", service.figures_xlsx, name="statistics_xlsx"),
    path("sessions/<slug:public_id>/", books.session, name="session"),
    path("sessions/<slug:public_id>/certify/", books.certify, name="certify"),
]
