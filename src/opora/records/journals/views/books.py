"""Journals on the screen and on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.commission.examinations.models import Session
from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import read_note
from opora.foundation.registers.models import Entry
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response

from .. import events, lines, services
from ..forms import CertifyForm
from ..listing import (
    booking_listing,
    disclosure_listing,
    examined_listing,
    meetings_listing,
    opinions_listing,
    referrals_listing,
)
from ..printing import present_signers

WHOLE = ("csv", "xlsx")


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


@route("consilium_journal.view")
def consilium(request: ActorRequest) -> HttpResponse:
    """Журналы консилиума of the menu."""
    return redirect("journals:meetings")


@route("consilium_journal.view")
def meetings(request: ActorRequest) -> HttpResponse:
    """The journal of meetings of the consilium."""
    return _journal(request, lines.MEETINGS, meetings_listing)


@route("consilium_journal.view")
def opinions(request: ActorRequest) -> HttpResponse:
    """The journal of collegial opinions."""
    return _journal(request, lines.OPINIONS, opinions_listing)


@route("consilium_journal.view")
def referrals(request: ActorRequest) -> HttpResponse:
    """The journal of children sent to ПМПК."""
    return _journal(request, lines.REFERRALS, referrals_listing)


def _journal(request: ActorRequest, journal: lines.Journal, listing: Any, **context: Any) -> HttpResponse:
    shape = listing(request.actor, timezone.localdate(), whole=request.GET.get("format") in WHOLE)
    read_note(events.JOURNAL_OPENED, actor=request.actor, journal=journal.code, title=journal.title)
    rows = lines.sortable(lines.entries_of(request.actor, journal))
    return list_response(
        request, shape, rows, template="journals/journal.html",
        journal=journal, journals=_tabs(request.actor, journal),
        print_url=reverse(f"journals:{journal.code}_print"), can_print=may(request.actor, journal.printing), **context,
    )  # fmt: skip


def _tabs(actor: Actor, current: lines.Journal) -> list[tuple[str, str, bool]]:
    return [
        (one.short, reverse(f"journals:{one.code}"), one is current)
        for one in lines.JOURNALS.values()
        if may(actor, one.action)
    ]


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
