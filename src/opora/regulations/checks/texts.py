"""Texts of a conclusion: which are recommendations, what they are called, where on the sheet they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opora.regulations import entries as e
from opora.regulations.edition import Edition

PROTOCOL = ("anamnesis", "diagnoses")
FEATURES = ("main_features", "school_features")
DIRECTION = "direction_"
_SENTENCE = re.compile(r"\n+|(?<=[.!?;])\s+(?=[«\"(]?[А-ЯЁA-Z])")


@dataclass(frozen=True, slots=True)
class Text:
    """A written text; `plain` is the same in small letters, ё as е, one space between words."""

    code: str
    title: str
    place: str
    text: str
    plain: str


@dataclass(frozen=True)
class Captions:
    """Titles and anchors of an edition's written sections and typed answers."""

    titles: Mapping[str, str]
    typed: Mapping[str, str]
    """Answers that are typed in words: code -> section where they stand."""

    def written(self, code: str, words: str) -> Text:
        """A written section of the conclusion."""
        return Text(code, self.titles.get(code, code), f"section-{code}", words, plain_of(words))

    def answered(self, code: str, words: str) -> Text:
        """An answer that was typed in words."""
        return Text(code, self.titles[code], self.typed[code], words, plain_of(words))


def plain_of(text: str) -> str:
    """A text for quick comparison: small letters, ё as е, one space between words."""
    return " ".join(text.casefold().replace("ё", "е").split())


def captions(law: Edition) -> Captions:
    """Made once for an edition."""
    titles: dict[str, str] = {"school_features": "Особенности ребенка для выписки в образовательную организацию"}
    typed: dict[str, str] = {}
    titles |= {one.code: one.title for one in law.protocol_sections if one.code in PROTOCOL}
    for section in law.conclusion_sections:
        for field in section.fields:
            titles[field.code] = field.title
            if field.kind == "text":
                typed[field.code] = section.code
        titles[section.code] = section.title
    for choice in law.entry("vocabulary", e.Vocabulary, "direction_specialist").choices:
        titles[f"{DIRECTION}{choice.code}"] = choice.title[:1].upper() + choice.title[1:]
    return Captions(titles, typed)


def sentences(text: str) -> Iterator[str]:
    """Sentences and lines of a text; «г. № 45» and «п. 5» are not torn."""
    for piece in _SENTENCE.split(text):
        if piece.strip():
            yield piece.strip()
