"""Journals on the screen and on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from opora.commission.examinations.models import Session
from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import read_note
from opora.foundation.registers.models import Entry
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.records.documents.views import respond_pdf

from . import events, lines, services, tasks
from .forms import CertifyForm, PeriodForm
from .listing import booking_listing, disclosure_listing, examined_listing
from .models import JournalPrint
from .periods import quarter
from .printing import present_signers

WHOLE = ("csv", "xlsx")
PATIENCE = timedelta(minutes=10)  # after that the page offers to order the print anew


@route("journal.view")
def index(request: ActorRequest) -> HttpResponse:
    """Журналы of the menu: the journal of booking is the one that is open all day."""
    return redirect("journals:booking")


@route("journal.view")
def booking(request: ActorRequest) -> HttpResponse:
    """Journal 2.12."""
    return _journal(request, lines.BOOKING, booking_listing)


@route("journal.view")
def examined(request: ActorRequest) -> HttpResponse:
    """Journal 2.13, with the sessions that wait for certification."""
    return _journal(request, lines.EXAMINED, examined_listing, waiting=services.sessions_to_certify(request.actor))


@route("disclosure.view")
def disclosure(request: ActorRequest) -> HttpResponse:
    """The journal of answers to requests for information, for those who keep them."""
    return _journal(request, lines.DISCLOSURE, disclosure_listing)


def _journal(request: ActorRequest, journal: lines.Journal, listing: Any, **context: Any) -> HttpResponse:
    shape = listing(request.actor, timezone.localdate(), whole=request.GET.get("format") in WHOLE)
    read_note(events.JOURNAL_OPENED, actor=request.actor, journal=journal.code, title=journal.title)
    rows = lines.sortable(lines.entries_of(request.actor, journal))
    return list_response(
        request, shape, rows, template="journals/journal.html",
        journal=journal, journals=_tabs(request.actor, journal),
        print_url=reverse(f"journals:{journal.code}_print"), **context,
    )  # fmt: skip


def _tabs(actor: Actor, current: lines.Journal) -> list[tuple[str, str, bool]]:
    return [
        (one.short, reverse(f"journals:{one.code}"), one is current)
        for one in lines.JOURNALS.values()
        if may(actor, one.action)
    ]


@route("journal.print")
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
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


def _recent(request: ActorRequest, code: str) -> list[JournalPrint]:
    return list(JournalPrint.objects.visible_to(request.actor).filter(journal=code)[:5])


@route("journal.print")
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


@route("journal.print", methods=("POST",))
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
    return redirect("journals:order_status", public_id=made.public_id)


@route("journal.print", JournalPrint)
def order_status(request: ActorRequest, found: JournalPrint) -> HttpResponse:
    """How far a long print is; asks itself anew until it is ready."""
    journal = lines.JOURNALS[found.journal]
    underway = found.state in (JournalPrint.State.WAITING, JournalPrint.State.RUNNING)
    context = {
        "order": found, "journal": journal, "back": reverse(f"journals:{journal.code}"),
        "again": reverse(f"journals:{journal.code}_print"),
        "is_underway": underway, "is_stale": underway and timezone.now() - found.asked_at > PATIENCE,
    }  # fmt: skip
    template = "journals/order_state.html" if request.htmx else "journals/order.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@route("journal.print", JournalPrint)
def order_file(request: ActorRequest, found: JournalPrint) -> HttpResponse:
    """The ready print."""
    return respond_pdf(request, lambda: services.print_read(actor=request.actor, order=found))


@route("journal.view", Session, opens=events.SESSION_OPENED)
def session(request: ActorRequest, held: Session) -> HttpResponse:
    """Lines of one session and who certifies them."""
    return _session_page(request, held, CertifyForm(initial={"on": timezone.localdate()}))


@route("journal.certify", Session, methods=("POST",))
def certify(request: ActorRequest, held: Session) -> HttpResponse:
    """Certify the lines of a session."""
    form = CertifyForm(request.POST)
    if form.is_valid():
        done = attempt(
            form, lambda: services.session_certify(actor=request.actor, session=held, on=form.cleaned_data["on"])
        )
        if done is not None:
            return redirect("journals:session", public_id=held.public_id)
    return _session_page(request, held, form, status=422)


def _session_page(request: ActorRequest, held: Session, form: CertifyForm, status: int = 200) -> HttpResponse:
    entries = list(services.session_entries(request.actor, held))
    context = {
        "session": held,
        "entries": [_line(one) for one in entries],
        "waiting": sum(getattr(one, "certified", None) is None for one in entries),
        "certifications": list(held.certifications.select_related("certified_by")),
        "signers": present_signers(held),
        "is_closed": held.state == Session.State.CLOSED,
        "form": form,
        "clause": lines.EXAMINED.clause,
    }  # fmt: skip
    return render(request, "journals/session.html", context, status=status)


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry,
        "number": lines.number_of(entry),
        "content": lines.content_of(entry),
        "remark": lines.remark_of(entry),
        "is_struck": lines.is_struck(entry),
    }
