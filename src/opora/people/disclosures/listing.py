"""The list «Запросы сведений»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from .flow import State
from .models import Disclosure

SOON = timedelta(days=3)
_NUMBER = re.compile(r"^№?\s*(\d{1,7})(?:\s*/\s*(\d{4}))?$")
FAMILY = "family"


def deadline(one: Disclosure, today: date) -> str:
    """«late», «soon», «neutral», or «done» for what has left: the colour beside the word."""
    if one.is_gone:
        return "done"
    if one.due_on is None or one.state == State.ANNULLED:
        return "neutral"
    return "late" if one.due_on < today else "soon" if one.due_on - today <= SOON else "neutral"


def disclosure_listing(actor: Actor, today: date) -> Listing:
    """All requests of the organisation, the newest first."""
    return Listing(
        title="Запросы сведений",
        name="disclosures",
        order="-received",
        search=lambda rows, text: _search(actor, rows, text, today),
        search_hint="Исходящий номер или фамилия, имя, дата рождения",
        row_url=lambda one: reverse("disclosures:disclosure", args=[one.public_id]),
        row_state=lambda one: "" if one.is_gone else deadline(one, today),
        empty="Запросов пока нет. Письменный запрос вносят на карте ребёнка, в разделе «Кому передавали сведения».",
        columns=(
            Column("received", "Поступил", lambda one: one.received_on, sort=("received_on",), kind="date"),
            Column("child", "Ребёнок", lambda one: one.child.full_name, sort=("child__last_name",), kind="main"),
            Column("recipient", "Кто просит", lambda one: one.recipient_short, sort=("recipient__short_name",)),
            Column("request", "Основание", lambda one: one.request_title, sort=("ground",)),
            Column("due", "Ответить до", lambda one: one.due_on, sort=("due_on",), kind="date"),
            Column("state", "Состояние", lambda one: one.outcome, sort=("state",)),
            Column("number", "Исходящий №", lambda one: one.number_title, sort=("year", "number"), kind="narrow"),
            Column("sent", "Отправлен", lambda one: one.sent_on, sort=("sent_on",), kind="date"),
        ),
        chips=(
            Chip("state", "Состояние", _states()),
            Chip("period", "Поступили", _periods(today)),
            Chip("recipient", "Кто просит", _kinds()),
        ),
    )


def _states() -> list[Choice]:
    waiting = Q(state=State.RECEIVED)
    return [
        Choice("received", "ждут решения", waiting),
        Choice("decided", "к отправке", Q(state=State.DECIDED)),
        Choice("given", "переданы", Q(state__in=(State.SENT, State.ACKNOWLEDGED), decision=Disclosure.Decision.GIVE)),
        Choice("refused", "отказано", Q(decision=Disclosure.Decision.REFUSE) & ~Q(state=State.ANNULLED)),
        Choice("annulled", "аннулированы", Q(state=State.ANNULLED)),
    ]


def _periods(today: date) -> list[Choice]:
    last = today.year - 1
    return [
        Choice("month", "в этом месяце", Q(received_on__year=today.year, received_on__month=today.month)),
        Choice("year", f"в {today.year} году", Q(received_on__year=today.year)),
        Choice("last_year", f"в {last} году", Q(received_on__year=last)),
    ]


def _kinds() -> list[Choice]:
    kinds = [Choice(kind.value, str(kind.label), Q(recipient__kind=kind)) for kind in Organisation.Kind]
    return [Choice(FAMILY, "Представитель ребёнка", Q(guardian__isnull=False)), *kinds]


def _search(actor: Actor, rows: Rows, text: str, today: date) -> Rows:
    number = _NUMBER.match(text)
    if number:
        rows = rows.filter(number=int(number[1]))
        return rows.filter(year=int(number[2])) if number[2] else rows
    found = children_matching(Child.objects.visible_to(actor), text, organisation=actor.at, today=today)
    return rows.filter(child__in=found.values("pk"))
