"""Typed and machine-given answers of an instrument: what is asked, what may be answered, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opora.regulations.edition import Edition
from opora.regulations.instruments.entries import (
    HIGHEST,
    LOWEST,
    AgeGroup,
    Instrument,
    InstrumentItem,
    InstrumentPart,
    InstrumentThreshold,
)

Value = str | int


@dataclass(frozen=True, slots=True)
class AnswerError:
    """An answer that cannot be taken; `message` is ready for the screen."""

    item: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The same for machines."""
        return {"item": self.item, "message": self.message}


@dataclass(frozen=True, slots=True)
class _Parts:
    """One instrument put together."""

    instrument: Instrument
    parts: tuple[InstrumentPart, ...]
    items: tuple[InstrumentItem, ...]
    thresholds: tuple[InstrumentThreshold, ...]


def _assemble(law: Edition) -> dict[str, _Parts]:
    return {
        one.code: _Parts(
            one,
            tuple(part for part in law.entries("instrument_part", InstrumentPart) if part.instrument == one.code),
            tuple(item for item in law.entries("instrument_item", InstrumentItem) if item.instrument == one.code),
            tuple(
                limit
                for limit in law.entries("instrument_threshold", InstrumentThreshold)
                if limit.instrument == one.code
            ),
        )
        for one in law.entries("instrument", Instrument)
    }


def _of(law: Edition, code: str) -> _Parts:
    return law.prepared(__name__, _assemble)[code]


def instruments(law: Edition) -> tuple[Instrument, ...]:
    """All instruments in order."""
    return law.entries("instrument", Instrument)


def instrument(law: Edition, code: str) -> Instrument:
    """An instrument by its code; KeyError when the edition has none."""
    return law.entry("instrument", Instrument, code)


def instruments_for(law: Edition, speciality: str, age_months: int) -> tuple[Instrument, ...]:
    """Those that a specialist fills in for a child of this age."""
    return tuple(one for one in instruments(law) if speciality in one.specialities and one.fits(age_months))


def items(law: Edition, code: str) -> tuple[InstrumentItem, ...]:
    """Every item of an instrument in order."""
    return _of(law, code).items


def thresholds(law: Edition, code: str) -> tuple[InstrumentThreshold, ...]:
    """The thresholds of its sums in order."""
    return _of(law, code).thresholds


def age_group(law: Edition, age_months: int | None) -> str:
    """The code of the time of school life; empty for an unknown age."""
    if age_months is None:
        return ""
    passed = [one for one in law.entries("age_group", AgeGroup) if one.from_months <= age_months]
    return max(passed, key=lambda one: one.from_months).code if passed else ""


def asked_parts(law: Edition, code: str, age_months: int | None) -> tuple[InstrumentPart, ...]:
    """Parts that a child of this age has reached; all of them when the age is not known."""
    return tuple(part for part in _of(law, code).parts if age_months is None or part.from_months <= age_months)


def asked_items(law: Edition, code: str, age_months: int | None) -> tuple[InstrumentItem, ...]:
    """Items of the asked parts."""
    asked = {"", *(part.code for part in asked_parts(law, code, age_months))}
    return tuple(item for item in items(law, code) if item.part in asked)


def missing_items(
    law: Edition, code: str, answers: Mapping[str, Value], age_months: int | None
) -> tuple[InstrumentItem, ...]:
    """Items that lack an answer: a part that may be left empty lacks nothing while all of it is empty."""
    begun = {item.part for item in items(law, code) if item.code in answers}
    needed = {
        part.code
        for part in asked_parts(law, code, age_months)
        if age_months is None or age_months >= part.required_from_months or part.code in begun
    }
    return tuple(
        item
        for item in asked_items(law, code, age_months)
        if item.kind != "degree" and item.code not in answers and (not item.part or item.part in needed)
    )


def answers_read(
    law: Edition, code: str, given: Mapping[str, Any], age_months: int | None = None
) -> tuple[dict[str, Value], tuple[AnswerError, ...]]:
    """Answers as they are scored and what could not be taken, item by item; empty answers are left out."""
    known = {item.code: item for item in asked_items(law, code, age_months)}
    every = {item.code for item in items(law, code)}
    values: dict[str, Value] = {}
    errors: list[AnswerError] = []
    for name, raw in given.items():
        if raw is None or raw == "":
            continue
        if name not in known:
            reached = "Этот вопрос — о возрасте, которого ребёнок ещё не достиг."
            errors.append(AnswerError(name, reached if name in every else "Такого вопроса в методике нет."))
            continue
        try:
            values[name] = answer_read(known[name], raw)
        except ValueError as error:
            errors.append(AnswerError(name, str(error)))
    return values, tuple(errors)


def answer_read(item: InstrumentItem, given: Any) -> Value:
    """One answer: a code, or a number of points that only one answer gives; ValueError in Russian."""
    if item.kind == "scale":
        return _marked(given)
    if given is True or given is False:
        given = {True: "yes", False: "no"}[given]
    text = str(given).strip()
    for answer in item.answers:
        if answer.code == text or (answer.points is not None and str(answer.points) == text):
            return answer.code
    allowed = "; ".join(
        f"{answer.title} ({answer.points})" if answer.points is not None else answer.title for answer in item.answers
    )
    raise ValueError(f"Ответа «{text[:40]}» здесь нет. Возможные ответы: {allowed}.")


def _marked(given: Any) -> int:
    text = str(given).strip()
    wrong = f"Нужно целое число от {LOWEST} до {HIGHEST}."
    if isinstance(given, bool) or not text.isascii() or not text.isdecimal() or len(text) > 3:
        raise ValueError(wrong)
    if not LOWEST <= int(text) <= HIGHEST:
        raise ValueError(wrong)
    return int(text)
