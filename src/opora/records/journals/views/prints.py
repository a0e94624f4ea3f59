"""Prints of journals: a period at once, a long one by order. Each craft has addresses of its own right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from opora.foundation.access.routes import ActorRequest, View, route
from opora.foundation.ui.forms import attempt
from opora.records.documents.views import respond_pdf

from .. import lines, services, tasks
from ..forms import PeriodForm
from ..models import JournalPrint
from ..periods import quarter

PATIENCE = timedelta(minutes=10)  # after that the page offers to order the print anew


def choose_period(request: ActorRequest, code: str) -> HttpResponse:
    """Which period to print; the quarter of today is offered."""
    since, until = quarter(timezone.localdate())
    form = PeriodForm(
        request.GET if request.GET else None, initial={"since": since, "until": min(until, timezone.localdate())}
    )
    long_count = 0
    if form.is_bound and form.is_valid():
        rows = lines.entries_of(request.actor, lines.JOURNALS[code])
        count = lines.in_period(rows, form.cleaned_data["since"], form.cleaned_data["until"]).count()
        if count <= services.DIRECT_LIMIT:
            period = {name: day.isoformat() for name, day in form.cleaned_data.items()}
            return HttpResponseRedirect(f"{reverse(f'journals:{code}_pdf')}?{urlencode(period)}")
        long_count = count
    return render(
        request, "journals/print.html",
        {
            "form": form, "journal": lines.JOURNALS[code], "long_count": long_count,
            "limit": services.DIRECT_LIMIT, "order_url": reverse(f"journals:{code}_order"),
            "back": reverse(f"journals:{code}"), "orders": _recent(request, code),
            "status_name": _address(lines.JOURNALS[code], "order_status"),
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


def _recent(request: ActorRequest, code: str) -> list[JournalPrint]:
    return list(JournalPrint.objects.visible_to(request.actor).filter(journal=code)[:5])


def pdf(request: ActorRequest, code: str) -> HttpResponse:
    """A period of a journal as PDF; a long one is sent to be ordered."""
    form = PeriodForm(request.GET)
    choose = f"{reverse(f'journals:{code}_print')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return HttpResponseRedirect(choose)
    period, rows = form.cleaned_data, lines.entries_of(request.actor, lines.JOURNALS[code])
    if lines.in_period(rows, period["since"], period["until"]).count() > services.DIRECT_LIMIT:
        return HttpResponseRedirect(choose)
    return respond_pdf(
        request,
        lambda: services.journal_print(
            actor=request.actor, journal=lines.JOURNALS[code], on=timezone.localdate(), **period
        ),
    )


def order(request: ActorRequest, code: str) -> HttpResponse:
    """Order a long print and go to the page that shows how far it is."""
    form = PeriodForm(request.POST)
    made = None
    if form.is_valid():
        made = attempt(
            form,
            lambda: services.print_order(
                actor=request.actor, journal=lines.JOURNALS[code], start=tasks.start, **form.cleaned_data
            ),
        )
    if made is None:
        return redirect(f"journals:{code}_print")
    return redirect(f"journals:{lines.JOURNALS[code].craft}order_status", public_id=made.public_id)


def order_status(request: ActorRequest, found: JournalPrint, craft: str) -> HttpResponse:
    """How far a long print is; asks itself anew until it is ready."""
    journal = _journal_of(found, craft)
    underway = found.state in (JournalPrint.State.WAITING, JournalPrint.State.RUNNING)
    context = {
        "status_name": _address(journal, "order_status"), "file_name": _address(journal, "order_file"),
        "order": found, "journal": journal, "back": reverse(f"journals:{journal.code}"),
        "again": reverse(f"journals:{journal.code}_print"),
        "is_underway": underway, "is_stale": underway and timezone.now() - found.asked_at > PATIENCE,
    }  # fmt: skip
    template = "journals/order_state.html" if request.htmx else "journals/order.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def order_file(request: ActorRequest, found: JournalPrint, craft: str) -> HttpResponse:
    """The ready print."""
    _journal_of(found, craft)
    return respond_pdf(request, lambda: services.print_read(actor=request.actor, order=found))


def _journal_of(found: JournalPrint, craft: str) -> lines.Journal:
    """The journal of an order; at the addresses of another craft there is no such order."""
    journal = lines.JOURNALS[found.journal]
    if journal.craft != craft:
        raise Http404
    return journal


def _address(journal: lines.Journal, name: str) -> str:
    return f"journals:{journal.craft}{name}"


@dataclass(frozen=True)
class Prints:
    """The pages of printing under one right."""

    choose_period: View
    pdf: View
    order: View
    order_status: View
    order_file: View


def prints_under(action: str) -> Prints:
    """Declare the pages under a right."""
    return Prints(
        route(action)(choose_period), route(action)(pdf), route(action, methods=("POST",))(order),
        route(action, JournalPrint)(order_status), route(action, JournalPrint)(order_file),
    )  # fmt: skip


PRINTS = {action: prints_under(action) for action in sorted({one.printing for one in lines.JOURNALS.values()})}
