"""What the stories of the reception start from."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils import timezone

from opora.commission.intake import services
from opora.commission.intake.models import Place, Slot
from opora.people.children.models import Enrolment, Guardianship


def today():
    return timezone.localdate()


def mother_of(child):
    return Guardianship.objects.get(child=child).guardian


def apply(cast, child, *, on=None, **fields):
    """Анна takes the application of the mother."""
    fields = {"reason": "Трудности в обучении"} | fields
    return services.application_submit(
        actor=cast.actor(cast.anna), child=child, applicant=mother_of(child), on=on or today(), **fields
    )


def receive(cast, case):
    """Signed application and both consents are there."""
    day = today()
    return services.application_receive(
        actor=cast.actor(cast.anna),
        case=case,
        on=day,
        application_on=day,
        consent_child_on=day,
        consent_guardian_on=day,
    )


def bring_everything(cast, case):
    for paper in case.papers.missing():
        services.paper_receive(actor=cast.actor(cast.anna), paper=paper, on=today())


def ready(cast, child, **fields):
    """A case whose papers are accepted."""
    case = receive(cast, apply(cast, child, **fields))
    bring_everything(cast, case)
    return services.papers_accept(actor=cast.actor(cast.anna), case=case, on=today())


def to_school(cast, child, level=Enrolment.Level.PRIMARY):
    return Enrolment.objects.create(
        organisation=child.organisation, child=child, school=cast.school, level=level, group="1 «А»"
    )


def place_of(organisation, title="Кабинет № 3"):
    return Place.objects.create(organisation=organisation, title=title)


def slot_at(place, day=None, hour=10, seat=1):
    return Slot.objects.create(
        organisation=place.organisation, place=place, day=day or today() + timedelta(days=2),
        starts=time(hour), ends=time(hour + 1), seat=seat,
    )  # fmt: skip


DAY = date(2026, 11, 23)
