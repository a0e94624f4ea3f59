"""What of requests for information waits on the desk: scans, decisions, answers to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .flow import State
from .models import Disclosure


def _waiting(actor: Actor, state: str, todo: str, *, scanned: bool | None = None) -> Iterator[Duty]:
    rows = Disclosure.objects.kept_for(actor).filter(state=state)
    if scanned is not None:
        rows = rows.filter(scan__isnull=not scanned)
    for one in rows.select_related("child", "recipient", "guardian").order_by("due_on", "received_on")[:ENOUGH]:
        yield Duty(
            who=one.child.full_name,
            todo=todo,
            on=one.due_on,
            address=reverse("disclosures:disclosure", args=[one.public_id]),
            note=f"{one.recipient_short}, поступил {one.received_on:%d.%m.%Y}",
        )


def _to_scan(actor: Actor, today: date) -> Iterator[Duty]:
    return _waiting(actor, State.RECEIVED, "Приложить скан запроса сведений", scanned=False)


def _to_decide(actor: Actor, today: date) -> Iterator[Duty]:
    return _waiting(actor, State.RECEIVED, "Решить по запросу сведений", scanned=True)


def _to_send(actor: Actor, today: date) -> Iterator[Duty]:
    """The head signs and the secretary sends; a head is reminded only of what he decides."""
    return iter(()) if may(actor, "disclosure.decide") else _waiting(actor, State.DECIDED, "Отправить ответ на запрос")


duties("disclosure.attach", _to_scan, unless_none=lambda actor, today: Disclosure.objects.filter(state=State.RECEIVED))
duties(
    "disclosure.decide", _to_decide, unless_none=lambda actor, today: Disclosure.objects.filter(state=State.RECEIVED)
)
duties("disclosure.send", _to_send, unless_none=lambda actor, today: Disclosure.objects.filter(state=State.DECIDED))
