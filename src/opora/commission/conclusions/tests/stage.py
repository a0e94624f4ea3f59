"""A case that is being discussed: what a story about its conclusion needs."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.services import conclusion_draft, conclusion_fill, text_save
from opora.commission.examinations.models import Examination, ExaminationSection, Session, SessionMember, Visit
from opora.commission.intake.models import Application, Paper, Place
from opora.foundation.access.models import Position
from opora.people.children.models import Child, Diagnosis, Enrolment
from opora.people.consents.models import Consent
from tests.cast import Cast

DAY = date(2026, 11, 20)
TOMORROW = date(2026, 11, 21)
DIAGNOSIS = "Расстройство экспрессивной речи"
CODE = "F80.1"
FINDINGS = {
    "speech_therapist": {
        "speech_data": "Фраза развёрнутая, с аграмматизмами.",
        "speech_finding": "Общее недоразвитие речи III уровня.",
        "speech_conclusion": "Нуждается в логопедической помощи.",
        "methods": "альбом для обследования речи",
        "advice_teachers": "Развитие связной речи, занятия дважды в неделю.",
    },
    "psychologist": {
        "psychology_data": "Внимание истощаемо.",
        "psychology_conclusion": "Нужны психокоррекционные занятия.",
        "advice_teachers": "Развитие произвольной регуляции.",
    },
}
ANSWERS = {
    "has_limitations": True,
    "needs_conditions": True,
    "programme_code": "5.1",
    "assistant_need": "not_needed",
    "tutor_need": "needed",
    "tutor_reason": "трудно удержать инструкцию в классе",
    "tutor_term": "adaptation_half_year",
    "reexamination_wording": "end_of_primary",
    "term_on": "2029-06-01",
}
FEATURES_TEXT = "Речь развёрнутая, с аграмматизмами; трудности чтения и письма."


def discussed(cast: Cast, child: Child, number: int = 1, day: date = DAY) -> Case:
    """A case after examinations of Вера and Глеб, with consents, diagnosis and a school."""
    at = cast.commission
    mother = child.guardianships.get().guardian
    case = Case.objects.create(
        organisation=at, child=child, number=number, year=day.year, status=Status.DISCUSSION, edition="2016",
        opened_on=day.replace(day=2), status_since=day,
    )  # fmt: skip
    Application.objects.create(
        organisation=at, case=case, applicant=mother, initiator="education", referred_by=cast.school,
        has_referral=True, reason="трудности в обучении",
    )  # fmt: skip
    Paper.objects.create(
        organisation=at, case=case, requirement="application", title="Заявление", presence="obligatory", received_on=day
    )
    for kind in Consent.Kind.values:
        Consent.objects.get_or_create(
            organisation=at, child=child, guardian=mother, kind=kind, defaults={"signed_on": day.replace(day=2)}
        )
    if not child.diagnoses.exists():
        Diagnosis.objects.create(organisation=at, child=child, text=DIAGNOSIS, icd10=CODE, consented=True)
    Enrolment.objects.get_or_create(organisation=at, child=child, school=cast.school, level="primary", group="1 «А»")
    _examine(cast, case, day)
    return case


def _examine(cast: Cast, case: Case, day: date) -> None:
    at = cast.commission
    place, _ = Place.objects.get_or_create(organisation=at, title="Кабинет комиссии")
    session, _ = Session.objects.get_or_create(organisation=at, day=day, place=place)
    visit = Visit.objects.create(organisation=at, session=session, case=case, state=Visit.State.DONE)
    for user in (cast.boris, cast.vera, cast.gleb):
        position = Position.objects.filter(user=user).order_by("pk").first()
        SessionMember.objects.get_or_create(organisation=at, session=session, position=position)
    for user in (cast.vera, cast.gleb):
        position = Position.objects.get(user=user)
        examination = Examination.objects.create(
            organisation=at, visit=visit, case=case, specialist=user, position=position,
            speciality=position.speciality, state="finished", finished_at=timezone.now(),
        )  # fmt: skip
        for code, text in FINDINGS[position.speciality].items():
            ExaminationSection.objects.create(organisation=at, examination=examination, code=code, text=text, version=1)


def ready(cast: Cast, case: Case) -> Conclusion:
    """The conclusion of the case, complete but for the signature."""
    boris = cast.actor(cast.boris)
    conclusion = conclusion_draft(actor=boris, case=case)
    conclusion_fill(actor=boris, conclusion=conclusion, values=ANSWERS)
    section = conclusion.sections.get(code="main_features")
    text_save(actor=boris, section=section, text=FEATURES_TEXT, base_version=section.version)
    conclusion.refresh_from_db()
    return conclusion
