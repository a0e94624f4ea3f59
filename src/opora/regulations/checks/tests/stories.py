"""Stories of conclusions: one in order, and what is changed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opora.regulations.checks.checking import check
from opora.regulations.checks.subject import Diagnosis, Subject
from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.reasons import Reason

LAW = edition("2016")
ON, BORN = date(2026, 11, 20), date(2019, 9, 1)
ANSWERS: dict[str, Any] = {
    "has_limitations": True, "needs_conditions": True, "programme_code": "7.2", "orientation": "",
    "second_programme_code": "", "programme_section": "", "individual_plan": False, "study_form": "full_time",
    "study_form_grounds": [], "regime": ["full_day"], "regime_detail": "", "education_form": ["in_organisation"],
    "education_form_detail": "", "assistant_need": "not_needed", "assistant_reason": "", "tutor_need": "not_needed",
    "tutor_reason": "", "reexamination_wording": "end_of_primary", "reexamination_detail": "",
    "term_on": "2030-05-31", "change_term": "", "follow_up": "", "special_methods": "", "workplace": "",
}  # fmt: skip
TEXTS = {
    "main_features": "Темп деятельности неравномерный, внимание истощаемо, счёт в пределах десяти с опорой.",
    "direction_psychologist": "Развитие произвольности и самоконтроля, занятия два раза в неделю.",
    "direction_defectologist": "Восполнение пробелов в пространственных представлениях и составе числа.",
    "other_conditions": "Охранительный режим, чередование видов работы.",
}
SCHOOL = frozenset({"direction_psychologist", "direction_defectologist", "other_conditions", "textbooks", "workplace"})
DIAGNOSIS = Diagnosis("Расстройство экспрессивной речи", "F80.1", consented=True)
WHY = Reason("rule", "так сказано", "письмо ВК-1074/07, разд. 2")


@dataclass
class Story:
    """A conclusion in order, but for what is named."""

    answers: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    on: date = ON
    born: date = BORN

    def subject(self) -> Subject:
        answers = ANSWERS | self.answers
        facts = CaseFacts(LAW, self.facts, self.born, self.on, answers["programme_code"])
        more = {"school_texts": SCHOOL, "diagnoses": (DIAGNOSIS,)} | self.more
        return Subject(facts=facts, answers=answers, texts=TEXTS | self.texts, **more)

    def codes(self) -> set[str]:
        return {one.code for one in check(self.subject())}


def answers(**given: Any) -> Story:
    return Story(answers=given)


def texts(**given: str) -> Story:
    return Story(texts=given)


def said(**given: str) -> Story:
    """A recommendation of the psychologist."""
    return Story(texts={"direction_psychologist": given["text"]})


def facts(programme: str = "7.2", on: date = ON, born: date = BORN, extra: dict[str, Any] | None = None, **given: Any):
    return Story(answers={"programme_code": programme} | (extra or {}), facts=given, on=on, born=born)


def more(**given: Any) -> Story:
    return Story(more=given)


def state(code: str) -> Story:
    return more(state={code: ("подробность",)})


FINE = Story()
GRADE_9 = {"grade": 9, "level": "basic"}
AOOO = {"orientation": "7.1"}
GROWN = date(2011, 9, 1)
Cases = dict[str, tuple[list[Story], list[Story]]]
"""Code of a check -> stories where it is found, stories where it is not."""
