"""What the checks of the edition find in a conclusion before it is signed; the list itself is `regulations/checks`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from opora.commission.examinations.models import Examination
from opora.commission.findings.gathering import Gathered, gathered
from opora.people.children.models import Enrolment
from opora.regulations.checks.checking import Found, check
from opora.regulations.checks.joining import Surroundings, subject_of
from opora.regulations.checks.subject import Diagnosis, OwnView, Subject
from opora.regulations.edition import Edition

from .answers import ANSWERS, values_of
from .models import Conclusion
from .sections import text_sections
from .sources import examinations_of, findings_in, missing_consents, present_positions

TYPED = frozenset(answer.code for answer in ANSWERS if answer.kind == "text")


def problems_of(conclusion: Conclusion, on: date, known: Gathered | None = None) -> tuple[Found, ...]:
    """All that stands in the way of signing on the day or is worth a look, blocking findings first.

    `known` is what the case has gathered for that day, when the caller has it already.
    """
    return check(subject_for(conclusion, on, known))


def subject_for(conclusion: Conclusion, on: date, known: Gathered | None = None) -> Subject:
    """The conclusion as the checks look at it on the day of signing."""
    known, sheets = known or gathered(conclusion.case, on), examinations_of(conclusion.case)
    texts = {section.code: section.text.strip() for section in conclusion.sections.all()}
    return subject_of(
        known.facts,
        values_of(conclusion),
        texts,
        Surroundings(
            school_texts=frozenset(one.code for one in text_sections(known.law) if one.on_school_copy) | TYPED,
            observations=tuple(told for _, told in known.seen),
            diagnoses=_diagnoses(conclusion),
            views=_views(conclusion, known.law, sheets),
            organisations=_names(conclusion),
        ),
        _state(conclusion, sheets, on),
    )


def _state(conclusion: Conclusion, sheets: Iterable[Examination], on: date) -> dict[str, list[str]]:
    """What the case itself lacks; each key is a check of the kind «state»."""
    found: dict[str, list[str]] = {"no_consent": missing_consents(conclusion.case, on)}
    if not present_positions(conclusion.visit):
        found["nobody_present"] = [""]
    states = [sheet.state for sheet in sheets]
    if not states:
        found["no_examination"] = [""]
    if unfinished := states.count(Examination.State.DRAFT):
        found["unfinished"] = [str(unfinished)]
    if conclusion.visit and conclusion.visit.session.day > on:
        found["before_session"] = [""]
    return found


def _diagnoses(conclusion: Conclusion) -> tuple[Diagnosis, ...]:
    return tuple(Diagnosis(row.text, row.icd10, row.consented) for row in conclusion.case.child.diagnoses.all())


def _views(conclusion: Conclusion, law: Edition, sheets: Iterable[Examination]) -> tuple[OwnView, ...]:
    """Own conclusions of the specialists in words, and who of them recorded a special opinion."""
    dissenters = set(conclusion.opinions.exclude(position=None).values_list("user_id", flat=True))
    found = []
    for sheet in sheets:
        own = [one.text for one in findings_in(sheet, law) if one.section.kind == "conclusion"]
        if own and sheet.state == Examination.State.FINISHED:
            found.append(OwnView(sheet.speciality, "\n".join(own), sheet.specialist_id in dissenters))
    return tuple(found)


def _names(conclusion: Conclusion) -> tuple[str, ...]:
    """Names of the child's own organisation; one with a number in it is known by its look."""
    present = Enrolment.objects.filter(child=conclusion.case.child_id, ended_on=None).select_related("school").first()
    if present is None or present.school is None:
        return ()
    names = (present.school.short_name, present.school.full_name)
    return tuple(dict.fromkeys(name for name in names if name and not any(sign.isdigit() for sign in name)))
