"""Rows of the page of an instrument: questions with their answers, scales with descriptors, lines of development."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from opora.regulations.instruments.entries import Band, InstrumentItem
from opora.regulations.instruments.profile import DatedProfile, profile_svg
from opora.regulations.instruments.reading import age_group, asked_items, asked_parts
from opora.regulations.instruments.scoring import Score
from opora.regulations.lag.answers import LagAnswer
from opora.regulations.lag.counting import development_lines, limit
from opora.regulations.lag.wording import age_words

from .results import LAG, WEEKS, Filled, Subject

WHOLE = 10
"""A scale has so many values: a row of them stands on a line of its own."""


@dataclass(frozen=True)
class ShownBand:
    """A descriptor under its scale; `mark` says that it is given for another age."""

    span: str
    text: str
    mark: str


@dataclass(frozen=True)
class Row:
    """One question: radio buttons, or a number when there are no `options`."""

    code: str
    title: str
    value: str
    error: str
    options: Sequence[tuple[str, str]] = ()
    bands: Sequence[ShownBand] = ()
    hint: str = ""
    minimum: int = 0
    maximum: int = 0
    optional: bool = False

    @property
    def is_scale(self) -> bool:
        return len(self.options) == WHOLE

    @property
    def is_open(self) -> bool:
        """Descriptors stand open while they are needed."""
        return bool(self.bands) and not self.value


@dataclass(frozen=True)
class Block:
    """Rows under one heading; a heading of a scale is empty."""

    title: str
    note: str = ""
    rows: list[Row] = field(default_factory=list)


def blocks_of(subject: Subject, code: str, answers: Mapping[str, Any], errors: Mapping[str, str]) -> list[Block]:
    """The page's questions with the typed answers, also those that could not be taken."""
    if code == LAG:
        return [_lag_block(subject, answers, errors)]
    asked = asked_items(subject.law, code, subject.age_months)
    group = age_group(subject.law, subject.age_months)
    parts = asked_parts(subject.law, code, subject.age_months)
    if not parts:
        return [Block("", rows=[_row(item, answers, errors, group) for item in asked])]
    return [
        Block(part.title, part.note, [_row(item, answers, errors, group) for item in asked if item.part == part.code])
        for part in parts
    ]


def _row(item: InstrumentItem, answers: Mapping[str, Any], errors: Mapping[str, str], group: str) -> Row:
    return Row(
        item.code, item.title, str(answers.get(item.code, "")), errors.get(item.code, ""), item.pairs,
        _bands(item.bands, group), item.note, optional=item.kind == "degree",
    )  # fmt: skip


def _bands(bands: Sequence[Band], group: str) -> list[ShownBand]:
    """Descriptors for the age; a band without one for it has that of another age, marked."""
    own = {(band.low, band.high) for band in bands if band.age in ("", group)}
    shown = [band for band in bands if band.age in ("", group) or (band.low, band.high) not in own]
    return [
        ShownBand(band.span, band.text, "" if band.age in ("", group) else "описание для другого возраста")
        for band in sorted(shown, key=lambda band: (band.low, band.high))
    ]


def _lag_block(subject: Subject, answers: Mapping[str, Any], errors: Mapping[str, str]) -> Block:
    highest = limit(subject.law, "reached_until").value
    age = f"{age_words(subject.age_months or 0).rstrip('.')}."
    rows = [
        Row(line.code, _first_upper(line.title), str(answers.get(line.code, "")), errors.get(line.code, ""),
            maximum=highest)
        for line in development_lines(subject.law)
    ]  # fmt: skip
    least, most = (limit(subject.law, name).value for name in ("earliest_weeks", "latest_weeks"))
    weeks = Row(
        WEEKS, "На какой неделе беременности родился ребёнок", str(answers.get(WEEKS, "")), errors.get(WEEKS, ""),
        hint="Полных недель. Нужно, если ребёнок недоношенный; неизвестно — оставьте пустым", minimum=least,
        maximum=most, optional=True,
    )  # fmt: skip
    title = "Какому возрасту соответствует каждая линия развития, в полных месяцах"
    return Block(
        title, f"Возраст ребёнка на день обследования — {age} Оценка проводится по всем линиям.", [*rows, weeks]
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def posted(subject: Subject, code: str, data: Mapping[str, Any]) -> dict[str, str]:
    """What the form sent, question by question, as it was typed."""
    codes = [row.code for block in blocks_of(subject, code, {}, {}) for row in block.rows]
    return {name: str(data[name])[:40].strip() for name in codes if str(data.get(name, "")).strip()}


def picture(subject: Subject, filled: Sequence[Filled]) -> SafeString | None:
    """The profiles of all days as one SVG; None where there is no profile."""
    profiles = [
        DatedProfile(
            one.result.instrument, one.record.filled_on, {mark.item: mark.value for mark in one.result.profile}
        )
        for one in filled
        if isinstance(one.result, Score) and one.result.profile
    ]
    # Made of captions of the edition and of dates alone, each escaped where it is put in.
    return mark_safe(profile_svg(subject.law, profiles)) if profiles else None


@dataclass(frozen=True)
class Change:
    """One row of the dynamics: a scale, a line or a sum on each of the days."""

    title: str
    cells: list[str]


def changes(filled: Sequence[Filled]) -> list[Change]:
    """The dynamics as a table, row by row; empty for one day."""
    if len(filled) < 2:
        return []
    columns = [_column(one) for one in filled]
    titles = list(dict.fromkeys(title for column in columns for title in column))
    return [Change(title, [column.get(title, "—") for column in columns]) for title in titles]


def _column(one: Filled) -> dict[str, str]:
    result = one.result
    if isinstance(result, LagAnswer):
        return {_first_upper(line.title): str(line.terms) for line in result.lines}
    if result.profile:
        return {mark.title: str(mark.value) for mark in result.profile}
    parental = "не вычислено" if result.parental is None else str(result.parental).replace("-", "−")
    return {"Сумма баллов": str(result.total), "Образование и квалификация родителей": parental}
