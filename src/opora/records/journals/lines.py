"""Lines of the two journals as people read them: one entry of a register with the columns of 2.12 and 2.13."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from opora.commission.conclusions.models import Conclusion
from opora.commission.intake.models import Booking
from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.models import Entry
from opora.foundation.registers.querysets import EntryQuerySet
from opora.people.children.models import Child
from opora.people.children.search import children_matching

NBSP = "\u00a0"


@dataclass(frozen=True)
class Journal:
    """A journal is a view of one series of the register."""

    code: str
    series: str
    title: str
    short: str
    form: str
    clause: str


BOOKING = Journal(
    "booking", "booking", "Журнал записи детей на обследование", "Журнал записи", "booking_journal",
    f"письмо ВК-1074/07, прил.{NBSP}2.12",
)  # fmt: skip
EXAMINED = Journal(
    "examined", "examined", "Журнал учёта детей, прошедших обследование", "Журнал учёта", "examined_journal",
    f"письмо ВК-1074/07, прил.{NBSP}2.13",
)  # fmt: skip
JOURNALS = {journal.code: journal for journal in (BOOKING, EXAMINED)}


def entries_of(actor: Actor, journal: Journal) -> EntryQuerySet:
    """All lines of a journal with what a line shows, in a fixed number of queries."""
    return (
        Entry.objects.visible_to(actor)
        .in_register(journal.series)
        .select_related("series", "corrects__series", "certified__certification")
        .prefetch_related(Prefetch("corrections", Entry.objects.select_related("series").order_by()))
        .defer("salt", "commitment", "previous", "digest")
    )


def in_period(rows: EntryQuerySet, since: date, until: date) -> EntryQuerySet:
    """Lines written within a period, both days included, in the order of the journal."""
    return rows.filter(day__gte=since, day__lte=until).order_by("series__year", "line")


def content_of(entry: Entry) -> dict[str, Any]:
    """The columns of a line; a correcting line that names only what it changes takes the rest from the corrected."""
    corrected = entry.corrects.content if entry.corrects is not None else {}
    return {**corrected, **entry.content}


def text(key: str) -> Callable[[Entry], str]:
    """The reader of one column."""
    return lambda entry: str(content_of(entry).get(key) or "")


def day(*keys: str) -> Callable[[Entry], date | None]:
    """The reader of a column with a date, by the first key that is there."""

    def read(entry: Entry) -> date | None:
        content = content_of(entry)
        written = next((str(content[key]) for key in keys if content.get(key)), "")
        try:
            return date.fromisoformat(written)
        except ValueError:
            return None

    return read


def number_of(entry: Entry) -> str:
    """«12/2026»; a correcting line bears the number of the line that it corrects."""
    return f"{entry.number}/{entry.year}"


def is_struck(entry: Entry) -> bool:
    """Whether a later line corrects or annuls this one; on paper such a line is struck out and stays readable."""
    return bool(entry.corrections.all())


def remark_of(entry: Entry) -> str:
    """What binds a line to another one: «исправлена 12.05.2026», «исправляет № 12/2026: причина»."""
    words = []
    if entry.corrects is not None:
        deed = "аннулирует" if entry.kind == Entry.Kind.ANNULMENT else "исправляет"
        words.append(f"{deed} №{NBSP}{number_of(entry.corrects)}{_reason(entry)}")
    for later in entry.corrections.all():
        deed = "аннулирована" if later.kind == Entry.Kind.ANNULMENT else "исправлена"
        words.append(f"{deed} {later.day:%d.%m.%Y}")
    return "; ".join(words)


def _reason(entry: Entry) -> str:
    """What a correcting line says of itself: its own words about what changed and why."""
    said = [str(entry.content[key]) for key in ("correction", "change", "reason") if entry.content.get(key)]
    return f": {'; '.join(said)}" if said else ""


def matching(actor: Actor) -> Callable[[Any, str], Any]:
    """Search by the name of the child, as in the register of children."""

    def search(rows: EntryQuerySet, typed: str) -> EntryQuerySet:
        found = children_matching(
            Child.objects.visible_to(actor), typed, organisation=actor.at, today=timezone.localdate()
        ).values("pk")
        bookings = Booking.objects.filter(case__child__in=found).values("public_id")
        conclusions = Conclusion.objects.filter(case__child__in=found).values("public_id")
        return rows.filter(
            Q(subject_type="intake.booking", subject_id__in=bookings)
            | Q(subject_type="conclusions.conclusion", subject_id__in=conclusions)
        )

    return search
