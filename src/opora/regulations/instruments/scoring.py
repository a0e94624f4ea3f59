"""Scoring: a sum with both thresholds for the questionnaire 10.1, a profile with descriptors for the scales.

Nothing is scored while an answer is wrong or lacks; then the answer says which. `answers` are kept item by item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opora.regulations.edition import Edition
from opora.regulations.instruments.entries import Instrument, InstrumentItem, InstrumentThreshold
from opora.regulations.instruments.reading import (
    AnswerError,
    Value,
    age_group,
    answers_read,
    asked_items,
    instrument,
    items,
    missing_items,
    thresholds,
)
from opora.regulations.reasons import Reason

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a value means. `is_general`: the text is given for another age, there is none for the child's own."""

    span: str
    text: str
    age: str
    is_general: bool

    @property
    def mark(self) -> str:
        """Why the text is shown though it is meant for another age; empty for its own."""
        if not self.is_general:
            return ""
        return "для возраста ребёнка описания в письме нет, показано общее"


@dataclass(frozen=True, slots=True)
class ScaleValue:
    """One scale of a profile: a value in two bands has two descriptors."""

    item: str
    title: str
    value: int
    descriptors: tuple[Descriptor, ...]
    clause: str
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found = [
            {"band": one.span, "text": one.text, **({"age": one.age} if one.age else {}), "general": one.is_general}
            for one in self.descriptors
        ]
        return {
            "item": self.item, "title": self.title, "value": self.value, "descriptors": found,
            "clause": self.clause, **({"note": self.note} if self.note else {}),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ThresholdAnswer:
    """One threshold: its sum (None: not computed), whether it is passed (None: not known) and what follows."""

    code: str
    limit: str
    total: int | None
    passed: bool | None
    reason: Reason

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "code": self.code, "limit": self.limit, "total": self.total, "passed": self.passed,
            "reason": self.reason.as_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """What an instrument answers. `state`: complete | incomplete | wrong | not_for_age; only a complete one is scored.

    `missing` are (code, title) of items without an answer. `sentence` is ready for the protocol.
    """

    instrument: str
    title: str
    clause: str
    state: str
    answers: Mapping[str, Value]
    missing: tuple[tuple[str, str], ...] = ()
    errors: tuple[AnswerError, ...] = ()
    total: int | None = None
    parental: int | None = None
    thresholds: tuple[ThresholdAnswer, ...] = ()
    profile: tuple[ScaleValue, ...] = ()
    reasons: tuple[Reason, ...] = ()
    sentence: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether it was scored."""
        return self.state == "complete"

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "instrument": self.instrument,
            "title": self.title,
            "clause": self.clause,
            "state": self.state,
            "answers": dict(self.answers),
            "missing": [{"item": code, "title": title} for code, title in self.missing],
            "errors": [one.as_json() for one in self.errors],
            "total": self.total,
            "parental": self.parental,
            "thresholds": [one.as_json() for one in self.thresholds],
            "profile": [one.as_json() for one in self.profile],
            "reasons": [one.as_json() for one in self.reasons],
            "sentence": self.sentence,
        }


def score(law: Edition, code: str, answers: Mapping[str, Any], age_months: int | None = None) -> Score:
    """Score the answers of an instrument for a child of this age in whole months; KeyError for an unknown code.

    Without an age every part is asked and every descriptor shown.
    """
    chosen = instrument(law, code)
    if not chosen.fits(age_months):
        return _answer(chosen, "not_for_age", {}, reasons=(_unfit(chosen),))
    values, errors = answers_read(law, code, answers, age_months)
    if errors:
        return _answer(chosen, "wrong", values, errors=errors)
    missing = missing_items(law, code, values, age_months)
    if missing:
        return _answer(chosen, "incomplete", values, missing=tuple((one.code, one.title) for one in missing))
    if chosen.is_scale:
        return _profile(law, chosen, values, age_months)
    return _sums(law, chosen, values, age_months)


def _answer(chosen: Instrument, state: str, values: Mapping[str, Value], **found: Any) -> Score:
    return Score(chosen.code, chosen.title, chosen.clause, state, values, **found)


def _unfit(chosen: Instrument) -> Reason:
    if chosen.minimum_months:
        text = f"Шкала составлена для школьного возраста: раньше {chosen.minimum_months // 12}{NBSP}лет не заполняется."
    else:
        text = f"Опросник — о ребёнке: после {chosen.maximum_months // 12}{NBSP}лет не заполняется."
    return Reason("age", text, chosen.clause)


def _sums(law: Edition, chosen: Instrument, values: Mapping[str, Value], age_months: int | None) -> Score:
    asked = asked_items(law, chosen.code, age_months)
    sums = {kind: _sum(asked, kind, values) for kind in ("points", "parental")}
    found: dict[str, ThresholdAnswer] = {}
    for limit in thresholds(law, chosen.code):
        found[limit.code] = _threshold(limit, sums[limit.sums], found)
    sentence = _risk_sentence(chosen, sums, found)
    return _answer(
        chosen, "complete", values, total=sums["points"], parental=sums["parental"],
        thresholds=tuple(found.values()), reasons=tuple(one.reason for one in found.values()), sentence=sentence,
    )  # fmt: skip


def _sum(asked: tuple[InstrumentItem, ...], kind: str, values: Mapping[str, Value]) -> int | None:
    """The points of the answered items of a kind; None when one of the answers is «неизвестно»."""
    total = 0
    for item in asked:
        if item.kind == kind and item.code in values:
            points = item.answer(str(values[item.code])).points
            if points is None:
                return None
            total += points
    return total


def _threshold(limit: InstrumentThreshold, total: int | None, before: Mapping[str, ThresholdAnswer]) -> ThresholdAnswer:
    passed = None if total is None else limit.passed(total)
    if passed is None:
        text = limit.unknown
    elif not passed:
        text = limit.otherwise
    else:
        strengthened = not limit.strengthens or before[limit.strengthens].passed
        text = limit.title if strengthened else limit.alone
    reason = Reason(limit.code, text, limit.clause, note=limit.note, is_law=limit.is_law)
    return ThresholdAnswer(limit.code, limit.limit, total, passed, reason)


def _risk_sentence(chosen: Instrument, sums: Mapping[str, int | None], found: Mapping[str, ThresholdAnswer]) -> str:
    counted = f"сумма баллов — {sums['points']}"
    parental = "не вычислена" if sums["parental"] is None else str(sums["parental"]).replace("-", "−")
    return (
        f"{chosen.title} ({chosen.authors}): {counted}; по образованию и профессиональной квалификации родителей — "
        f"{parental}. " + " ".join(one.reason.text for one in found.values())
    )


def _profile(law: Edition, chosen: Instrument, values: Mapping[str, Value], age_months: int | None) -> Score:
    group = age_group(law, age_months)
    degrees = {item.code: item for item in items(law, chosen.code) if item.kind == "degree"}
    profile = tuple(
        ScaleValue(
            item.code, item.title, int(values[item.code]), _descriptors(item, int(values[item.code]), group),
            item.clause, item.note,
        )
        for item in items(law, chosen.code)
        if item.kind == "scale"
    )  # fmt: skip
    mastery = "; ".join(degrees[code].answer(str(values[code])).title for code in degrees if code in values)
    return _answer(chosen, "complete", values, profile=profile, sentence=_scale_sentence(chosen, profile, mastery))


def _descriptors(item: InstrumentItem, value: int, group: str) -> tuple[Descriptor, ...]:
    """Texts of the value for the age; where there is none for it, the one given for another age, marked."""
    bands = [band for band in item.bands if value in band]
    own = [band for band in bands if not group or band.age in ("", group)]
    return tuple(Descriptor(band.span, band.text, band.age, not own) for band in own or bands)


def _scale_sentence(chosen: Instrument, profile: tuple[ScaleValue, ...], mastery: str) -> str:
    marks = "; ".join(f"{one.title[:1].lower()}{one.title[1:]} — {one.value}" for one in profile)
    lowest = min(one.value for one in profile)
    weak = [one for one in profile if one.value == lowest and one.descriptors]
    text = f"{chosen.title} ({chosen.authors}), условные баллы от 1 до 10: {marks}."
    if mastery:
        text += f" Усвоение учебного материала: {mastery}."
    if weak and len(weak) <= 3:
        described = "; ".join(f"{one.title[:1].lower()}{one.title[1:]}: {_plain(one)}" for one in weak)
        text += f" Ниже всего ({lowest}) — {described}."
    return text


def _plain(one: ScaleValue) -> str:
    return " / ".join(found.text.rstrip(".") for found in one.descriptors)
