"""Cases from the application to the sheets of the specialists, written in bulk in the order of their days."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.examinations.models import Examination, ExaminationSection, Session, SessionMember, Visit
from opora.commission.intake.models import Application, Booking, Paper, Slot
from opora.demo.profiles import DOCTOR, SOCIAL
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.regulations.edition import edition_for

from .batch import Batch
from .families import Home
from .ids import fast_id
from .ledger import Ledger
from .staff import Staff
from .timetable import PER_ROOM, Timetable, Turn

ORDER = (
    Case, Application, Paper, Slot, Booking, Session, SessionMember, Visit, Examination, ExaminationSection, Entry,
    Event,
)  # fmt: skip
CHUNK = 500
OPENS = 9
PAPERS = (
    ("application", "Заявление родителя (законного представителя)"),
    ("child_identity", "Документ, удостоверяющий личность ребёнка"),
    ("medical_history", "Выписка из истории развития ребёнка"),
    ("school_reference", "Характеристика из образовательной организации"),
)
BEFORE_PAPERS = (Status.OPENED, Status.PAPERS)


@dataclass
class Stood:
    """A case that came to its session, as the conclusions need it."""

    turn: Turn
    home: Home
    case: Case
    visit: Visit
    edition: str


class Cases:
    def __init__(self, staff: Staff, ledger: Ledger, chance: random.Random, table: Timetable) -> None:
        self.staff, self.ledger, self.chance, self.table = staff, ledger, chance, table
        self.sessions: dict[tuple[date, int], Session] = {}
        self.batch = Batch(ORDER)
        self.own = {"organisation": staff.organisation}
        self.specialists = list(staff.members.items())
        self.last_day = table.today  # of a booking

    def build(self, homes: list[Home]) -> Iterable[Stood]:
        """Write all cases; those that came to a session are returned in the order of their days."""
        stood = []
        for turn in self.table.turns():
            home = homes[turn.at % len(homes)]
            found = self._case(turn, home)
            if found is not None:
                stood.append(found)
            if turn.at % CHUNK == CHUNK - 1:
                self.batch.flush()
        self._free_slots()
        self.batch.flush()
        return stood

    def _case(self, turn: Turn, home: Home) -> Stood | None:
        code = edition_for(turn.opened).code
        case = Case(
            **self.own, public_id=fast_id(), child=home.child, year=turn.opened.year, status=turn.status,
            edition=code, opened_on=turn.opened, status_since=turn.day if turn.day and turn.day <= self.table.today
            else turn.opened, due_on=self._due(turn), number=self.ledger.next_number("case", turn.opened),
            finished_on=turn.day if turn.status == Status.HANDED else None,
        )  # fmt: skip
        entry = self.ledger.line("case", turn.opened, case, {"child": home.child.public_id}, self.staff.registrar)
        self.batch.add(case, entry)
        application = self._application(case, home)
        self._papers(case, turn)
        self._events(case, home, ("intake.application_submitted", "case.registered", "case.moved"))
        if turn.day is None:
            return None
        booking = self._booking(case, home, application, turn)
        if turn.status == Status.BOOKED:
            return None
        visit = self._visit(case, booking, turn)
        for speciality, user in self._examiners(home):
            self._sheet(visit, turn, home, speciality, user)
        return Stood(turn, home, case, visit, code)

    def _due(self, turn: Turn) -> date | None:
        if turn.status == Status.HANDED:
            return None
        if turn.status == Status.SIGNED and turn.day:
            return turn.day + timedelta(days=7)
        if turn.day and turn.status in (Status.EXAMINATION, Status.DISCUSSION):
            return turn.day + timedelta(days=7)
        return turn.day or turn.opened + timedelta(days=10)

    def _application(self, case: Case, home: Home) -> Application:
        application = Application(
            **self.own, public_id=fast_id(), case=case, applicant=home.mother, initiator="education",
            referred_by=home.place.school, has_referral=True, reason=home.profile.reason, signed_on=case.opened_on,
            request="Определить программу и условия обучения.",
        )  # fmt: skip
        self.batch.add(application)
        return application

    def _papers(self, case: Case, turn: Turn) -> None:
        incomplete = turn.status in BEFORE_PAPERS
        for order, (code, title) in enumerate(PAPERS):
            missing = incomplete and self.chance.random() < 0.5
            self.batch.add(
                Paper(
                    **self.own, public_id=fast_id(), case=case, requirement=code, title=title, order=order,
                    presence=Paper.Presence.OBLIGATORY, received_on=None if missing else case.opened_on,
                    medium="" if missing else Paper.Medium.COPY, sheets=None if missing else 2,
                )
            )  # fmt: skip

    def _slot(self, day: date, seat: int) -> Slot:
        room, hour = divmod(seat, PER_ROOM)
        return Slot(
            **self.own, public_id=fast_id(), place=self.staff.places[room], day=day, starts=time(OPENS + hour),
            ends=time(OPENS + hour + 1),
        )  # fmt: skip

    def _booking(self, case: Case, home: Home, application: Application, turn: Turn) -> Booking:
        assert turn.day is not None
        self.last_day = max(self.last_day, turn.day)
        slot = self._slot(turn.day, turn.seat)
        booking = Booking(
            **self.own, public_id=fast_id(), case=case, slot=slot, booked_by=self.staff.registrar,
            state=Booking.State.BOOKED if turn.status == Status.BOOKED else Booking.State.ARRIVED,
        )  # fmt: skip
        line = booking_line(home, application, slot)
        entry = self.ledger.line("booking", turn.opened, booking, line, self.staff.registrar)
        self.batch.add(slot, booking, entry)
        self._events(booking, home, ("intake.booking_made",))
        return booking

    def _session(self, day: date, room: int) -> Session:
        found = self.sessions.get((day, room))
        if found is None:
            running = day == self.table.today
            found = Session(
                **self.own, public_id=fast_id(), day=day, place=self.staff.places[room],
                state=Session.State.RUNNING if running else Session.State.CLOSED,
            )  # fmt: skip
            self.sessions[day, room] = found
            self.batch.add(found)
            for user in (self.staff.head, *self.staff.members.values()):
                position = self.staff.position(user)
                self.batch.add(SessionMember(**self.own, public_id=fast_id(), session=found, position=position))
        return found

    def _visit(self, case: Case, booking: Booking, turn: Turn) -> Visit:
        assert turn.day is not None
        visit = Visit(
            **self.own, public_id=fast_id(), session=self._session(turn.day, turn.seat // PER_ROOM), case=case,
            booking=booking, starts=booking.slot.starts, arrived_at=timezone.now(),
            state=Visit.State.WITH if turn.status == Status.EXAMINATION else Visit.State.DONE,
        )  # fmt: skip
        self.batch.add(visit)
        return visit

    def _examiners(self, home: Home) -> list[tuple[str, Any]]:
        wanted = {*home.profile.sheets, "social_pedagogue", *(("doctor",) if home.profile.disability else ())}
        return [(code, user) for code, user in self.specialists if code in wanted]

    def _sheet(self, visit: Visit, turn: Turn, home: Home, speciality: str, user: Any) -> None:
        """A finished sheet holds its filled sections; that of a child who is here today is open and has them all."""
        is_open = turn.status == Status.EXAMINATION
        sheet = Examination(
            **self.own, public_id=fast_id(), visit=visit, case=visit.case, specialist=user, is_here=is_open,
            position=self.staff.position(user), speciality=speciality,
            state=Examination.State.DRAFT if is_open else Examination.State.FINISHED,
            finished_at=None if is_open else timezone.now(),
        )  # fmt: skip
        self.batch.add(sheet)
        texts = home.profile.sheets.get(speciality) or (DOCTOR if speciality == "doctor" else SOCIAL)
        sections = edition_for(turn.opened).sheet(speciality).sections if is_open else ()
        for code in dict.fromkeys([*texts, *(section.code for section in sections)]):
            text = texts.get(code, "")
            self.batch.add(
                ExaminationSection(
                    **self.own, public_id=fast_id(), examination=sheet, code=code, text=text,
                    version=1 if text else 0, user=user,
                )
            )  # fmt: skip
        self._events(sheet, home, ("examination.started",) if is_open else ("examination.finished",))

    def _events(self, subject: Any, home: Home, codes: tuple[str, ...]) -> None:
        self.batch.add(*(event_of(self.staff, subject, home, code) for code in codes))

    def _free_slots(self) -> None:
        """A month of open reception after the booked days."""
        for ahead in range(1, 31):
            day = self.last_day + timedelta(days=ahead)
            self.batch.add(*(self._slot(day, seat) for seat in range(self.table.per_day)))


def event_of(staff: Staff, subject: Any, home: Home, code: str) -> Event:
    return Event(
        organisation=staff.organisation, user=staff.registrar, code=code, subject_type=subject._meta.label_lower,
        subject_id=subject.public_id, person_id=home.child.public_id, details={"number": 1, "title": "шаг"},
    )  # fmt: skip


def booking_line(home: Home, application: Application, slot: Slot) -> dict[str, str]:
    """The columns of `intake.journal.booking_line` without its queries."""
    return {
        "day": slot.day.isoformat(), "time": f"{slot.starts:%H:%M}", "place": slot.place.title,
        "child_name": home.child.full_name, "birth_date": home.child.birth_date.isoformat(),
        "guardian_name": home.mother.full_name, "contacts": home.mother.contacts, "school": str(home.place),
        "referred_by": f"{home.place.school}, направление есть", "disability": "",
        "diagnosis": home.profile.diagnosis if home.profile.limitations else "", "request": application.request,
    }  # fmt: skip
