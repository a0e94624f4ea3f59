"""The facts of a sheet as its form shows them: asked of this speciality for this child, with what others know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opora.commission.examinations.models import Examination
from opora.foundation.accounts.roles import Speciality
from opora.regulations.facts.case import Observation
from opora.regulations.facts.entries import FactDefinition, FactGroup
from opora.regulations.facts.reading import asked_for, definitions, groups
from opora.regulations.predicates import Value, verdict

from .gathering import Gathered
from .models import Basis, Finding, source_in_words

EMPTY = "не отмечено"


@dataclass(frozen=True)
class Other:
    """What somebody else has: «логопед Васильева В. В.: III уровень»; `differs` from the sheet's own finding."""

    who: str
    words: str
    differs: bool


@dataclass(frozen=True)
class Typed:
    """What a refused form held: values and sources by fact, and the message for each field that is to blame."""

    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One fact: its own value and source, what the card and colleagues have, what was typed in vain."""

    fact: FactDefinition
    value: Value | None
    finding: Finding | None
    others: Sequence[Other]
    known: str
    typed: Any = None
    source: str = ""
    error: str = ""

    @property
    def code(self) -> str:
        return self.fact.code

    @property
    def is_recorded(self) -> bool:
        return self.value is not None

    @property
    def words(self) -> str:
        return self.fact.title_of(self.value) if self.value is not None else ""

    @property
    def differing(self) -> list[Other]:
        return [one for one in self.others if one.differs]

    @property
    def agreeing(self) -> list[Other]:
        return [one for one in self.others if not one.differs]

    @property
    def chosen(self) -> list[str]:
        """Codes that stand chosen in the field."""
        held = self.typed if self.typed is not None else self.value
        if held is None:
            return []
        if isinstance(held, bool):
            return ["yes" if held else "no"]
        return [str(one) for one in held] if isinstance(held, tuple | list) else [str(held)]

    @property
    def text(self) -> str:
        """What stands in a field that is typed into."""
        return " ".join(self.chosen).replace(".", ",") if self.fact.kind == "number" else " ".join(self.chosen)

    @property
    def options(self) -> list[tuple[str, str]]:
        return [("yes", "да"), ("no", "нет")] if self.fact.kind == "flag" else self.fact.pairs

    @property
    def is_wide(self) -> bool:
        """Whether its choices are too long for half a column."""
        return any(len(title) > 38 for _, title in self.options)

    @property
    def empty_label(self) -> str:
        """What an empty field says: the card's value need not be typed."""
        return f"из карточки: {self.known}" if self.known else EMPTY

    @property
    def basis(self) -> str:
        return self.source.partition(":")[0]

    @property
    def basis_words(self) -> str:
        return self.source.partition(":")[2].strip()

    @property
    def told_basis(self) -> str:
        """The source where it is more than the specialist's own examination."""
        return "" if self.source == Basis.EXAMINATION else self.basis_title

    @property
    def basis_title(self) -> str:
        return source_in_words(self.source)


@dataclass(frozen=True)
class Group:
    """Facts shown together: those that decide, then those that describe and shape the work."""

    group: FactGroup
    rows: Sequence[Row]

    @property
    def deciding(self) -> list[Row]:
        return [row for row in self.rows if row.fact.deciding]

    @property
    def describing(self) -> list[Row]:
        return [row for row in self.rows if not row.fact.deciding]

    @property
    def recorded(self) -> list[Row]:
        return [row for row in self.rows if row.is_recorded]

    @property
    def describing_recorded(self) -> int:
        return sum(row.is_recorded for row in self.describing)

    @property
    def left(self) -> int:
        """How many deciding facts nobody knows yet."""
        return sum(not row.is_recorded and not row.known and not row.others for row in self.deciding)

    @property
    def differs(self) -> bool:
        return any(row.differing for row in self.rows)

    @property
    def is_wrong(self) -> bool:
        return any(row.error for row in self.rows)

    @property
    def describes_wrongly(self) -> bool:
        return any(row.error for row in self.describing)

    @property
    def summary(self) -> str:
        """What is recorded, in one line; else what others know."""
        own = "; ".join(f"{_short(row.fact.title)}: {row.words}" for row in self.deciding if row.is_recorded)
        if own or self.describing_recorded:
            return own or f"для описания записано: {self.describing_recorded}"
        told = "; ".join(f"{_short(row.fact.title)}: {row.known}" for row in self.rows if row.known)
        return f"из карточки — {told}" if told else ""


def _short(title: str) -> str:
    head = title.partition(",")[0].partition("(")[0].strip()
    return head[:1].lower() + head[1:] if not head[:2].isupper() else head


def asked_now(known: Gathered, examination: Examination) -> set[str]:
    """Facts that the sheet asks for at this moment.

    A fact that hangs on another one appears when that is known; the class alone is not waited for, since whoever
    examines a pupil may leave it to the card.
    """
    return {
        one.code
        for one in asked_for(known.law, examination.speciality, known.facts)
        if set(verdict(one.when, known.facts).missing) <= {"grade"}
    }


def groups_of(known: Gathered, examination: Examination, typed: Typed | None = None) -> list[Group]:
    """Groups with facts that the speciality is asked for, and own ones that were asked for before."""
    held = typed or Typed()
    mine: dict[str, tuple[Finding, Value]] = {}
    others: dict[str, list[Observation]] = {}
    for row, told in known.seen:
        if row.examination_id == examination.pk:
            mine[row.code] = (row, told.value)
        else:
            others.setdefault(row.code, []).append(told)
    asked = {*asked_now(known, examination), *mine, *held.errors}
    rows: dict[str, list[Row]] = {}
    for fact in definitions(known.law):
        if fact.code in asked:
            finding, value = mine.get(fact.code, (None, None))
            shown = _others(known, fact, value, others.get(fact.code, ()))
            rows.setdefault(fact.group, []).append(_row(known, fact, finding, value, shown, held))
    return [Group(group, rows[group.code]) for group in groups(known.law) if group.code in rows]


def _row(
    known: Gathered,
    fact: FactDefinition,
    finding: Finding | None,
    value: Value | None,
    others: Sequence[Other],
    held: Typed,
) -> Row:
    card = known.card.get(fact.code)
    return Row(
        fact=fact,
        value=value,
        finding=finding,
        others=others,
        known=fact.title_of(card) if card is not None and value is None else "",
        typed=held.values.get(fact.code),
        source=held.sources.get(fact.code) or (finding.source if finding else ""),
        error=held.errors.get(fact.code, ""),
    )


def _others(known: Gathered, fact: FactDefinition, value: Value | None, told: Sequence[Observation]) -> list[Other]:
    """What colleagues recorded, and what the card says otherwise than the sheet."""
    found = [_other(fact, one, value) for one in told]
    card = known.card.get(fact.code)
    if card is not None and value is not None and card != value:
        found.append(Other("в карточке", fact.title_of(card), differs=True))
    return found


def _other(fact: FactDefinition, told: Observation, value: Value | None) -> Other:
    speciality = Speciality(told.speciality).label if told.speciality in Speciality.values else ""
    differs = fact.deciding and value is not None and value != told.value
    return Other(f"{speciality} {told.name}".strip(), fact.title_of(told.value), differs)
