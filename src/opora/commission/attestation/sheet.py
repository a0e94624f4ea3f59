"""The sheet of a conclusion on ГИА: questions under their headings, offers of the catalogue beside the two lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from opora.regulations.attestation.entries import LISTS, AttestationGroup, AttestationQuestion
from opora.regulations.attestation.offering import ConditionOffer
from opora.regulations.edition import Edition

from .answers import questions_of, subjects_of
from .forms import SUBJECT, AnswersForm
from .models import AttestationConclusion


@dataclass(frozen=True)
class Offered:
    """An offer as it is shown; one that stands in its list cannot be taken again."""

    offer: ConditionOffer
    is_taken: bool


@dataclass(frozen=True)
class Shelf:
    """Offers for one list, those that follow from the findings apart from the possible ones."""

    place: str
    groups: tuple[tuple[str, tuple[Offered, ...]], ...]
    is_open: bool = False

    @property
    def count(self) -> int:
        return sum(len(found) for _, found in self.groups)


@dataclass(frozen=True)
class Origin:
    """A line of a list: taken from the catalogue (with its clause), taken and changed since, or written by hand."""

    text: str
    clause: str


@dataclass(frozen=True)
class Ask:
    """One question: a field, or one for each subject; a list has its shelf and the origins of its lines."""

    question: AttestationQuestion
    fields: tuple[BoundField, ...]
    shelf: Shelf | None = None
    origins: tuple[Origin, ...] = ()

    @property
    def is_wide(self) -> bool:
        return self.question.kind in ("list", "subjects")


@dataclass(frozen=True)
class Block:
    """Questions under one heading."""

    group: AttestationGroup
    asks: tuple[Ask, ...]


def blocks_of(
    law: Edition, conclusion: AttestationConclusion, form: AnswersForm, shelves: Mapping[str, Shelf]
) -> list[Block]:
    """The sheet at the chosen level."""
    asked = [one for one in questions_of(law) if one.asked_at(conclusion.level)]
    return [
        Block(group, tuple(ask_of(law, conclusion, form, one, shelves) for one in asked if one.group == group.code))
        for group in law.entries("attestation_group", AttestationGroup)
    ]


def ask_of(
    law: Edition, conclusion: AttestationConclusion, form: AnswersForm, one: AttestationQuestion,
    shelves: Mapping[str, Shelf],
) -> Ask:  # fmt: skip
    """One question with its fields."""
    if one.kind == "subjects":
        return Ask(one, tuple(form[SUBJECT + subject.code] for subject in subjects_of(law)))
    if one.code in LISTS:
        return Ask(one, (form[one.code],), shelves.get(one.code), origins_of(conclusion, one.code))
    return Ask(one, (form[one.code],))


def shelves_of(offers: Iterable[ConditionOffer], values: Mapping[str, Any], opened: str = "") -> dict[str, Shelf]:
    """A shelf for each of the two lists."""
    known, found = tuple(offers), {}
    for place in LISTS:
        here = [Offered(one, one.text in str(values.get(place) or "")) for one in known if one.place == place]
        named = (
            ("Следует из записанных данных или положено всем", tuple(one for one in here if one.offer.recommended)),
            ("Возможно", tuple(one for one in here if not one.offer.recommended)),
        )
        groups = tuple((title, offered) for title, offered in named if offered)
        found[place] = Shelf(place, groups, is_open=place == opened)
    return found


def origins_of(conclusion: AttestationConclusion, place: str) -> tuple[Origin, ...]:
    """Where each line of a list came from; an empty clause: written or changed by hand."""
    known = [one for one in conclusion.taken.values() if isinstance(one, Mapping) and one.get("place") == place]
    taken = {one["text"]: one["clause"] for one in known}
    lines = str(conclusion.answers.get(place) or "").splitlines()
    return tuple(Origin(line, taken.get(line.strip(), "")) for line in lines if line.strip()) if taken else ()


def answer_words(form: AnswersForm, code: str, value: Any) -> str:
    """An answer in words, for the panel of a conflict."""
    if value in (None, "", [], {}, False):
        return "нет ответа"
    if value is True:
        return "да"
    if isinstance(value, Mapping):
        return "; ".join(_subject_words(form, subject, chosen) for subject, chosen in value.items())
    labels = {str(key): str(label) for key, label in getattr(form.fields[code], "choices", [])}
    chosen = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(str(one), str(one)) for one in chosen)


def _subject_words(form: AnswersForm, subject: str, chosen: str) -> str:
    field: Any = form.fields.get(SUBJECT + subject)
    labels = {str(key): str(label) for key, label in field.choices} if field else {}
    return f"{field.label if field else subject} — {labels.get(chosen, chosen)}"
