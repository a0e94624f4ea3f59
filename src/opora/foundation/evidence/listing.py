"""The log as a list: who, what, when. Used for the whole organisation and for one child's file."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Event
from opora.foundation.audit.vocabulary import KINDS, codes_of, vocabulary
from opora.foundation.ui.lists import Chip, Choice, Column, Listing

PERIODS = (("today", "сегодня", 0), ("week", "7 дней", 7), ("month", "30 дней", 30), ("year", "год", 365))
_PERSON_PAGES: list[str] = []


def persons_live_at(url_name: str) -> None:
    """Said by the room that owns the file of a person: where a line of the log leads to."""
    _PERSON_PAGES[:] = [url_name]


def kind_title(code: str) -> str:
    known = vocabulary().get(code)
    return KINDS[known.kind] if known else ""


def log_listing(actor: Actor) -> Listing:
    """The whole log of the organisation."""
    columns = (*_columns(), Column("person", "Карта", lambda event: event.person_id))
    return Listing(
        title="Журнал событий",
        name="log",
        columns=columns,
        order="-at",
        row_url=_person_url,
        chips=_chips(actor),
        empty="Здесь появится всё, что сотрудники открывают, ищут, печатают и меняют.",
        wide=True,
    )


def readers_listing(actor: Actor) -> Listing:
    """Everything that was done with one file."""
    return Listing(
        title="Кто открывал карту",
        name="readers",
        columns=_columns(),
        order="-at",
        chips=_chips(actor),
        empty="Эту карту ещё никто не открывал.",
        wide=True,
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("at", "Когда", lambda event: event.at, sort=("id",), template="evidence/cell_at.html", kind="narrow"),
        Column("user", "Кто", lambda event: event.user.full_name if event.user else "Система"),
        Column("deed", "Что", lambda event: event.sentence, kind="main"),
        Column("kind", "Вид", lambda event: kind_title(event.code), kind="narrow"),
    )


def _person_url(event: Event) -> str:
    return reverse(_PERSON_PAGES[0], args=[event.person_id]) if _PERSON_PAGES and event.person_id else ""


def _chips(actor: Actor) -> tuple[Chip, ...]:
    return (
        Chip("kind", "Вид", [Choice(kind, title, Q(code__in=codes_of(kind))) for kind, title in KINDS.items()]),
        Chip("period", "Когда", [Choice(key, title, _since(days)) for key, title, days in PERIODS]),
        Chip("who", "Кто", _persons(actor)),
    )


def _since(days: int) -> Q:
    day = timezone.localdate() - timedelta(days=days)
    return Q(at__gte=timezone.make_aware(datetime.combine(day, time())))


def _persons(actor: Actor) -> list[Choice]:
    """Everyone who has ever held a post here: a dismissal takes nobody out of the log. And the machine."""
    held: dict[str, Any] = {}
    for position in Position.objects.visible_to(actor).select_related("user").order_by("user__last_name"):
        held.setdefault(position.user.public_id, position.user)
    people = [Choice(public_id, user.short_name, Q(user=user)) for public_id, user in held.items()]
    return [*people, Choice("system", "Система", Q(user=None))]
