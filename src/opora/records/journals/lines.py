"""Lines of the journals as people read them: one entry of a register with its columns (2.12, 2.13, requests)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from opora.commission.conclusions.models import Conclusion
from opora.commission.intake.models import Booking
from opora.foundation.access.models import Freeze
from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.models import Entry
from opora.foundation.registers.querysets import EntryQuerySet
from opora.people.children.models import Child
from opora.people.children.search import children_matching
from opora.people.disclosures.models import Disclosure
from opora.school.consilium.models import AgendaItem, ReferralToCommission

NBSP = "\u00a0"
STOPPED = "обработка остановлена: согласие отозвано"
ERASED = "данные уничтожены по акту"
HIDDEN = "сведения открыты председателю ППк и тем, кто участвовал в обсуждении"


@dataclass(frozen=True)
class Journal:
    """A journal is a view of one series of the register."""

    code: str
    series: str
    title: str
    short: str
    form: str
    clause: str
    action: str = "journal.view"
    printing: str = "journal.print"
    craft: str = ""
    """Before the names of the addresses of its prints: «consilium_» for the journals of a school."""
    subject: type[Model] | None = None
    """Rows of which only some are open to whoever reads the journal; the line of another keeps its number alone."""


BOOKING = Journal(
    "booking", "booking", "Журнал записи детей на обследование", "Журнал записи", "booking_journal",
    f"письмо ВК-1074/07, прил.{NBSP}2.12",
)  # fmt: skip
EXAMINED = Journal(
    "examined", "examined", "Журнал учёта детей, прошедших обследование", "Журнал учёта", "examined_journal",
    f"письмо ВК-1074/07, прил.{NBSP}2.13",
)  # fmt: skip
DISCLOSURE = Journal(
    "disclosure", "disclosure", "Журнал передачи сведений по запросам", "Передача сведений", "disclosure_journal",
    f"письмо ВК-1074/07, прил.{NBSP}2.19", "disclosure.view",
)  # fmt: skip


def _of_consilium(code: str, series: str, title: str, short: str, subject: type[Model] | None) -> Journal:
    return Journal(
        code, series, title, short, f"{code}_journal",
        "распоряжение Р-93, прил. 1: документация ППк (по памяти, сверить с официальным текстом)",
        "consilium_journal.view", "consilium_journal.print", "consilium_", subject,
    )  # fmt: skip


MEETINGS = _of_consilium(
    "meetings", "consilium-meeting", "Журнал учёта заседаний ППк и обучающихся, прошедших ППк", "Заседания ППк", None
)
OPINIONS = _of_consilium(
    "opinions", "consilium-opinion", "Журнал регистрации коллегиальных заключений", "Коллегиальные заключения",
    AgendaItem,
)  # fmt: skip
REFERRALS = _of_consilium(
    "referrals", "commission-referral", "Журнал направлений обучающихся на ПМПК", "Направления на ПМПК",
    ReferralToCommission,
)  # fmt: skip
CONSILIUM = (MEETINGS, OPINIONS, REFERRALS)
JOURNALS = {journal.code: journal for journal in (BOOKING, EXAMINED, DISCLOSURE, *CONSILIUM)}


def entries_of(actor: Actor, journal: Journal) -> EntryQuerySet:
    """All lines of a journal with what a line shows, in a fixed number of queries."""
    rows = with_stops(Entry.objects.visible_to(actor).in_register(journal.series))
    if journal.subject is not None:
        known: Any = journal.subject._default_manager
        known = known.kept_for(actor).filter(public_id=OuterRef("subject_id"))
        rows = rows.annotate(is_hidden=~Exists(known))
    return (
        rows.select_related("series", "corrects__series", "certified__certification")
        .prefetch_related(Prefetch("corrections", Entry.objects.select_related("series").order_by()))
        .defer("salt", "commitment", "previous", "digest")
    )


def with_stops(rows: EntryQuerySet) -> EntryQuerySet:
    """The lines with a mark of those about a child whose card is frozen: their number stays, nothing else is told."""
    return rows.annotate(is_stopped=Exists(Freeze.objects.in_force().filter(person_id=OuterRef("person_id"))))


def sortable(rows: EntryQuerySet) -> EntryQuerySet:
    """The same lines with what a list is sorted by: the content is sealed, so it is asked of the rows it tells of."""
    child = Child.objects.filter(public_id=OuterRef("person_id"))
    slot = Booking.objects.filter(public_id=OuterRef("subject_id"))
    return rows.alias(
        child_name=Subquery(child.values("search_name")[:1]),
        visit_day=Subquery(slot.values("slot__day")[:1]),
        visit_time=Subquery(slot.values("slot__starts")[:1]),
    )


def in_period(rows: EntryQuerySet, since: date, until: date) -> EntryQuerySet:
    """Lines written within a period, both days included, in the order of the journal."""
    return rows.filter(day__gte=since, day__lte=until).order_by("series__year", "line")


def content_of(entry: Entry) -> dict[str, Any]:
    """The columns of a line; a correcting line that names only what it changes takes the rest from the corrected.

    Of a frozen card a journal shows the number alone (annexes 2.17, 2.18), of a destroyed one there is no more.
    """
    if is_stopped(entry):
        return {"child_name": STOPPED if entry.content else ERASED}
    if is_hidden(entry):
        return {"child_name": HIDDEN if entry.content else ERASED}
    corrected = entry.corrects.content if entry.corrects is not None else {}
    return {**corrected, **entry.content}


def is_stopped(entry: Entry) -> bool:
    """Whether the card is frozen, as `with_stops` has seen it."""
    return bool(getattr(entry, "is_stopped", False))


def is_hidden(entry: Entry) -> bool:
    """Whether the line is about a child whom the reader may not know, as `entries_of` has seen it."""
    return bool(getattr(entry, "is_hidden", False))


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
    if is_stopped(entry) or is_hidden(entry):
        return ""
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
        disclosures = Disclosure.objects.filter(child__in=found).values("public_id")
        return rows.filter(
            Q(subject_type="intake.booking", subject_id__in=bookings)
            | Q(subject_type="conclusions.conclusion", subject_id__in=conclusions)
            | Q(subject_type="disclosures.disclosure", subject_id__in=disclosures)
            | _of_consilium_about(AgendaItem.objects.visible_to(actor).filter(child__in=found))
        )

    return search


def _of_consilium_about(items: QuerySet[AgendaItem]) -> Q:
    referrals = ReferralToCommission.objects.filter(item__in=items.values("pk")).values("public_id")
    return (
        Q(subject_type="consilium.agendaitem", subject_id__in=items.values("public_id"))
        | Q(subject_type="consilium.referraltocommission", subject_id__in=referrals)
        | Q(subject_type="consilium.consiliummeeting", subject_id__in=items.values("meeting__public_id"))
    )
