"""What rooms ask of the topic: lists in their order, the level that a word means, the last day of a step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from opora.regulations.calendar import add_working_days, is_working_day, next_working_day
from opora.regulations.edition import Edition
from opora.regulations.signals.entries import (
    LEVELS,
    URGENCIES,
    AttentionLevel,
    ConcernSign,
    FirstStep,
    ScreeningKind,
    SignalTerm,
)

STEPS = ("decide", "examine")


def screening_kinds(law: Edition) -> tuple[ScreeningKind, ...]:
    """Kinds of planned examinations in the order of the source."""
    return law.entries("screening_kind", ScreeningKind)


def attention_levels(law: Edition) -> tuple[AttentionLevel, ...]:
    """Levels from ordinary attention upwards."""
    return law.entries("attention_level", AttentionLevel)


def signs(law: Edition) -> tuple[ConcernSign, ...]:
    """Signs that a teacher may tick."""
    return law.entries("concern_sign", ConcernSign)


def sign_titles(law: Edition) -> Mapping[str, str]:
    """Code of a sign -> its words."""
    return {one.code: one.title for one in signs(law)}


def first_steps(law: Edition) -> tuple[FirstStep, ...]:
    """What may be done at once without an examination."""
    return law.entries("first_step", FirstStep)


def signal_terms(law: Edition) -> Mapping[tuple[str, str], SignalTerm]:
    """(step, urgency) -> its term."""
    return {(one.step, one.urgency): one for one in law.entries("signal_term", SignalTerm)}


def level_meant(law: Edition, text: str) -> str:
    """The code of the level that a cell of a table means, or an empty text."""
    word = " ".join(text.lower().replace("ё", "е").split()).strip(" .")
    for level in attention_levels(law):
        if word == level.code or word in {one.replace("ё", "е") for one in (*level.words, level.title.lower())}:
            return level.code
    return ""


def last_day(start: date, working_days: int) -> date:
    """The last day of a step: a signal of a day off that cannot wait is looked at on that very day."""
    if working_days == 0:
        return start
    first = start if is_working_day(start) else next_working_day(start)
    return add_working_days(first, working_days)


def table_is_whole(law: Edition) -> bool:
    """Every step has a term for every urgency, every level of the program is there."""
    wanted = {(step, urgency) for step in STEPS for urgency in URGENCIES}
    return set(signal_terms(law)) == wanted and {one.code for one in attention_levels(law)} == set(LEVELS)
