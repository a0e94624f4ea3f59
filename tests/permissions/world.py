"""A commission with a case in every status and every kind of row, another beside it, and everyone who may knock.

The story is told by the services, as people would do it; the surname of each commission's children is its canary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.utils import timezone

from opora.commission.cases.flow import Status, transition
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance
from opora.commission.conclusions import services as concluding
from opora.commission.conclusions.models import Conclusion, ConclusionSection, DissentingOpinion, Handover
from opora.commission.examinations import services as examining
from opora.commission.examinations.models import Examination, ExaminationSection, Session, SessionMember, Visit
from opora.commission.intake import services as receiving
from opora.commission.intake.models import Application, Booking, DayTemplate, Paper, PaperFile, Place, Slot
from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import COMMISSION_ROLES, Role, Speciality
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Snapshot
from opora.people.children.models import Child, Diagnosis, Disability, Enrolment, Guardianship, PreventionRecord
from opora.people.consents.models import Consent
from opora.records.journals.models import JournalPrint
from tests import cast as people

CANARY, FOREIGN_CANARY = "Сокровищев", "Чужестранцев"
EVERY = "own, every role of the commission"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
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
    cases: dict[str, Case] = field(default_factory=dict)

    def actor(self, user: User) -> Actor:
        return actor_of(user, on=self.today, organisation=self.place)


@dataclass
class Person:
    """Who knocks: `own` works at the commission of the world, `label` names the column of the matrix."""

    label: str
    own: bool
    user: User | None
    client: Client
    roles: frozenset[Role] = frozenset()
    sworn: bool = True


@dataclass
class World:
    house: House
    foreign: House
    persons: list[Person]

    def target(self, name: str, model: type[models.Model], action: str) -> models.Model:
        """The row of the own commission on which a route is tried: one in a state that lets the deed be done."""
        return TARGETS.get(name, _by_action)(self.house, model, action)


def _person(house: House, label: str, last: str, *posts: tuple[Role, str], sworn: bool = True) -> User:
    return people.hire(house.place, label, last, "Имя", "Отчество", *posts, sworn=sworn)


def _house(place: Organisation, prefix: str, surname: str, school: Organisation) -> House:
    today = timezone.localdate()
    house = House(
        place=place,
        anna=people.hire(place, f"{prefix}registrar", "Алексеева", "Анна", "А", (Role.REGISTRAR, "")),
        boris=people.hire(place, f"{prefix}head", "Борисов", "Борис", "Б", (Role.COMMISSION_HEAD, "")),
        vera=people.hire(place, f"{prefix}specialist", "Васильева", "Вера", "В", (SPECIALIST, Speciality.PSYCHOLOGIST)),
        today=today,
    )  # fmt: skip
    room = Place.objects.create(organisation=place, title="Кабинет № 1")
    DayTemplate.objects.create(organisation=place, title="Вторник", place=room, starts=time(9), ends=time(13))
    for hour in range(9, 16):
        Slot.objects.create(organisation=place, place=room, day=today, starts=time(hour), ends=time(hour, 50))
        Slot.objects.create(
            organisation=place, place=room, day=today + timedelta(days=3), starts=time(hour), ends=time(hour, 50)
        )
    for status, first in FIRST_NAMES.items():
        house.cases[status] = _case(house, people.child_of(place, surname, first), status, school)
    _card(house, house.cases[Status.PAPERS].child, school)
    return house


def _card(house: House, child: Child, school: Organisation) -> None:
    at = {"organisation": house.place, "child": child}
    Disability.objects.create(**at, document_number="МСЭ-1")
    Diagnosis.objects.create(**at, text=f"Диагноз: {child.last_name}")
    PreventionRecord.objects.create(**at, body=PreventionRecord.Body.SCHOOL)
    JournalPrint.objects.create(
        organisation=house.place, journal="booking", since=house.today, until=house.today, user=house.anna
    )


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
    examining.examination_start(actor=house.actor(house.vera), visit=visit, position=position)


def _discuss(house: House, case: Case) -> None:
    for examination in case.examinations.all():
        examination.sections.update(text=f"Наблюдения: {case.child.last_name}", version=1)
        examining.examination_finish(actor=house.actor(examination.specialist), examination=examination)
    case_advance(actor=house.actor(house.boris), case=case, action="case.discuss", on=house.today)
    draft = concluding.conclusion_draft(actor=house.actor(house.boris), case=case)
    concluding.opinion_add(actor=house.actor(house.vera), conclusion=draft, text="Другое мнение")


def _sign(house: House, case: Case) -> None:
    boris = house.actor(house.boris)
    draft = concluding.conclusion_draft(actor=boris, case=case)
    concluding.conclusion_fill(actor=boris, conclusion=draft, values=ANSWERS)
    section = draft.sections.get(code="main_features")
    concluding.text_save(actor=boris, section=section, text="Речь развёрнутая.", base_version=section.version)
    draft.refresh_from_db()
    signed = concluding.conclusion_sign(actor=boris, conclusion=draft, on=house.today)
    Handover.objects.filter(conclusion=signed).update(scan=_of(house, PaperFile).file)


STEPS: list[tuple[Status, Callable[[House, Case], None]]] = [
    (Status.PAPERS, _receive),
    (Status.READY, _accept),
    (Status.BOOKED, _book),
    (Status.EXAMINATION, _arrive),
    (Status.DISCUSSION, _discuss),
    (Status.SIGNED, _sign),
]


def build() -> World:
    """Two commissions alike, every role at each of them, sworn; then the unsworn, the idle, nobody."""
    school = people.organisation("school", "Школа № 7", works_here=False)
    house = _house(people.organisation("territorial_commission", "ПМПК Заречного района"), "own-", CANARY, school)
    foreign = _house(
        people.organisation("territorial_commission", "ПМПК Нагорного района"), "other-", FOREIGN_CANARY, school
    )
    persons = []
    for one, prefix in ((house, "own"), (foreign, "other")):
        members = {Role.REGISTRAR: one.anna, Role.COMMISSION_HEAD: one.boris, SPECIALIST: one.vera}
        for role in Role:
            user = members.get(role) or _person(one, f"{prefix}-{role}", "Коллегин", (role, ""))
            persons.append(_column(f"{prefix} {role}", one is house, user, frozenset({role})))
        unsworn = _person(one, f"{prefix}-unsworn", "Новиков", (SPECIALIST, Speciality.PSYCHOLOGIST), sworn=False)
        persons.append(_column(f"{prefix} unsworn", one is house, unsworn, frozenset({SPECIALIST}), sworn=False))
    busy = _person(
        house, "own-every", "Совместителев", (Role.REGISTRAR, ""), (Role.COMMISSION_HEAD, ""),
        (SPECIALIST, Speciality.SPEECH_THERAPIST),
    )  # fmt: skip
    persons.append(_column(EVERY, True, busy, COMMISSION_ROLES))
    every = _person(foreign, "zakhar", "Захаров", *((role, "") for role in Role))
    persons.append(_column("other, every role", False, every, frozenset(Role)))
    idle = User.objects.create(username="idle", last_name="Бездолжностный")
    persons.append(_column("no post", False, idle, frozenset()))
    persons.append(Person("nobody", False, None, _client()))
    return World(house, foreign, persons)


def _client() -> Client:
    client = Client()
    client.raise_request_exception = False
    return client


def _column(label: str, own: bool, user: User, roles: frozenset[Role], sworn: bool = True) -> Person:
    client = _client()
    client.force_login(user)
    client.get("/help/keys/")  # the session notes when it began
    return Person(label, own, user, client, roles, sworn)


def _of(house: House, model: type[models.Model], **where: Any) -> models.Model:
    return model._default_manager.filter(organisation=house.place, **where).latest("pk")


def _by_action(house: House, model: type[models.Model], action: str) -> models.Model:
    """For a step of the flow: a case whose status allows it. Else the row of the case that is under way."""
    case = house.cases[_status_for(action)]
    if model is Case:
        return case
    if model is Child:
        return case.child
    return PATHS.get(model, lambda h, m, c: _of(h, m))(house, model, case)


def _status_for(action: str) -> str:
    try:
        return str(next(source for source in transition(action).source if source in FIRST_NAMES))
    except KeyError:
        return STATUS_OF_ROOM.get(action.split(".")[0], str(Status.PAPERS))


STATUS_OF_ROOM = {
    "examination": Status.EXAMINATION, "visit": Status.EXAMINATION, "conclusion": Status.DISCUSSION,
    "handover": Status.SIGNED, "paper": Status.SIGNED,
}  # fmt: skip
# How a row is found from the case that the deed needs; other models have one row for each commission.
PATHS: dict[type[models.Model], Callable[[House, type[models.Model], Case], models.Model]] = {
    Visit: lambda h, m, case: _of(h, m, case=case),
    Application: lambda h, m, case: _of(h, m, case=case),
    Paper: lambda h, m, case: _of(h, m, case=case),
    PaperFile: lambda h, m, case: _of(h, m, paper__case=case),
    Examination: lambda h, m, case: _of(h, m, case=case, specialist=h.vera),
    ExaminationSection: lambda h, m, case: _of(h, m, examination__case=case, examination__specialist=h.vera),
    Conclusion: lambda h, m, case: _of(h, m, case=case),
    ConclusionSection: lambda h, m, case: _of(h, m, conclusion__case=case),
    DissentingOpinion: lambda h, m, case: _of(h, m, conclusion__case=case),
    Handover: lambda h, m, case: _of(h, m, conclusion__case=case),
    Consent: lambda h, m, case: _of(h, m, child=case.child),
    Guardianship: lambda h, m, case: _of(h, m, child=case.child),
    Slot: lambda h, m, case: Slot.objects.filter(organisation=h.place, bookings=None).latest("pk"),
    Position: lambda h, m, case: Position.objects.get(organisation=h.place, user__username="own-unsworn"),
    Session: lambda h, m, case: _of(h, m),
    Snapshot: lambda h, m, case: _of(h, m, form="conclusion"),
}
# Routes that need another row than their action tells.
TARGETS: dict[str, Callable[[House, type[models.Model], str], models.Model]] = {
    "intake:application_new": lambda h, m, a: people.child_of(h.place, CANARY, "Новый"),
}
# What a form must carry to get past its first question.
POSTED: dict[str, Callable[[House, User], dict[str, Any]]] = {
    "ui:choose_workplace": lambda h, user: {"workplace": user.positions.first().organisation.public_id},
    "examinations:examine": lambda h, user: {"position": user.positions.earliest("pk").public_id},
    "examinations:case_examine": lambda h, user: {"position": user.positions.earliest("pk").public_id},
    "examinations:member": lambda h, user: {"position": h.vera.positions.get().public_id, "present": "1"},
    "conclusions:take": lambda h, user: {
        "source": _of(h, ExaminationSection, examination__case=h.cases[Status.DISCUSSION]).public_id
    },
}
EXTRA = {"code": "consent_child"}  # what other parts of an address may stand for
