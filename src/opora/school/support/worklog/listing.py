"""The journals of the log as lists: all work, individual work, groups, consultations, diagnostics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child
from opora.people.children.search import children_matching
from opora.school.pupils.models import Placement

from ..schoolyear.reading import YearSpan, school_year, school_year_of
from .day import with_children
from .models import EntryChild, WorkEntry
from .permissions import WRITERS
from .posts import own_keys
from .querysets import READ_ALL, reads_words

Kind = WorkEntry.Kind


@dataclass(frozen=True)
class Journal:
    """`by_child` journals have a row for each child of an entry, the others a row for each entry."""

    code: str
    title: str
    short: str
    kinds: tuple[str, ...]
    url_name: str
    by_child: bool = False

    @property
    def address(self) -> str:
        return reverse(self.url_name)


JOURNALS = {
    one.code: one
    for one in (
        Journal("all", "Журнал учёта работы", "Вся работа", (), "worklog:journal"),
        Journal(
            "individual",
            "Журнал индивидуальной работы",
            "Индивидуальная",
            (Kind.INDIVIDUAL,),
            "worklog:individual",
            by_child=True,
        ),
        Journal("groups", "Журнал групповых занятий", "Группы", (Kind.GROUP,), "worklog:groups"),
        Journal("consultations", "Журнал консультаций", "Консультации", (Kind.CONSULTATION,), "worklog:consultations"),
        Journal(
            "diagnostics",
            "Журнал диагностики",
            "Диагностика",
            (Kind.DIAGNOSTICS,),
            "worklog:diagnostics",
            by_child=True,
        ),
    )
}


@dataclass(frozen=True)
class Span:
    """A period of a chip."""

    code: str
    label: str
    start: date
    end: date


def spans(today: date) -> list[Span]:
    """This and the last month, the halves of the school year, this year and the last one."""
    year = school_year_of(today)
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    last: YearSpan = school_year(year.year - 1)
    turn = date(year.year + 1, 1, 1)
    return [
        Span("month", "этот месяц", first, today),
        Span("before", "прошлый месяц", before, first - timedelta(days=1)),
        Span("first", "1-е полугодие", year.starts_on, turn - timedelta(days=1)),
        Span("second", "2-е полугодие", turn, year.ends_on),
        Span("year", f"{year.title} уч. год", year.starts_on, year.ends_on),
        Span("last", f"{last.title} уч. год", last.starts_on, last.ends_on),
    ]


def rows_of(actor: Actor, journal: Journal) -> QuerySet[Any]:
    """Rows of a journal with what they show, ready for the machine of lists."""
    if journal.by_child:
        rows = EntryChild.objects.visible_to(actor).finished().filter(entry__kind__in=journal.kinds).defer("note")
        if not actor.roles & READ_ALL:
            rows = rows.filter(entry__position__in=own_keys(actor))
        return rows.select_related("child", "entry__position__user", "entry__material")
    entries = WorkEntry.objects.visible_to(actor).finished()
    if journal.kinds:
        entries = entries.filter(kind__in=journal.kinds)
    entries = entries.select_related("position__user", "lesson__group", "material", "plan_item")
    return with_children(actor, entries.defer("content", "outcome"))


def journal_listing(actor: Actor, journal: Journal, today: date) -> Listing:
    """The list; the newest first."""
    at = "entry__" if journal.by_child else ""

    def search(rows: Rows, text: str) -> Rows:
        found = children_matching(
            Child.objects.visible_to(actor), text, organisation=actor.at, today=timezone.localdate()
        ).order_by()
        if journal.by_child:
            return rows.filter(child__in=found.values("pk"))
        named = EntryChild.objects.visible_to(actor).filter(child__in=found.values("pk"))
        return rows.filter(pk__in=named.values("entry"))

    return Listing(
        title=journal.title, name=f"journal-{journal.code}", order="-on", wide=True,
        row_url=lambda one: reverse("worklog:entry", args=[_entry(one).public_id]),
        search=search, search_hint="Фамилия ребёнка",
        empty="Здесь будут записи о работе. Их вносят на странице «Мой день».",
        columns=_columns(actor, journal, at),
        chips=_chips(actor, journal, at, today),
    )  # fmt: skip


def _entry(one: Any) -> WorkEntry:
    return one.entry if isinstance(one, EntryChild) else one  # type: ignore[no-any-return]


def _columns(actor: Actor, journal: Journal, at: str) -> list[Column]:
    columns = [
        Column("on", "День", lambda one: _entry(one).on, sort=(f"{at}on", f"{at}starts_at"), kind="date"),
        Column("topic", "Тема, запрос", lambda one: _entry(one).topic, sort=(f"{at}topic",), kind="main"),
    ]
    if journal.code == "all":
        columns.append(Column("kind", "Вид", lambda one: one.work_title, sort=("kind", "audience")))
    if journal.code == "groups":
        columns.append(Column("group", "Группа", lambda one: one.lesson.group.title if one.lesson else ""))
    columns.append(_who_column(journal))
    if journal.code == "individual":
        columns.append(Column("came", "Посещение", lambda one: one.get_attendance_display(), sort=("attendance",)))
        columns.append(Column("dynamics", "Динамика", lambda one: one.get_dynamics_display(), sort=("dynamics",)))
    if journal.code == "diagnostics":
        columns.append(Column("method", "Методика", lambda one: str(one.entry.material or "")))
        columns.extend(_result_columns(actor))
    columns.append(Column("minutes", "Минут", lambda one: _entry(one).minutes, sort=(f"{at}minutes",), kind="number"))
    if actor.roles & READ_ALL:
        columns.append(
            Column("who", "Специалист", lambda one: _entry(one).position.user.short_name,
                   sort=(f"{at}position__user__last_name",))
        )  # fmt: skip
    return columns


def _result_columns(actor: Actor) -> list[Column]:
    """What was measured; not for those who only oversee."""
    if not actor.roles & WRITERS:
        return []
    return [
        Column("value", "Балл", lambda one: one.value if reads_words(actor, one.entry) else None, kind="number"),
        Column("level", "Уровень", lambda one: one.get_level_display() if reads_words(actor, one.entry) else ""),
    ]


def _who_column(journal: Journal) -> Column:
    if journal.by_child:
        return Column(
            "child", "Ребёнок", lambda one: one.child.full_name, sort=("child__last_name", "child__first_name")
        )
    return Column("children", "С кем, о ком", children_words)


def children_words(entry: WorkEntry) -> str:
    """«Данилов М., Уваров Л. (болезнь)», else how many came."""
    seen = getattr(entry, "seen", [])
    if seen:
        words = [one.child.short_name + _absence(one) for one in seen[:6]]
        return ", ".join(words) + (f" и ещё {len(seen) - 6}" if len(seen) > 6 else "")
    return f"{entry.people} чел." if entry.people else str(entry.get_audience_display())


def _absence(row: EntryChild) -> str:
    return "" if row.attendance == EntryChild.Attendance.PRESENT else f" ({row.get_attendance_display()})"


def _chips(actor: Actor, journal: Journal, at: str, today: date) -> list[Chip]:
    periods = [
        Choice(one.code, one.label, Q(**{f"{at}on__gte": one.start, f"{at}on__lte": one.end})) for one in spans(today)
    ]
    chips = [Chip("period", "Период", periods, default="month")]
    if journal.code == "all":
        chips.append(Chip("kind", "Вид", [Choice(code, label, Q(kind=code)) for code, label in Kind.choices]))
    if actor.roles & READ_ALL:
        logged = WorkEntry.objects.of(actor.at).finished().filter(position=OuterRef("pk"))
        posts = Position.objects.visible_to(actor).filter(Exists(logged))
        people = [
            Choice(one.public_id, f"{one.user.short_name}, {one.inner_caption}", Q(**{f"{at}position": one.pk}))
            for one in posts.select_related("user").order_by("user__last_name", "pk")
        ]
        if len(people) > 1:
            chips.append(Chip("who", "Специалист", people))
    return chips


def classes_of(actor: Actor, children: list[int]) -> dict[int, str]:
    """Present classes of children by the key of the child; one query."""
    rows = Placement.objects.of(actor.at).present().filter(child__in=children)
    return dict(rows.values_list("child", "school_class__title"))
