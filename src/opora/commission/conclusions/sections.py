"""Texts of protocol and conclusion that are written on the work sheet, with captions and clauses of the edition.

A text has one home: `main_features` stands in the protocol and in the conclusion, `direction_*` are item 11.
"""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.edition import Edition

ANAMNESIS = "anamnesis"
DIAGNOSES = "diagnoses"
FEATURES = "main_features"
SCHOOL_FEATURES = "school_features"
CONDITIONS = ("architecture", "equipment", "textbooks", "other_conditions", "gia")
DIRECTION = "direction_"
SCHOOL_CLAUSE = "практика комиссий: экземпляр для школы без диагноза"


@dataclass(frozen=True)
class TextSection:
    """`on_school_copy` says that the school reads the text, so that it may name no diagnosis."""

    code: str
    title: str
    hint: str
    clause: str
    on_school_copy: bool = False

    @property
    def is_direction(self) -> bool:
        return self.code.startswith(DIRECTION)


def text_sections(edition: Edition) -> list[TextSection]:
    """All texts of a conclusion in the order of the printed forms."""
    return [*_protocol(edition), *_features(edition), *_conditions(edition), *_directions(edition)]


def _protocol(edition: Edition) -> list[TextSection]:
    wanted = {one.code: one for one in edition.protocol_sections if one.code in (ANAMNESIS, DIAGNOSES)}
    return [
        TextSection(code, one.title, "Протокол; в выписку для школы не входит", one.clause)
        for code, one in wanted.items()
    ]


def _features(edition: Edition) -> list[TextSection]:
    section = edition.conclusion_section("features")
    return [
        TextSection(FEATURES, section.caption, section.hint, section.clause),
        TextSection(
            SCHOOL_FEATURES,
            "Особенности ребенка для выписки в образовательную организацию",
            "Простыми словами, без диагноза. Можно не заполнять: тогда в выписке остаются одни рекомендации",
            SCHOOL_CLAUSE,
            on_school_copy=True,
        ),
    ]


def _conditions(edition: Edition) -> list[TextSection]:
    found = [edition.conclusion_section(code) for code in CONDITIONS]
    return [TextSection(one.code, one.caption, one.hint, one.clause, on_school_copy=True) for one in found]


def _directions(edition: Edition) -> list[TextSection]:
    section = edition.conclusion_section("directions")
    return [
        TextSection(f"{DIRECTION}{one.code}", one.title[:1].upper() + one.title[1:], "", section.clause, True)
        for one in edition.vocabulary("direction_specialist").choices
    ]
