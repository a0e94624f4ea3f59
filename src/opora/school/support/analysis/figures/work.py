"""The log of the year: who worked, how much, in which direction, with whom, in which month (S-10, S-12)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q

from opora.foundation.access.models import Position

from ...materials.models import WorkDirection
from ...worklog.models import WorkEntry
from .tables import HOURS, TOTAL, Behind, Counted, Line, Measure, Phrase, Rule, Values, lines_of, summed
from .year import Year

ENTRIES = (Measure("entries", "записей"), Measure("hours", "часов", HOURS), Measure("people", "человек"))
DIRECTIONS = "Положение о Службе сопровождения, ч. 4"
HEAD = "Положение о Службе сопровождения, п. 3.3"
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
NOUN = "запись о работе,записи о работе,записей о работе"


def _of_rows(found: dict[str, Values], lines: tuple[Line, ...]) -> Counted:
    return Counted(lines, summed(found.values(), len(ENTRIES)))


def _entries(year: Year, condition: Q) -> Behind:
    return Behind(WorkEntry, year.finished & condition)


def _narrowed(field: str) -> Callable[[Year, str, str], Behind]:
    """Entries behind a row whose code is the value of a field."""
    return lambda year, row, _: _entries(year, Q() if row == TOTAL else Q(**{field: row}))


def _specialists(year: Year) -> Counted:
    found = year.worked(lambda deed: str(deed.position))
    posts = Position.objects.filter(organisation=year.organisation, pk__in=[int(key) for key in found])
    lines = tuple(
        Line(str(post.pk), f"{post.user.short_name}, {post.inner_caption}", found[str(post.pk)])
        for post in posts.select_related("user").order_by("user__last_name", "pk")
    )
    return _of_rows(found, lines)


def _by_number(field: str) -> Callable[[Year, str, str], Behind | None]:
    def behind(year: Year, row: str, _: str) -> Behind | None:
        if row == TOTAL:
            return _entries(year, Q())
        return _entries(year, Q(**{field: int(row)})) if row.isdecimal() and len(row) < 18 else None

    return behind


def _directions(year: Year) -> Counted:
    found = year.worked(lambda deed: deed.direction)
    return _of_rows(found, lines_of(WorkDirection.choices, found, 3))


def _kinds(year: Year) -> Counted:
    found = year.worked(lambda deed: deed.kind)
    return _of_rows(found, lines_of(WorkEntry.Kind.choices, found, 3))


def _months(year: Year) -> Counted:
    found = {str(month): sums for month, sums in year.months.items()}
    order = [(month - 1) % 12 + 1 for month in range(year.starts_on.month, year.starts_on.month + 12)]
    return _of_rows(found, lines_of(((month, MONTHS[month - 1]) for month in order), found, 3))


def _audiences(year: Year) -> Counted:
    found = year.worked(lambda deed: deed.audience, lambda deed: deed.kind == WorkEntry.Kind.CONSULTATION)
    return _of_rows(found, lines_of(WorkEntry.Audience.choices, found, 3))


def _consultations(year: Year, row: str, _: str) -> Behind:
    with_whom = Q() if row == TOTAL else Q(audience=row)
    return _entries(year, Q(kind=WorkEntry.Kind.CONSULTATION) & with_whom)


def _cut(direction: str, field: str, choices: Iterable[tuple[str, str]]) -> Callable[[Year], Counted]:
    """Work of a direction by kind or by those it was with."""

    def count(year: Year) -> Counted:
        found = year.worked(lambda deed: str(getattr(deed, field)), lambda deed: deed.direction == direction)
        return _of_rows(found, lines_of(choices, found, 3))

    return count


def _of_direction(direction: str, field: str) -> Callable[[Year, str, str], Behind]:
    return lambda year, row, _: _entries(
        year, Q(direction=direction) & (Q() if row == TOTAL else Q(**{field: row}))
    )  # fmt: skip


def log_of(direction: WorkDirection) -> Rule:
    """The table of one of the four directions: what was done."""
    title, code = str(direction.label), str(direction.value)
    return Rule(
        code=f"log_{code}", title=f"{title[:1].upper()}{title[1:]}: что сделано", clause=DIRECTIONS,
        measures=ENTRIES, count=_cut(code, "kind", WorkEntry.Kind.choices), behind=_of_direction(code, "kind"),
        phrase=Phrase("По этому направлению", NOUN, most="Больше всего — "),
    )  # fmt: skip


def audience_of(direction: WorkDirection) -> Rule:
    """The table of one of the four directions: for whom."""
    title, code = str(direction.label), str(direction.value)
    return Rule(
        code=f"audience_{code}", title=f"{title[:1].upper()}{title[1:]}: для кого", clause=DIRECTIONS,
        measures=ENTRIES, count=_cut(code, "audience", WorkEntry.Audience.choices),
        behind=_of_direction(code, "audience"),
    )  # fmt: skip


SPECIALISTS = Rule(
    "specialists", "Работа по специалистам", HEAD, ENTRIES, _specialists, _by_number("position"),
    Phrase("В учёт внесена,В учёт внесены,В учёт внесено", NOUN),
)  # fmt: skip
BY_DIRECTION = Rule(
    "directions", "Работа по направлениям", DIRECTIONS, ENTRIES, _directions, _narrowed("direction"),
    Phrase("По всем направлениям", NOUN, most="Больше всего — "),
)  # fmt: skip
BY_KIND = Rule("kinds", "Работа по видам", DIRECTIONS, ENTRIES, _kinds, _narrowed("kind"))
BY_MONTH = Rule("months", "Работа по месяцам", HEAD, ENTRIES, _months, _by_number("on__month"), chart="months")
CONSULTATIONS = Rule(
    "consultations", "Консультации", DIRECTIONS, ENTRIES, _audiences, _consultations,
    Phrase("Проведена,Проведены,Проведено", "консультация,консультации,консультаций", most="Больше всего — "),
)  # fmt: skip
