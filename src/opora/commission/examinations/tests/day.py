"""A day of the commission for the stories: children with applications, booked one after another."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_open
from opora.commission.examinations import services
from opora.commission.examinations.models import Examination, Session, Visit
from opora.commission.intake.journal import booking_line
from opora.commission.intake.models import Application, Booking, Place, Slot
from opora.foundation.access.models import Position
from opora.foundation.registers.services import entry_add
from opora.people.consents.models import Consent
from tests.cast import Cast, child_of


def today() -> date:
    return timezone.localdate()


def place_of(cast: Cast) -> Place:
    place, _ = Place.objects.get_or_create(organisation=cast.commission, title="Кабинет № 1")
    return place


def ready_case(cast: Cast, last: str = "Данилов", first: str = "Миша") -> Case:
    """A case whose application is signed and papers are accepted."""
    anna, on = cast.actor(cast.anna), today()
    child = child_of(cast.commission, last, first)
    daria = child.guardianships.get().guardian
    case = case_open(actor=anna, child=child, opened_on=on, edition="2016")
    Application.objects.create(
        organisation=cast.commission, case=case, applicant=daria, initiator="parent",
        reason="Трудности в обучении", signed_on=on,
    )  # fmt: skip
    for kind in Consent.Kind.values:
        Consent.objects.create(organisation=cast.commission, child=child, guardian=daria, kind=kind, signed_on=on)
    case_advance(actor=anna, case=case, action="case.receive", on=on)
    return case_advance(actor=anna, case=case, action="case.accept_papers", on=on)


def booked_case(cast: Cast, last: str = "Данилов", first: str = "Миша", at: time = time(9), day: date | None = None):
    """A case booked for a day, today unless told otherwise."""
    case = ready_case(cast, last, first)
    day = day or today()
    slot = Slot.objects.create(
        organisation=cast.commission, place=place_of(cast), day=day, starts=at, ends=time(at.hour, 59)
    )
    booking = Booking.objects.create(organisation=cast.commission, case=case, slot=slot, booked_by=cast.anna)
    with transaction.atomic():
        entry_add(
            actor=cast.actor(cast.anna), series="booking", day=today(), subject=booking, content=booking_line(booking)
        )
    return case_advance(actor=cast.actor(cast.anna), case=case, action="case.book", on=today(), due_on=day)


def planned(cast: Cast, *cases: Case) -> Session:
    """The session of today with the day list of the bookings made so far."""
    return services.session_plan(actor=cast.actor(cast.anna), day=today(), place=place_of(cast), on=today())


def arrived(cast: Cast, last: str = "Данилов", first: str = "Миша") -> Visit:
    """A child who has come to the session of today and waits."""
    case = booked_case(cast, last, first)
    return services.case_arrive(actor=cast.actor(cast.anna), case=case, on=today())


def post_of(user) -> Position:
    return Position.objects.filter(user=user).earliest("pk")


def words(answer) -> str:
    """The page with plain spaces, as a reader sees it."""
    return answer.content.decode().replace("\u00a0", " ")


def sheet_begun(cast: Cast, user, visit: Visit) -> Examination:
    return services.examination_start(actor=cast.actor(user), visit=visit, position=post_of(user))


def write(cast: Cast, user, sheet: Examination, kind: str, text: str):
    """Write into the first section of a kind as a specialist does."""
    asked = next(one for one in services.sheet_of(sheet).sections if one.kind == kind)
    section = sheet.sections.get(code=asked.code)
    return services.section_write(actor=cast.actor(user), section=section, text=text, base_version=section.version)


def finished(cast: Cast, user, visit: Visit, conclusion: str = "Нуждается в занятиях.") -> Examination:
    sheet = sheet_begun(cast, user, visit)
    write(cast, user, sheet, "conclusion", conclusion)
    return services.examination_finish(actor=cast.actor(user), examination=sheet)
