"""A commission with its people, a case in every status and every kind of row; `school.py` adds the school.

The story is told by the services, as people would do it; the surname of each commission's children is its canary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from opora.commission.attestation import services as attesting
from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance
from opora.commission.conclusions import services as concluding
from opora.commission.conclusions.checks import problems_of
from opora.commission.conclusions.models import Conclusion, Handover, TakenText
from opora.commission.editions.models import ConfirmedValue
from opora.commission.examinations import services as examining
from opora.commission.examinations.models import ExaminationSection, Session, SessionMember
from opora.commission.findings.services import findings_record
from opora.commission.instruments import services as scoring
from opora.commission.intake import services as receiving
from opora.commission.intake.models import Booking, DayTemplate, PaperFile, Place, Slot
from opora.commission.methods import services as choosing
from opora.commission.methods.models import OwnMethod, PreliminaryMark
from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import EmergencyAccess, Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.evidence.models import Inspection
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Snapshot
from opora.foundation.worksheets.models import EarlierText
from opora.people.children.models import Child, Diagnosis, Disability, Enrolment, Family, PreventionRecord
from opora.people.children.search import name_index
from opora.people.consents import services as consenting
from opora.people.consents.models import Consent
from opora.people.disclosures import services as disclosing
from opora.people.retention import services as keeping
from opora.records.journals.models import Certification, JournalPrint
from tests import cast as people

from .school import settle

CANARY, FOREIGN_CANARY = "Сокровищев", "Чужестранцев"
UNTIL_SESSION = (Status.OPENED, Status.PAPERS, Status.READY)  # too early for a session to make the specialist know
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GROWN = date(1990, 5, 17)  # the term of keeping is long over
SPECIALIST = Role.COMMISSION_SPECIALIST
FIRST_NAMES = {
    Status.OPENED: "Олег", Status.PAPERS: "Павел", Status.READY: "Роман", Status.BOOKED: "Богдан",
    Status.EXAMINATION: "Эдуард", Status.DISCUSSION: "Демид", Status.SIGNED: "Семён",
}  # fmt: skip
ANSWERS = {
    "has_limitations": True, "needs_conditions": True, "programme_code": "5.1", "assistant_need": "not_needed",
    "tutor_need": "not_needed", "reexamination_wording": "end_of_primary", "term_on": "2031-06-01",
}  # fmt: skip


@dataclass
class House:
    """One commission with its people and its cases by status."""

    place: Organisation
    anna: User
    boris: User
    vera: User
    today: date
    surname: str
    cases: dict[str, Case] = field(default_factory=dict)
    school: dict[Role, User] = field(default_factory=dict)

    def actor(self, user: User) -> Actor:
        return actor_of(user, on=self.today, organisation=self.place)


def engage(house: House, label: str, last: str, *posts: tuple[Role, str], sworn: bool = True) -> User:
    return people.hire(house.place, label, last, "Имя", "Отчество", *posts, sworn=sworn)


def found(place: Organisation, prefix: str, surname: str, school: Organisation) -> House:
    today = timezone.localdate()
    house = House(
        place=place,
        anna=people.hire(place, f"{prefix}registrar", "Алексеева", "Анна", "А", (Role.REGISTRAR, "")),
        boris=people.hire(place, f"{prefix}head", "Борисов", "Борис", "Б", (Role.COMMISSION_HEAD, "")),
        vera=people.hire(place, f"{prefix}specialist", "Васильева", "Вера", "В", (SPECIALIST, Speciality.PSYCHOLOGIST)),
        today=today,
        surname=surname,
    )  # fmt: skip
    room = Place.objects.create(organisation=place, title="Кабинет № 1")
    DayTemplate.objects.create(organisation=place, title="Вторник", place=room, starts=time(9), ends=time(13))
    OwnMethod.objects.create(organisation=place, title="Проба с кубиками")
    PreliminaryMark.objects.create(organisation=place, code="8.2.06")
    for hour in range(9, 16):
        Slot.objects.create(organisation=place, place=room, day=today, starts=time(hour), ends=time(hour, 50))
        Slot.objects.create(
            organisation=place, place=room, day=today + timedelta(days=3), starts=time(hour), ends=time(hour, 50)
        )
    for status, first in FIRST_NAMES.items():
        house.cases[status] = _case(house, people.child_of(place, surname, first), status, school)
    _requests(house, house.cases[Status.SIGNED].child)
    for status in (Status.PAPERS, Status.EXAMINATION):
        _card(house, house.cases[status].child)
    for status in UNTIL_SESSION:
        EmergencyAccess.objects.create(
            organisation=place, user=house.vera, person_id=house.cases[status].child.public_id,
            reason=f"Нужна карта: {surname}", expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
    _endings(house)
    _papers_of_the_room(house)
    settle(house, prefix)
    return house


def _endings(house: House) -> None:
    """A withdrawn consent carried out and one under way, a ban, a card proposed to be destroyed, one destroyed."""
    anna, boris, today = house.actor(house.anna), house.actor(house.boris), house.today
    scan = latest(house, PaperFile).file
    withdrawals = []
    for first in ("Вадим", "Глеб"):
        child = people.child_of(house.place, house.surname, first)
        consent = Consent.objects.create(
            organisation=house.place, child=child, guardian=child.guardianships.get().guardian,
            kind=Consent.Kind.CHILD_DATA, signed_on=today - timedelta(days=9),
        )  # fmt: skip
        withdrawals.append(consenting.consent_withdraw(actor=anna, consent=consent, on=today, scan=scan))
    consenting.withdrawal_carry_out(actor=boris, withdrawal=withdrawals[0])
    keeping.hold_place(actor=anna, child=house.cases[Status.SIGNED].child, reason=f"Суд: {house.surname}")
    for first in ("Захарий", "Игнат"):
        old = people.child_of(house.place, house.surname, first)
        Child.objects.filter(pk=old.pk).update(birth_date=GROWN)
        old.refresh_from_db()
        order = keeping.destruction_propose(actor=anna, child=old, reason="term")
        if first == "Захарий":
            keeping.destruction_confirm(actor=boris, order=order)


def _card(house: House, child: Child) -> None:
    at = {"organisation": house.place, "child": child}
    Disability.objects.create(**at, document_number="МСЭ-1")
    Diagnosis.objects.create(**at, text=f"Диагноз: {child.last_name}", icd10="F80.1", consented=True)
    PreventionRecord.objects.create(**at, body=PreventionRecord.Body.SCHOOL)
    Family.objects.create(**at, notes=f"Семья: {child.last_name}")
    name_index(child)
    JournalPrint.objects.create(
        organisation=house.place, journal="booking", since=house.today, until=house.today, user=house.anna
    )
    Inspection.objects.create(organisation=house.place, user=house.boris)


def _papers_of_the_room(house: House) -> None:
    """Rows that no story above leaves behind: an earlier text of a sheet, the signatures under a journal."""
    section = latest(house, ExaminationSection)
    EarlierText.objects.create(
        organisation=house.place, person_id=section.person_id, section_id=section.public_id, version=1,
        text="Прежнее наблюдение", user=house.vera,
    )  # fmt: skip
    TakenText.objects.create(
        organisation=house.place, conclusion=latest(house, Conclusion), place="equipment", code="magnifier",
        text="Лупа", user=house.boris,
    )  # fmt: skip
    Certification.objects.create(
        organisation=house.place, session=latest(house, Session), certified_on=house.today, certified_by=house.boris,
        signers=[{"position": "Руководитель ПМПК", "name": "Борисов Б. Б."}],
    )  # fmt: skip
    ConfirmedValue.objects.create(
        organisation=house.place, edition="2025", table="term", code="card_retention",
        values={"value": 10, "counts_from": "совершеннолетие"},
        clause="приказ № 763, п. 1", since=house.today, note="Сверено", confirmed_by=house.boris, signed_as="Борисов",
    )  # fmt: skip


def latest(house: House, model: type[models.Model]) -> Any:
    return model._default_manager.filter(organisation=house.place).latest("pk")


def _requests(house: House, child: Child) -> None:
    """A request for information in each state, about a child with a signed conclusion."""
    anna, boris, today = house.actor(house.anna), house.actor(house.boris), house.today
    scan = latest(house, PaperFile).file
    court = Organisation.objects.filter(kind="court").first() or people.organisation("court", "Суд", works_here=False)
    key = Snapshot.objects.get(organisation=house.place, form="conclusion").public_id
    for state in ("received", "decided", "sent", "acknowledged"):
        found = disclosing.disclosure_receive(
            actor=anna, child=child, ground="court", recipient=court, request_on=today, received_on=today, scan=scan,
            asked=f"Сведения: {child.last_name}",
        )  # fmt: skip
        if state == "received":
            continue
        disclosing.disclosure_decide(
            actor=boris, disclosure=found, decision="give", on=today, papers=[key], knowledge="told", told_on=today,
            given_text=f"Обследован: {child.last_name}",
        )  # fmt: skip
        if state != "decided":
            disclosing.disclosure_send(actor=anna, disclosure=found, way="in_person", sent_on=today)
        if state == "acknowledged":
            disclosing.disclosure_acknowledge(actor=anna, disclosure=found, on=today, receipt=scan)


def _case(house: House, child: Child, until: str, school: Organisation) -> Case:
    """Lead one case up to a status, by the services, step by step."""
    anna, today = house.actor(house.anna), house.today
    Enrolment.objects.create(organisation=house.place, child=child, school=school, level="primary", group="1 «А»")
    mother = child.guardianships.get().guardian
    case = receiving.application_submit(
        actor=anna, child=child, applicant=mother, on=today, reason="Трудности", initiator="parent"
    )
    for status, step in STEPS:
        if case.status == until:
            break
        step(house, case)
        case.refresh_from_db()
        assert case.status == status, f"{case.status} instead of {status}"
    return case


def _receive(house: House, case: Case) -> None:
    day = house.today
    receiving.application_receive(
        actor=house.actor(house.anna), case=case, on=day, application_on=day, consent_child_on=day,
        consent_guardian_on=day,
    )  # fmt: skip
    scan = SimpleUploadedFile("скан.pdf", PDF, content_type="application/pdf")
    receiving.paper_attach(actor=house.actor(house.anna), paper=case.papers.first(), upload=scan, on=day)


def _accept(house: House, case: Case) -> None:
    anna = house.actor(house.anna)
    for paper in case.papers.missing():
        receiving.paper_receive(actor=anna, paper=paper, on=house.today)
    receiving.papers_accept(actor=anna, case=case, on=house.today)


def _book(house: House, case: Case) -> None:
    slot = Slot.objects.filter(organisation=house.place, day=house.today, bookings=None).earliest("starts")
    # Not by the service: for the clock of the test the slot may be past.
    Booking.objects.create(organisation=house.place, case=case, slot=slot, booked_by=house.anna)
    case_advance(actor=house.actor(house.anna), case=case, action="case.book", on=house.today, due_on=house.today)
    if Session.objects.filter(organisation=house.place).exists():
        return
    session = examining.session_plan(actor=house.actor(house.anna), day=house.today, place=slot.place, on=house.today)
    for position in Position.objects.filter(organisation=house.place, user__in=[house.boris, house.vera]):
        SessionMember.objects.get_or_create(organisation=house.place, session=session, position=position)


def _arrive(house: House, case: Case) -> None:
    visit = examining.case_arrive(actor=house.actor(house.anna), case=case, on=house.today)
    position = Position.objects.get(user=house.vera, organisation=house.place)
    vera = house.actor(house.vera)
    sheet = examining.examination_start(actor=vera, visit=visit, position=position)
    used = choosing.method_use(actor=vera, examination=sheet, code="8.2.06")
    choosing.method_note(actor=vera, use=used, note=f"По образцу: {case.child.last_name}")
    found = {"memory": "sufficient", "individual_features": f"Особенности: {case.child.last_name}"}
    findings_record(actor=vera, examination=sheet, values=found, sources={"memory": "school: характеристика"})
    risk = {"birth_unmarried": "no", "mother_education": "higher"}
    scoring.answers_write(actor=vera, examination=sheet, instrument="family_risk", answers=risk, base_version=0)


def _discuss(house: House, case: Case) -> None:
    for examination in case.examinations.all():
        for section in examination.sections.all():
            section.text, section.version = f"Наблюдения: {case.child.last_name}", 1
            section.save()
        examining.examination_finish(actor=house.actor(examination.specialist), examination=examination)
    case_advance(actor=house.actor(house.boris), case=case, action="case.discuss", on=house.today)
    draft = concluding.conclusion_draft(actor=house.actor(house.boris), case=case)
    concluding.opinion_add(actor=house.actor(house.vera), conclusion=draft, text="Другое мнение")
    attesting.attestation_draft(actor=house.actor(house.vera), case=case, on=house.today)


def _sign(house: House, case: Case) -> None:
    boris = house.actor(house.boris)
    draft = concluding.conclusion_draft(actor=boris, case=case)
    concluding.conclusion_fill(actor=boris, conclusion=draft, values=ANSWERS)
    section = draft.sections.get(code="main_features")
    concluding.text_save(actor=boris, section=section, text="Речь развёрнутая.", base_version=section.version)
    section = draft.sections.get(code="other_conditions")
    concluding.text_save(actor=boris, section=section, text="Обучение на дому.", base_version=section.version)
    draft.refresh_from_db()
    warnings = [one for one in problems_of(draft, house.today) if one.warns]
    reasons = {one.key: f"Так решено: {case.child.last_name}" for one in warnings}
    signed = concluding.conclusion_sign(actor=boris, conclusion=draft, on=house.today, reasons=reasons)
    Handover.objects.filter(conclusion=signed).update(scan=latest(house, PaperFile).file)
    _sign_attestation(house, case)


def _sign_attestation(house: House, case: Case) -> None:
    """The learner's conclusion on ГИА: annulled once, signed again."""
    boris, day = house.actor(house.boris), house.today
    draft = attesting.attestation_draft(actor=house.actor(house.vera), case=case, on=day)
    asked = {
        "level": "9", "exam_year": day.year + 1, "kinds": ["interview"], "ground": "medical", "ground_number": "7",
        "ground_date": day.isoformat(), "ground_unlimited": True, "special": f"Отдельная аудитория: {house.surname}",
        "place": "usual", "assistant": "not_needed", "valid_until": f"{day.year + 1}-12-31",
    }  # fmt: skip
    attesting.attestation_fill(actor=house.actor(house.vera), conclusion=draft, values=asked)
    signed = attesting.attestation_sign(actor=boris, conclusion=draft, on=day)
    again = attesting.attestation_annul(actor=boris, conclusion=signed, on=day, reason="Опечатка")
    attesting.attestation_sign(actor=boris, conclusion=again, on=day)


STEPS: list[tuple[Status, Callable[[House, Case], None]]] = [
    (Status.PAPERS, _receive),
    (Status.READY, _accept),
    (Status.BOOKED, _book),
    (Status.EXAMINATION, _arrive),
    (Status.DISCUSSION, _discuss),
    (Status.SIGNED, _sign),
]
