"""What a conclusion on ГИА is made of: the law of the case, facts of the child, grounds known already, findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.sources import (
    earlier_conclusions,
    edition_of,
    examinations_of,
    findings_in,
    missing_consents,
    present_positions,
)
from opora.commission.examinations.models import Examination
from opora.commission.findings.gathering import case_facts
from opora.people.children.models import Disability, Enrolment
from opora.regulations.attestation.checking import Drawn, check
from opora.regulations.attestation.offering import ConditionOffer, offers_for
from opora.regulations.calendar import age_on
from opora.regulations.checks.subject import Diagnosis, Found
from opora.regulations.facts.case import CaseFacts

from .answers import values_of
from .models import NBSP, AttestationConclusion

LAST_GRADE = {"basic": 9, "secondary": 11}
LEVELS = {"basic": "9", "secondary": "11"}
GROWN = 13  # years: the conclusion on ГИА is offered whatever is known of the school
NEW_YEAR_MONTH = 9  # from September the school year ends in the next year


def facts_of(case: Case, on: date) -> CaseFacts:
    """What is known of the child, with the programme of the conclusion of this case or of the one before."""
    programme = _programme(case)
    facts = case_facts(case, on)
    return facts.with_programme(programme) if programme else facts


def _programme(case: Case) -> str:
    own = case.conclusions.exclude(state=Conclusion.State.ANNULLED).exclude(programme_code="").first()
    found = own or next(iter(earlier_conclusions(case)), None)
    return found.programme_code if found else ""


def offers_of(
    conclusion: AttestationConclusion, on: date, known: CaseFacts | None = None
) -> tuple[ConditionOffer, ...]:
    """Conditions of the catalogue for the learner at the chosen level; `known` are facts asked for already."""
    return offers_for(known or facts_of(conclusion.case, on), conclusion.level)


def problems_of(conclusion: AttestationConclusion, on: date, known: CaseFacts | None = None) -> tuple[Found, ...]:
    """What stands in the way of signing on the day or is worth a look, blocking findings first."""
    return check(drawn_of(conclusion, on, known))


def drawn_of(conclusion: AttestationConclusion, on: date, known: CaseFacts | None = None) -> Drawn:
    """The conclusion as the checks look at it on the day of signing."""
    case = conclusion.case
    rows = case.child.diagnoses.all()
    return Drawn(
        facts=known or facts_of(case, on),
        on=on,
        answers=values_of(edition_of(case, on), conclusion),
        diagnoses=tuple(Diagnosis(row.text, row.icd10, row.consented) for row in rows),
        state=_state(conclusion, on),
    )


def _state(conclusion: AttestationConclusion, on: date) -> dict[str, tuple[str, ...]]:
    """What the case itself lacks."""
    found = {"no_consent": tuple(missing_consents(conclusion.case, on))}
    if not present_positions(conclusion.visit):
        found["nobody_present"] = ("",)
    drafts = conclusion.case.examinations.filter(state=Examination.State.DRAFT).count()
    if drafts:
        found["unfinished"] = (str(drafts),)
    if conclusion.visit and conclusion.visit.session.day > on:
        found["before_session"] = (f"{conclusion.visit.session.day:%d.%m.%Y}",)
    return found


def is_near_examinations(case: Case, on: date) -> bool:
    """Whether ГИА can be near: the learner is in the basic or secondary school, or old enough to be."""
    if age_on(case.child.birth_date, on).years >= GROWN:
        return True
    return Enrolment.objects.filter(child=case.child_id, ended_on=None, level__in=LEVELS).exists()


def known_answers(case: Case, on: date) -> dict[str, Any]:
    """What need not be typed: school and class, level and year, the paper that is the ground."""
    found: dict[str, Any] = {"place": "usual"}
    present = Enrolment.objects.filter(child=case.child_id, ended_on=None).select_related("school").first()
    if present is not None:
        found["grade"] = present.group
        found["school"] = present.school.full_name if present.school else ""
        found |= _examination(present.level, case, on)
    return found | _ground(case, on)


def year_of_examinations(on: date) -> int:
    """The year in which the school year of a day ends."""
    return on.year + (on.month >= NEW_YEAR_MONTH)


def _examination(level: str, case: Case, on: date) -> dict[str, Any]:
    """Level and year by where the child studies; nothing for those who are far from ГИА."""
    if level not in LEVELS:
        return {}
    year = year_of_examinations(on)
    grade = case_facts(case, on).get("grade")
    if isinstance(grade, int | float) and 0 < grade <= LAST_GRADE[level]:
        year += LAST_GRADE[level] - int(grade)
    kinds = ["exams", "interview"] if level == "basic" else ["exams", "essay"]
    return {"level": LEVELS[level], "exam_year": year, "kinds": kinds, "valid_until": f"{year}-12-31"}


def _ground(case: Case, on: date) -> dict[str, Any]:
    """A disability in force goes first; else the last conclusion that found limitations."""
    disability = next((one for one in Disability.objects.filter(child=case.child_id) if one.is_valid_on(on)), None)
    if disability is not None:
        return {
            "ground": "disability",
            "ground_number": disability.document_number,
            "ground_issuer": disability.issued_by,
            "ground_date": _iso(disability.valid_from),
            "ground_until": _iso(disability.valid_to),
            "ground_unlimited": disability.valid_to is None,
        }
    signed = Conclusion.objects.of(case.organisation).filter(case__child=case.child_id, state=Conclusion.State.SIGNED)
    found = signed.filter(has_limitations=True).order_by("-signed_on", "-pk").first()
    if found is None:
        return {"ground": "limitations"}
    return {
        "ground": "limitations",
        "ground_number": str(found.number),
        "ground_issuer": case.organisation.short_name,
        "ground_date": _iso(found.signed_on),
        "ground_until": _iso(found.term_on),
        "ground_unlimited": False,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def views_of(case: Case) -> list[dict[str, str]]:
    """Own conclusions of the specialists for the protocol: who, and in what words."""
    law, found = edition_of(case), []
    for sheet in examinations_of(case):
        own = [one.text for one in findings_in(sheet, law) if one.section.kind == "conclusion"]
        if own and sheet.state == Examination.State.FINISHED:
            name = f"{sheet.position.caption}, {sheet.specialist.short_name}"
            found.append({"position": f"{name[:1].upper()}{name[1:]}", "text": "\n".join(own)})
    return found


def referred_words(case: Case) -> str:
    """Who sent the learner to the commission."""
    application = getattr(case, "application", None)
    sender = getattr(application, "referred_by", None)
    return sender.short_name if sender else f"инициатива родителей (законных{NBSP}представителей)"
