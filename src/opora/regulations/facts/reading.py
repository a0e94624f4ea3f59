"""Typed and machine-given facts: what may be recorded, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.entries import Exclusion, FactDefinition, FactGroup
from opora.regulations.icd10 import icd10_is_wellformed, icd10_normalise
from opora.regulations.predicates import Value, all_hold, verdict

TEXT_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class FactError:
    """A value that cannot be taken: `fact` is its code, `message` is ready for the screen."""

    fact: str
    message: str


def definitions(law: Edition) -> tuple[FactDefinition, ...]:
    """All facts of the edition in order."""
    return law.entries("fact", FactDefinition)


def groups(law: Edition) -> tuple[FactGroup, ...]:
    """Groups of facts in order."""
    return law.entries("fact_group", FactGroup)


def definition(law: Edition, code: str) -> FactDefinition:
    """A fact by its code; KeyError when the edition has none."""
    return law.entry("fact", FactDefinition, code)


def asked_for(law: Edition, speciality: str, facts: CaseFacts) -> tuple[FactDefinition, ...]:
    """Facts that a specialist is asked for: his own, and not those that what is known makes needless."""
    return tuple(
        one
        for one in definitions(law)
        if (not one.owners or speciality in one.owners) and verdict(one.when, facts).holds is not False
    )


def value_read(fact: FactDefinition, given: Any) -> Value | None:
    """A value as rules take it; None for an empty one. Raises ValueError with a message in Russian."""
    if given is None or given == "" or given == [] or given == ():
        return None
    value = _READERS[fact.kind](fact, given)
    return None if value in ("", ()) else value


def _choice(fact: FactDefinition, given: Any) -> Value:
    if not isinstance(given, str) or given not in {choice.code for choice in fact.choices}:
        raise ValueError(f"Значения «{given}» в перечне нет.")
    return given


def _choices(fact: FactDefinition, given: Any) -> Value:
    if not isinstance(given, list | tuple):
        raise ValueError("Нужен перечень значений.")
    known = {choice.code: choice.order for choice in fact.choices}
    for one in given:
        if not isinstance(one, str) or one not in known:
            raise ValueError(f"Значения «{one}» в перечне нет.")
    return tuple(sorted(set(given), key=lambda one: known[one]))


def _flag(_fact: FactDefinition, given: Any) -> Value:
    if given is True or given == "yes":
        return True
    if given is False or given == "no":
        return False
    raise ValueError("Нужно «да» или «нет».")


def _number(fact: FactDefinition, given: Any) -> Value:
    if not isinstance(given, int | float | str) or isinstance(given, bool) or "_" in str(given):
        raise ValueError("Нужно число.")
    try:
        number = float(str(given).strip().replace(",", "."))
    except (ValueError, OverflowError):
        raise ValueError("Нужно число.") from None
    if not fact.minimum <= number <= fact.maximum:
        raise ValueError(f"Число от {_shown(fact.minimum)} до {_shown(fact.maximum)}.")
    rounded = round(number, fact.decimals)
    if rounded != number:
        raise ValueError("Нужно целое число." if not fact.decimals else f"Знаков после запятой: до {fact.decimals}.")
    return rounded if fact.decimals else int(rounded)


def _shown(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def _codes(_fact: FactDefinition, given: Any) -> Value:
    if not isinstance(given, str | list | tuple):
        raise ValueError("Нужны коды МКБ-10.")
    pieces = given.replace(";", " ").replace(",", " ").split() if isinstance(given, str) else list(given)
    codes = []
    for piece in pieces:
        code = icd10_normalise(str(piece).strip(",.;"))
        if not icd10_is_wellformed(code):
            raise ValueError(f"«{piece}» — не код МКБ-10.")
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _text(_fact: FactDefinition, given: Any) -> Value:
    if not isinstance(given, str):
        raise ValueError("Нужен текст.")
    text = given.replace("\x00", "").strip()
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"Не длиннее {TEXT_LIMIT} знаков, сейчас {len(text)}.")
    return text


_READERS = {
    "choice": _choice, "choices": _choices, "flag": _flag, "number": _number, "codes": _codes, "text": _text,
}  # fmt: skip


def facts_read(law: Edition, given: Mapping[str, Any]) -> tuple[dict[str, Value], list[FactError]]:
    """Values as rules take them and what could not be taken, fact by fact; empty values are left out."""
    known = {one.code: one for one in definitions(law)}
    values: dict[str, Value] = {}
    errors: list[FactError] = []
    for code, raw in given.items():
        if code not in known:
            errors.append(FactError(code, "Такого признака в редакции нет."))
            continue
        try:
            value = value_read(known[code], raw)
        except ValueError as error:
            errors.append(FactError(code, str(error)))
            continue
        if value is not None:
            values[code] = value
    return values, errors


def exclusions_met(facts: CaseFacts) -> tuple[Exclusion, ...]:
    """Which facts cannot be true together."""
    return tuple(one for one in facts.law.entries("exclusion", Exclusion) if all_hold(one.when, facts))


def not_lived_yet(facts: CaseFacts) -> tuple[FactError, ...]:
    """Ages that the child has not reached, given as something that was."""
    lived = facts.get("age_months")
    return tuple(
        FactError(one.code, f"Ребёнку {lived}\u00a0мес., больше быть не может.")
        for one in facts.law.prepared("facts.within_age", _within_age)
        if lived is not None and facts.get(one.code) is not None and _number_of(facts.get(one.code)) > _number_of(lived)
    )


def _within_age(law: Edition) -> tuple[FactDefinition, ...]:
    return tuple(one for one in definitions(law) if one.within_age)


def _number_of(value: Value | None) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
