"""`advice.toml`: rows of advice on the variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict

from opora.regulations import entries as e
from opora.regulations.advice import entries as a
from opora.regulations.loading import RawEntry
from opora.regulations.predicates import Predicate
from opora.regulations.readers import ground

STAGES = ("early", "preschool", "entering", "primary", "before_standard", "basic", "secondary", "vocational")
CATEGORIES = (
    "deaf", "hard_of_hearing", "blind", "low_vision", "speech", "motor", "delay", "autism", "intellectual",
    a.ORDINARY, a.COMPLEX,
)  # fmt: skip


class _Conditions(TypedDict):
    order: int
    when: tuple[Predicate, ...]
    any_of: tuple[Predicate, ...]
    unless: tuple[Predicate, ...]
    stages: tuple[str, ...]
    asks: bool


def _conditions(raw: RawEntry, asks: bool = False) -> _Conditions:
    found: _Conditions = {
        "order": raw.number("order", 0),
        "when": raw.predicates("when"),
        "any_of": raw.predicates("any_of"),
        "unless": raw.predicates("unless"),
        "stages": raw.words("stages", STAGES),
        "asks": raw.flag("asks", asks),
    }
    if not found["when"] and not found["any_of"] and not found["stages"] and raw.table != "advice_stage":
        raise raw.refuse("when", "a row without conditions speaks of nothing" + raw.near("when"))
    return found


def reason(raw: RawEntry) -> a.AdviceReason:
    """`[[advice_reason]]`: names `categories` or `programmes`; `requires` and `expects` say what holds `otherwise`."""
    role = raw.one_of("role", a.ROLES)
    categories, programmes = raw.words("categories", CATEGORIES), raw.words("programmes")
    if bool(categories) == bool(programmes):
        raise raw.refuse("categories", "either categories or programmes are required")
    two_sided = role in (a.REQUIRES, a.EXPECTS)
    otherwise = raw.text("otherwise") if two_sided else ""
    return a.AdviceReason(
        **ground(raw),
        **_conditions(raw, asks=role not in (a.SUPPORTS, a.WEAKENS)),
        categories=categories,
        programmes=programmes,
        role=role,
        otherwise=otherwise,
        leaves_open=raw.flag("leaves_open", False),
    )


def stage(raw: RawEntry) -> a.AdviceStage:
    """`[[advice_stage]]`."""
    return a.AdviceStage(
        **ground(raw),
        **_conditions(raw),
        stage=raw.one_of("stage", STAGES),
        projection=raw.one_of("projection", a.PROJECTIONS),
        ordinary=raw.word("ordinary"),
        programme=raw.word("programme", ""),
        intellectual=raw.word("intellectual", ""),
    )


def contradiction(raw: RawEntry) -> a.AdviceContradiction:
    """`[[advice_contradiction]]`."""
    severity = raw.one_of("severity", ("warning", "attention"))
    return a.AdviceContradiction(**ground(raw), **_conditions(raw), severity=severity)


def note(raw: RawEntry) -> a.AdviceNote:
    """`[[advice_note]]`."""
    return a.AdviceNote(**ground(raw), **_conditions(raw))


def question(raw: RawEntry) -> a.AdviceQuestion:
    """`[[advice_question]]`: its code is that of a fact."""
    return a.AdviceQuestion(
        **ground(raw),
        order=raw.number("order"),
        first=raw.flag("first", False),
        stages=raw.words("stages", STAGES),
    )


FILES: Mapping[str, tuple[str, ...]] = {
    "advice.toml": ("advice_stage", "advice_reason", "advice_contradiction", "advice_note", "advice_question"),
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "advice_stage": stage,
    "advice_reason": reason,
    "advice_contradiction": contradiction,
    "advice_note": note,
    "advice_question": question,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("advice_reason", "programmes", "programme"),
    ("advice_stage", "ordinary", "programme"),
    ("advice_stage", "programme", "programme"),
    ("advice_stage", "intellectual", "programme"),
    ("advice_question", "code", "fact"),
)
