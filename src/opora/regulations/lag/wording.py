"""Words of a lag: numbers of terms, what follows in sum, the sentence for the protocol."""

from __future__ import annotations

from collections.abc import Iterable

from opora.regulations.calendar import Age
from opora.regulations.edition import Edition
from opora.regulations.entries import Entry
from opora.regulations.lag.answers import LineLag
from opora.regulations.lag.entries import SPHERES, LagMeaning, LagName, LagPattern
from opora.regulations.reasons import Reason

NBSP = "\u00a0"
RISK = 2
"""Terms from which a lag is a ground for something: the group of risk."""


def age_words(months: int) -> str:
    """«1 год 6 мес.»; a new-born is «0 мес.»."""
    return str(Age(months // 12, months % 12, 0)) if months else f"0{NBSP}мес."


def terms_words(terms: int) -> str:
    """«3 эпикризных срока»."""
    if terms % 10 == 1 and terms % 100 != 11:
        word = "эпикризный срок"
    elif terms % 10 in (2, 3, 4) and terms % 100 not in (12, 13, 14):
        word = "эпикризных срока"
    else:
        word = "эпикризных сроков"
    return f"{terms}{NBSP}{word}"


def plain_reason(entry: Entry) -> Reason:
    """An entry as a reason."""
    return Reason(entry.code, entry.title, entry.clause, note=entry.note, is_law=entry.is_law)


def corrected_words(terms: int, meaning: str) -> str:
    """What the corrected age says of a line."""
    return f"По скорректированному возрасту: {terms_words(terms)} — {meaning}." if terms else (
        "По скорректированному возрасту отставания на целый срок нет."
    )  # fmt: skip


def summed(law: Edition, lines: tuple[LineLag, ...], worst: LagMeaning) -> tuple[Reason, Reason | None, Reason | None]:
    """How the lines lag together, how gravely, and how such a delay is called."""
    pattern = law.entry("lag_pattern", LagPattern, _pattern(lines))
    behind = [one for one in lines if one.terms >= RISK]
    said = Reason(pattern.code, pattern.title, pattern.clause, _codes(behind), pattern.note)
    if not behind:
        return said, None, None
    severity = Reason(worst.code, f"Наибольшее отставание — {_worst(lines)}: {worst.title}.", worst.clause)
    chosen = _name(law, pattern.code, behind)
    kind = "" if pattern.code == "uneven" and chosen.spheres else pattern.word  # a delay of one sphere is not «uneven»
    words = ", ".join(word for word in (kind, worst.word) if word)
    note = "При нарушениях слуха и (или) зрения задержка называется специфической."
    name = Reason(
        chosen.code,
        f"Возможная формулировка: {chosen.title}{f' ({words})' if words else ''}.",
        chosen.clause,
        note=note,
    )
    return said, severity, name


def _pattern(lines: tuple[LineLag, ...]) -> str:
    worst = max(one.terms for one in lines)
    if worst < RISK:
        return "slight" if worst else "none"
    spheres = {sphere: [one for one in lines if one.sphere == sphere] for sphere in SPHERES}
    behind = [sphere for sphere, held in spheres.items() if any(one.terms >= RISK for one in held)]
    intact = [held for held in spheres.values() if held and not any(one.terms for one in held)]
    if len(behind) == len(SPHERES) and all(one.terms for one in lines if one.sphere):
        return "total"
    # «нормативное или опережающее развитие одной из сфер в сравнении с отстающими другими»
    ahead = any(one.ahead for held in intact for one in held)
    return "asynchronous" if intact and (len(behind) > 1 or (behind and ahead)) else "uneven"


def _name(law: Edition, pattern: str, behind: list[LineLag]) -> LagName:
    names = law.entries("lag_name", LagName)
    spheres = {one.sphere for one in behind} - {""}
    for one in names:
        if one.pattern == pattern or (one.spheres and set(one.spheres) == spheres):
            return one
    return next(one for one in names if not one.pattern and not one.spheres)


def _codes(lines: Iterable[LineLag]) -> tuple[str, ...]:
    return tuple(one.line for one in lines)


def _worst(lines: tuple[LineLag, ...]) -> str:
    terms = max(one.terms for one in lines)
    return f"{', '.join(one.title for one in lines if one.terms == terms)}, {terms_words(terms)}"


def sentence_of(
    law: Edition, age: int, corrected: int | None, lines: tuple[LineLag, ...], pattern: Reason,
    severity: Reason | None, name: Reason | None,
) -> str:  # fmt: skip
    """The sentence for the protocol: «на момент обследования», as section 2 asks."""
    moment = f"календарный возраст {age_words(age)}"
    if corrected is not None:
        moment += f", скорректированный {age_words(corrected)}"
    found = "; ".join(_line_words(one) for one in lines)
    parts = [f"На момент обследования ({moment}) уровень по линиям развития: {found}.", pattern.text]
    if severity is not None and name is not None:
        parts += [severity.text, name.text]
    return " ".join(parts)


def _line_words(one: LineLag) -> str:
    if one.ahead:
        return f"{one.title} — {age_words(one.reached)}, опережает возраст"
    if not one.terms:
        return f"{one.title} — соответствует возрасту"
    words = f"{one.title} — {age_words(one.reached)}, отстаёт на {terms_words(one.terms)}"
    if one.corrected_terms is not None and one.corrected_terms != one.terms:
        words += (
            f" (с поправкой на недоношенность — {terms_words(one.corrected_terms) if one.corrected_terms else 'нет'})"
        )
    return words
