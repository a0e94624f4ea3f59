"""Diagnoses and codes of ICD-10 in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from opora.regulations.checks.subject import Diagnosis
from opora.regulations.checks.texts import Text, plain_of

SHORTEST = 6  # shorter words stand in common language
_LOOK_ALIKE = str.maketrans("АВСЕНКМОРТХЅІ", "ABCEHKMOPTXSI")
_ICD10 = re.compile(r"(?<![A-Za-zА-яЁё0-9])(?:[FGHQfghq]\s?\d\d(?!\d)(?:\.\d{1,2})?|[A-Z]\d\d\.\d{1,2}(?!\d))")
_TWO_DIGITS = re.compile(r"\d\d")
_LEADING_CODE = re.compile(r"^[A-ZА-Я]\d\d(\.\d+)?\s+")
_LEAD = re.compile(r"^(Основной|Сопутствующий):")
_WORD = re.compile(r"[а-яa-z0-9]+")


def diagnosis_words(rows: Iterable[Diagnosis], typed: str) -> dict[str, str]:
    """Texts and codes of the child's diagnoses, those of the file and those typed in item 8 of the protocol.

    A plain form for comparison -> the words as they are written.
    """
    pieces = [one for row in rows for one in (row.text, row.icd10) if one]
    pieces += [_LEAD.sub("", line.strip()) for line in re.split(r"[\n;]", typed)]
    found = [_LEADING_CODE.sub("", piece.strip()).strip(" .") for piece in pieces]
    kept = sorted({one for one in found if len(one) >= SHORTEST or _ICD10.match(_latin(one))})
    return {plain_of(one): one for one in kept}


def named_diagnosis(text: Text, forbidden: Mapping[str, str]) -> str:
    """The first diagnosis or code of ICD-10 that a text names letter for letter, or an empty text."""
    for plain, words in forbidden.items():
        if plain in text.plain:
            return words
    return next(iter(codes_in(text.text)), "")


def declined_diagnosis(text: Text, forbidden: Mapping[str, str]) -> str:
    """A diagnosis that a text names in another grammatical case, or an empty text."""
    words: list[str] = []
    for plain, diagnosis in forbidden.items():
        wanted = _stems(plain)
        if len("".join(wanted)) < SHORTEST or not all(one in text.plain for one in wanted):
            continue
        words = words or _stems(text.plain)
        if _follows(words, wanted):
            return diagnosis
    return ""


def codes_in(text: str) -> tuple[str, ...]:
    """Codes of ICD-10 as they stand in a text."""
    if not _TWO_DIGITS.search(text):
        return ()
    return tuple(text[one.start() : one.end()] for one in _ICD10.finditer(_latin(text)))


def _follows(words: list[str], wanted: list[str]) -> bool:
    size = len(wanted)
    return any(words[at : at + size] == wanted for at in range(len(words) - size + 1) if words[at] == wanted[0])


def _stems(plain: str) -> list[str]:
    """Words without their endings: two letters of a long word, one of a shorter."""
    return [word[:-2] if len(word) > 6 else word[:-1] if len(word) > 3 else word for word in _WORD.findall(plain)]


def _latin(text: str) -> str:
    return text.translate(_LOOK_ALIKE)
