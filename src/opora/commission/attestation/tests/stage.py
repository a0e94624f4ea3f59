"""A learner of the ninth class whose case is being discussed, under the edition that knows conclusions on ГИА."""

from __future__ import annotations

from datetime import date

from opora.commission.attestation.models import AttestationConclusion
from opora.commission.attestation.services import attestation_draft, attestation_fill
from opora.commission.cases.models import Case
from opora.commission.conclusions.tests.stage import DAY, TOMORROW, discussed
from opora.people.children.models import Child, Enrolment
from tests.cast import Cast

__all__ = ["ANSWERS", "DAY", "TOMORROW", "discussed_learner", "drawn_up", "learner"]

ANSWERS = {
    "level": "9",
    "exam_year": 2027,
    "kinds": ["exams", "interview"],
    "ground": "limitations",
    "ground_number": "96",
    "ground_date": "2026-05-20",
    "ground_until": "2027-08-31",
    "subjects": {"russian": "final_written", "mathematics": "state"},
    "amount": "two",
    "conditions": "увеличение продолжительности экзамена на 1 час 30 минут",
    "special": "отдельная аудитория",
    "place": "usual",
    "assistant": "not_needed",
    "school_contact": "завуч, +7 (900) 000-00-02",
    "valid_until": "2027-12-31",
}


def learner(child: Child, cast: Cast) -> Child:
    """The child grown up to the ninth class."""
    child.birth_date = date(2011, 1, 15)
    child.save()
    Enrolment.objects.update_or_create(
        child=child, defaults={
            "organisation": cast.commission, "school": cast.school, "level": "basic", "group": "9 «А»",
        },
    )  # fmt: skip
    return child


def discussed_learner(cast: Cast, child: Child, number: int = 1) -> Case:
    """A case on discussion, opened under the edition of 2025."""
    case = discussed(cast, child, number=number)
    child.enrolments.filter(level="primary").delete()
    learner(child, cast)
    Case.objects.filter(pk=case.pk).update(edition="2025")
    case.refresh_from_db()
    return case


def drawn_up(cast: Cast, case: Case) -> AttestationConclusion:
    """The conclusion complete but for the signature."""
    vera = cast.actor(cast.vera)
    conclusion = attestation_draft(actor=vera, case=case, on=DAY)
    attestation_fill(actor=vera, conclusion=conclusion, values=ANSWERS)
    conclusion.refresh_from_db()
    return conclusion
