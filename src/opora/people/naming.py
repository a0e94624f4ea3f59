"""Russian names in the case that a paper needs: one door to the declension library.

A part that is not surely Russian stays as written, because a wrong form on a signed paper is worse than the
nominative. A person may always give the form by hand (`override`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

NBSP = "\u00a0"


class NameCase(StrEnum):
    """The six cases."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


_RUSSIAN = re.compile(r"[А-ЯЁа-яё]+(-[А-ЯЁа-яё]+)*")
_PATRONYMIC = re.compile(r".+(ич|на)", re.IGNORECASE)
# Turkic patronymics keep their first word and particle whatever the case.
_PARTICLES = frozenset(["оглы", "оглу", "углы", "угли", "улы", "уулу", "кызы", "гызы", "кизи"])
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}


@lru_cache(maxsize=1)
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


def full_name(last: str, first: str, middle: str = "") -> str:
    """«Иванова Анна Борисовна»; absent parts and stray spaces leave no trace."""
    return " ".join(part for part in (_clean(last), _clean(first), _clean(middle)) if part)


def decline(
    last: str,
    first: str,
    middle: str = "",
    *,
    sex: str,
    case: str,
    override: str | None = None,
) -> str:
    """A full name in a case: «Ивановой Анне Борисовне».

    `sex` is `male` or `female`; anything else is guessed by the patronymic and, failing that, leaves the name
    as it is. `case` is a `NameCase` or its value (ValueError for another word). A non-blank `override`, the
    form written by hand, is returned instead.
    """
    wanted = NameCase(case)
    if override and override.strip():
        return _clean(override)
    return full_name(*_declined(last, first, middle, sex, wanted))


def initials(last: str, first: str, middle: str = "", *, sex: str = "", case: str = NameCase.NOMINATIVE) -> str:
    """«Иванова А. Б.» with non-breaking spaces; the surname stands in the given case."""
    surname, _, _ = _declined(last, "", middle, sex, NameCase(case))
    letters = [_initial(part) for part in (first, middle) if _clean(part)]
    return NBSP.join(part for part in (surname, *letters) if part)


def _declined(last: str, first: str, middle: str, sex: str, case: NameCase) -> tuple[str, str, str]:
    last, first, middle = _clean(last), _clean(first), _clean(middle)
    gender = _GENDERS.get(sex) or _gender_by_patronymic(middle)
    if case is NameCase.NOMINATIVE or gender is None:
        return last, first, middle
    if _is_patronymic(middle):
        middle = _part(NamePart.MIDDLENAME, gender, case, middle)
    return _surname(gender, case, last), _part(NamePart.FIRSTNAME, gender, case, first), middle


def _surname(gender: Gender, case: NameCase, last: str) -> str:
    """A surname word by word, so that «Иванова (Петрова)» or «фон Берг» do not break the rules."""

    def one(word: str) -> str:
        bare = word.strip("()")
        return word.replace(bare, _part(NamePart.LASTNAME, gender, case, bare)) if bare[:1].isupper() else word

    return " ".join(one(word) for word in last.split())


def _part(part: NamePart, gender: Gender, case: NameCase, word: str) -> str:
    if not _RUSSIAN.fullmatch(word):
        return word
    declined: str = _maker().make(part, gender, Case[case.name], word)
    return declined.upper() if word.isupper() and len(word) > 1 else declined


def _is_patronymic(middle: str) -> bool:
    words = middle.lower().split()
    return len(words) == 1 and _PATRONYMIC.fullmatch(words[0]) is not None


def _gender_by_patronymic(middle: str) -> Gender | None:
    words = middle.lower().split()
    if len(words) > 1 and words[-1] in _PARTICLES:
        return Gender.FEMALE if words[-1].endswith("зы") or words[-1] == "кизи" else Gender.MALE
    if not _is_patronymic(middle):
        return None
    return Gender.MALE if words[0].endswith("ич") else Gender.FEMALE


def _initial(part: str) -> str:
    return "-".join(f"{piece[0].upper()}." for piece in _clean(part).split()[0].split("-") if piece)


def _clean(text: str) -> str:
    return " ".join((text or "").split())
