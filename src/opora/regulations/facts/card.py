"""What a child's card says already, in words of the facts: nobody types it twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opora.regulations.calendar import age_on
from opora.regulations.predicates import Value

SCHOOL = ("primary", "basic", "secondary")
SCHOOL_AGE = 5  # full years; a younger child enters no school this year
PUPIL_AGE = 7  # full years; a younger child who attends no organisation has not begun school
_CLASS = re.compile(r"\s*(\d{1,2})(?!\d)")
_WORD = re.compile(r"[а-яёa-z-]+")
_EMPTY_WORDS = frozenset({"язык", "языки", "и", "семьи", "родной", "в", "семье", "дома"})


@dataclass(frozen=True, slots=True)
class Card:
    """Level and class or group of the present place of study, language of the family, consented codes, disability."""

    level: str = ""
    group: str = ""
    home_language: str = ""
    icd10: tuple[str, ...] = ()
    disabled: bool = False
    born: date | None = None
    on: date | None = None


def known_from_card(card: Card, recorded: Mapping[str, Value]) -> dict[str, Value]:
    """Facts that follow from the card. `recorded` are findings that decide how it is read (who enters school).

    A preschooler of school age has no level here until somebody says whether the child enters school: the card
    tells where the child is, the advice is for where it goes. The same holds for whoever ends a level.
    """
    found: dict[str, Value] = {}
    grade = _grade(card)
    if grade is not None:
        found["grade"] = grade
    level = _level(card, recorded)
    if level:
        found["level"] = level
    if card.level == "none":
        found["current_programme_kind"] = "none"
    language = _language(card.home_language)
    if language:
        found["home_language"] = language
    if card.icd10:
        found["icd10"] = tuple(dict.fromkeys(card.icd10))
    if card.disabled:
        found["disability"] = True
    return found


def _years(card: Card) -> int | None:
    return age_on(card.born, card.on).years if card.born and card.on and card.born <= card.on else None


def _grade(card: Card) -> int | None:
    if card.level in ("early", "preschool"):
        return 0
    if card.level in SCHOOL:
        written = _CLASS.match(card.group)
        return int(written[1]) if written and 1 <= int(written[1]) <= 12 else None
    years = _years(card)
    return 0 if years is not None and years < (PUPIL_AGE if card.level == "none" else SCHOOL_AGE) else None


def _level(card: Card, recorded: Mapping[str, Value]) -> str:
    years = _years(card)
    if card.level in ("early", "preschool", "none", "") and recorded.get("enters_school") is True:
        return "primary"
    if card.level == "early":
        return "early" if years is None or years < 3 else ""
    if card.level == "preschool":
        young = years is not None and years < SCHOOL_AGE
        return "preschool" if young or recorded.get("enters_school") is False else ""
    if recorded.get("leaving_grade") is True:
        return ""
    return card.level if card.level in (*SCHOOL, "vocational") else ""


def _language(words: str) -> str:
    named = {word for word in _WORD.findall(words.lower()) if word not in _EMPTY_WORDS}
    if not named:
        return ""
    russian = {word for word in named if word.startswith("русск")}
    if any(word.startswith(("двуяз", "билингв")) for word in named):
        return "bilingual"
    if not russian:
        return "other"
    return "russian" if named == russian else "bilingual"
