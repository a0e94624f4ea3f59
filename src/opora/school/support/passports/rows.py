"""Rows of a school's passport: offered by the law's data, who sees them, which are ticked and which counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.people.law import law_on
from opora.regulations.edition import Edition
from opora.regulations.service.entries import PassportRowRule
from opora.regulations.service.reading import passport_rows, passport_sections, passport_sums

from .counting import TOTAL
from .models import PassportRow

Seen = PassportRow.Seen
ON_THE_CARD = ("family.kind", "family.status")  # ticks of these are written into the card of the child
# What a tick tells more than the composition of a family: sections of the law's data, and single rows.
_OF_SECTION = {"trouble": Seen.RISK, "prevention": Seen.RISK}
_OF_ROW = {"chronic": Seen.HEALTH}
_OF_SOURCE = {
    "all": Seen.EVERYONE, "child.sex": Seen.EVERYONE, "prevention": Seen.RISK, "disability": Seen.HEALTH,
    "limitations": Seen.SUPPORT,
}  # fmt: skip
WHENCE = {
    "all": "по классам", "child.sex": "по карте ребёнка", "child.registration": "по карте ребёнка",
    "family.children": "по числу детей в семье", "guardian.education": "по сведениям о родителях в карте",
    "prevention": "по профилактическому учёту в карте", "disability": "по сведениям об инвалидности в карте",
    "limitations": "по заключениям ПМПК, которые действуют в этот день", "family.kind": "по составу семьи в карте",
    "family.status": "по положению семьи в карте", "": "по отметкам",
}  # fmt: skip


def rows_of(organisation: Organisation) -> list[PassportRow]:
    """The rows that are counted now."""
    return list(PassportRow.objects.of(organisation).filter(is_retired=False))


def offered(organisation: Organisation, on: date) -> list[PassportRow]:
    """Rows that the law's data offers for a new school, not saved."""
    law = law_on(on)
    titles = {one.code: one.title for one in passport_sections(law)}
    return [
        PassportRow(
            organisation=organisation, code=rule.code, section=titles[rule.section], title=rule.title,
            source=rule.counted_from, of_family=rule.of_family, order=rule.order, field_class=field_class_of(rule),
        )
        for rule in passport_rows(law)
    ]  # fmt: skip


def field_class_of(rule: PassportRowRule) -> str:
    kind = rule.counted_from.partition(":")[0]
    if kind in _OF_SOURCE:
        return _OF_SOURCE[kind]
    if kind:
        return Seen.FAMILY
    return _OF_ROW.get(rule.code) or _OF_SECTION.get(rule.section, Seen.FAMILY)


def source_kind(row: PassportRow) -> str:
    return row.source.partition(":")[0]


def source_value(row: PassportRow) -> str:
    return row.source.partition(":")[2]


def whence(row: PassportRow) -> str:
    """«по карте ребёнка»: where the figure comes from."""
    return WHENCE.get(source_kind(row), row.source)


def is_ticked(row: PassportRow) -> bool:
    """Whether whoever fills the passport says it by a tick."""
    return not row.source or source_kind(row) in ON_THE_CARD


def is_seen(actor: Actor, row: PassportRow) -> bool:
    """Whether the actor may learn of which children a row is true."""
    return not row.field_class or sees(actor, row.field_class)


@dataclass(frozen=True)
class Column:
    """A column of the sheet: one tick, or several rows of which one is chosen; asked of families of `within` alone."""

    rows: tuple[PassportRow, ...]
    title: str
    within: PassportRow | None = None

    @property
    def is_choice(self) -> bool:
        return len(self.rows) > 1

    @property
    def key(self) -> str:
        return self.rows[0].public_id


@dataclass(frozen=True)
class Part:
    """A section with its rows, and the columns in which they are ticked."""

    number: int
    title: str
    rows: list[PassportRow]
    columns: list[Column] = field(default_factory=list)


def exclusive(law: Edition, rows: Sequence[PassportRow]) -> list[Column]:
    """Ticked rows that are parts of one sum: a family has one of them."""
    by_code = {one.code: one for one in rows}
    found = []
    for rule in passport_sums(law):
        parts = tuple(by_code[code] for code in rule.parts if code in by_code and is_ticked(by_code[code]))
        if rule.kind == "equal" and len(parts) > 1:
            total = by_code.get(rule.total)
            within = total if total is not None and total.source != TOTAL else None
            found.append(Column(parts, within.title if within else parts[0].section, within))
    return found


def rivals_of(law: Edition, rows: Sequence[PassportRow], row: PassportRow) -> list[PassportRow]:
    """Rows that stop being true of a family when this one is: other parts of its sum, and parts of theirs."""
    choices = exclusive(law, rows)
    rivals = [other for one in choices if row in one.rows for other in one.rows if other.pk != row.pk]
    return rivals + [part for one in choices if one.within in rivals for part in one.rows]


def total_of(law: Edition, rows: Sequence[PassportRow], row: PassportRow) -> PassportRow | None:
    """The row whose families alone are asked about this one."""
    return next((one.within for one in exclusive(law, rows) if row in one.rows), None)


def parts_of(rows: Iterable[PassportRow]) -> list[Part]:
    """Rows by their sections in order."""
    first: dict[str, int] = {}
    ordered = list(rows)
    for at, row in enumerate(ordered):
        first.setdefault(row.section, at)
    ordered.sort(key=lambda one: first[one.section])
    grouped = groupby(ordered, key=lambda one: one.section)
    return [Part(number, title, list(some)) for number, (title, some) in enumerate(grouped, 1)]


def sheet_parts(actor: Actor, law: Edition, rows: Sequence[PassportRow]) -> list[Part]:
    """Sections with something to tick for this actor."""
    seen = [row for row in rows if is_ticked(row) and is_seen(actor, row)]
    choices = {one.rows[0].pk: one for one in exclusive(law, seen)}
    in_choice = {row.pk for one in choices.values() for row in one.rows}
    found: list[Part] = []
    for part in parts_of(seen):
        columns = [
            choices.get(row.pk) or Column((row,), row.title)
            for row in part.rows
            if row.pk in choices or row.pk not in in_choice
        ]
        if columns:
            found.append(Part(len(found) + 1, part.title, part.rows, columns))
    return found
