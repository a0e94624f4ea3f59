"""What keeps a conclusion from being signed. Each problem names its section and its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.commission.examinations.models import Examination
from opora.regulations.edition import Edition

from .answers import ANSWERS, values_of
from .models import Conclusion
from .sections import DIAGNOSES, DIRECTION, FEATURES, text_sections
from .sources import edition_of, missing_consents, present_positions

LETTER = "письмо ВК-1074/07"
SIGNS = f"{LETTER}, прил. 2.15, 2.16, подписи"
CONDITIONS_ASKED = ("study_form", "regime", "education_form", "assistant_need", "tutor_need")
SHORTEST_DIAGNOSIS = 6  # shorter words stand in common language
_LOOK_ALIKE = str.maketrans("АВСЕНКМОРТХЅІ", "ABCEHKMOPTXSI")
_ICD10 = re.compile(r"(?<![A-Za-zА-яЁё0-9])(?:[FGHQfghq]\s?\d\d(?!\d)|[A-Z]\d\d\.\d(?!\d))")


@dataclass(frozen=True)
class Problem:
    """`section` is the anchor of the work sheet where the problem is mended; empty when it lies elsewhere."""

    code: str
    message: str
    clause: str
    section: str = ""


def problems_of(conclusion: Conclusion, on: date) -> list[Problem]:
    """All that blocks signing on the day; an empty list means that the head may sign."""
    law = edition_of(conclusion.case)
    values = values_of(conclusion)
    texts = {section.code: section.text.strip() for section in conclusion.sections.all()}
    return [
        *_about_case(conclusion, on),
        *_about_answers(law, values, on),
        *_about_texts(law, values, texts),
        *_about_school_copy(conclusion, law, values, texts),
    ]


def _about_case(conclusion: Conclusion, on: date) -> Iterator[Problem]:
    for consent in missing_consents(conclusion.case, on):
        yield Problem("no_consent", f"Нет в силе: {consent}.", f"{LETTER}, прил. 2.17, 2.18")
    if not present_positions(conclusion.visit):
        yield Problem("nobody_present", "Не отмечено, кто из членов комиссии был на заседании.", SIGNS)
    states = list(conclusion.case.examinations.values_list("state", flat=True))
    own = f"{LETTER}, разд. 2: собственное заключение каждого специалиста"
    if not states:
        yield Problem("no_examination", "Нет ни одного обследования специалиста.", own)
    unfinished = states.count(Examination.State.DRAFT)
    if unfinished:
        yield Problem("unfinished", f"Не завершены обследования: {unfinished}.", own)
    if conclusion.visit and conclusion.visit.session.day > on:
        yield Problem("before_session", "Дата подписания раньше дня заседания.", SIGNS)


def _about_answers(law: Edition, values: Mapping[str, Any], on: date) -> Iterator[Problem]:
    section = law.conclusion_section
    if values["has_limitations"] is None:
        yield Problem(
            "no_status", "Не указано, является ли ребёнок ребёнком с ОВЗ.", section("status").clause, "status"
        )
    if values["needs_conditions"] is None:
        message = "Не указано, нуждается ли ребёнок в специальных условиях."
        yield Problem("no_need", message, section("status").clause, "status")
    if not values["programme_code"]:
        yield Problem("no_programme", "Не выбрана образовательная программа.", section("programme").clause, "programme")
    elif law.programme(values["programme_code"]).needs_orientation and not values["orientation"]:
        message = "Не указан код, на содержание которого ориентирована программа."
        yield Problem("no_orientation", message, section("programme").clause, "programme")
    elif values["programme_section"] and not law.programme(values["programme_code"]).sections:
        message = "У выбранной программы нет отделений."
        yield Problem("no_such_section", message, section("programme").clause, "programme")
    if values["needs_conditions"]:
        yield from _unanswered(law, values)
    if values["needs_conditions"] or values["has_limitations"]:
        yield from _about_term(law, values, on)


def _unanswered(law: Edition, values: Mapping[str, Any]) -> Iterator[Problem]:
    for section in law.conclusion_sections:
        for field in section.fields:
            if field.code in CONDITIONS_ASKED and not values[field.code]:
                yield Problem(f"no_{field.code}", f"Не отвечено: «{field.title}».", field.clause, section.code)


def _about_term(law: Edition, values: Mapping[str, Any], on: date) -> Iterator[Problem]:
    clause = law.conclusion_section("reexamination").clause
    day = values["term_on"]
    if not values["reexamination_wording"] and not day:
        yield Problem("no_term", "Не указан срок повторного прохождения комиссии.", clause, "reexamination")
    if values["reexamination_wording"] == "date" and not day:
        message = "Выбран срок «до указанной даты», а дата не указана."
        yield Problem("no_term_date", message, clause, "reexamination")
    if values["reexamination_wording"] == "other" and not values["reexamination_detail"]:
        yield Problem("no_term_words", "Выбрано «иное»: опишите срок словами.", clause, "reexamination")
    for code in ("term_on", "change_term", "follow_up"):
        if values[code] and date.fromisoformat(values[code]) <= on:
            message = "Срок следующего обследования не позже дня подписания."
            yield Problem(f"past_{code}", message, clause, "reexamination")


def _about_texts(law: Edition, values: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[Problem]:
    if not texts.get(FEATURES):
        clause = law.conclusion_section("features").clause
        yield Problem("no_features", "Не описаны основные особенности ребёнка.", clause, f"section-{FEATURES}")
    if values["needs_conditions"] and not any(texts[code] for code in texts if code.startswith(DIRECTION)):
        message = "Не названо ни одного направления коррекционно-развивающей работы."
        yield Problem("no_directions", message, law.conclusion_section("directions").clause, "directions")


def _about_school_copy(
    conclusion: Conclusion, law: Edition, values: Mapping[str, Any], texts: Mapping[str, str]
) -> Iterator[Problem]:
    """Whatever the school reads names no diagnosis and no code of ICD-10 (annex 2.5; two copies by addressee)."""
    forbidden = diagnosis_words(conclusion, texts.get(DIAGNOSES, ""))
    read = [
        (f"section-{one.code}", one.title, texts.get(one.code, "")) for one in text_sections(law) if one.on_school_copy
    ]
    typed = "\n".join(values[answer.code] for answer in ANSWERS if answer.kind == "text")
    for anchor, title, text in [*read, ("programme", "Ответы", typed)]:
        word = named_diagnosis(text, forbidden)
        if word:
            message = f"«{title}» войдёт в выписку для школы, а в тексте назван диагноз: «{word}»."
            yield Problem("diagnosis_for_school", message, f"{LETTER}, прил. 2.5; практика двух экземпляров", anchor)


def diagnosis_words(conclusion: Conclusion, typed: str) -> list[str]:
    """Texts and codes of the child's diagnoses: of the register and of item 8 of the protocol."""
    rows = list(conclusion.case.child.diagnoses.all())
    pieces = [row.text for row in rows] + [row.icd10 for row in rows if row.icd10]
    for line in re.split(r"[\n;]", typed):
        pieces.append(re.sub(r"^(Основной|Сопутствующий):", "", line.strip()))
    found = [re.sub(r"^[A-ZА-Я]\d\d(\.\d+)?\s+", "", piece.strip()).strip(" .") for piece in pieces]
    return sorted({piece for piece in found if len(piece) >= SHORTEST_DIAGNOSIS or _ICD10.match(_latin(piece))})


def named_diagnosis(text: str, forbidden: list[str]) -> str:
    """The first diagnosis or code of ICD-10 that a text names, or an empty string."""
    plain = _plain(text)
    for words in forbidden:
        if _plain(words) in plain:
            return words
    code = _ICD10.search(_latin(text))
    return text[code.start() : code.end()] if code else ""


def _latin(text: str) -> str:
    return text.translate(_LOOK_ALIKE)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("ё", "е"))
