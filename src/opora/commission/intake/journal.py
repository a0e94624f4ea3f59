"""A line of the journal of booking: the eleven columns of annex 2.12 as they stand on the day."""

from __future__ import annotations

from opora.foundation.registers.models import Entry
from opora.people.children.models import Child

from .facts import edition_of, present_enrolment
from .models import Application, Booking

SERIES = "booking"


def booking_line(booking: Booking) -> dict[str, str]:
    """The columns of the journal, ready strings; dates are ISO."""
    child = booking.case.child
    application = Application.objects.select_related("applicant", "referred_by", "case").get(case=booking.case)
    enrolment = present_enrolment(child)
    slot = booking.slot
    return {
        "day": slot.day.isoformat(),
        "time": f"{slot.starts:%H:%M}",
        "place": slot.place.title,
        "child_name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "guardian_name": application.applicant.full_name,
        "contacts": application.applicant.contacts,
        "school": str(enrolment) if enrolment else "",
        "referred_by": referred_words(application),
        "diagnosis": diagnosis_words(child),
        "disability": disability_words(child, booking),
        "request": application.request or application.reason,
    }


def referred_words(application: Application) -> str:
    """Who has sent the child and whether there is a paper: «Школа № 7, направление есть»."""
    initiators = {choice.code: choice.title for choice in edition_of(application.case).vocabulary("initiator").choices}
    sender = (
        application.referred_by.short_name if application.referred_by else initiators.get(application.initiator, "")
    )
    if application.initiator == "parent" and application.referred_by is None:
        return sender
    return f"{sender}, {'направление есть' if application.has_referral else 'направления нет'}"


def diagnosis_words(child: Child) -> str:
    """Diagnoses as the medical papers give them."""
    return "; ".join(str(one) for one in child.diagnoses.all())


def disability_words(child: Child, booking: Booking) -> str:
    """Disability in force on the day of the visit."""
    return "; ".join(str(one) for one in child.disabilities.all() if one.is_valid_on(booking.slot.day))


def last_entry(booking: Booking) -> Entry | None:
    """The latest line of the journal about a booking."""
    lines = Entry.objects.filter(organisation_id=booking.organisation_id).about(booking)
    return lines.filter(series__code=SERIES).order_by("-pk").first()
