"""A letter to the parent: which papers are still missing (annexes 2.1, 2.12), in plain words."""

from __future__ import annotations

from datetime import date

from opora.commission.cases.models import Case
from opora.commission.intake.missing import MissingPaper as Wanted
from opora.commission.intake.missing import wanted_papers
from opora.commission.intake.models import Booking
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Guardian, Sex
from opora.people.naming import NameCase
from opora.records.documents.forms.missing_papers.form import MissingPaper, MissingPapersData

from .persons import applicant_of, letterhead, name_in, upper_first


def build(case: Case, actor: Actor, on: date) -> MissingPapersData:
    """Obligatory papers that are not there, those that came with a remark, those asked for only if they exist.

    Raises Refusal when nothing is missing: the letter would frighten for nothing.
    """
    wanted = wanted_papers(case)
    if not wanted["missing"] and not wanted["to_correct"]:
        raise Refusal("nothing_missing", "Все обязательные документы на месте: письмо родителю не нужно.")
    data: MissingPapersData = {
        "letterhead": letterhead(case.organisation),
        "number": "",
        "date": on.isoformat(),
        "child_name": name_in(case.child, NameCase.GENITIVE),
        "missing": [_line(one) for one in wanted["missing"]],
        "to_correct": [{"title": upper_first(one.title), "why": one.note} for one in wanted["to_correct"]],
        "welcome": [_line(one) for one in wanted["welcome"]],
        "contact_phone": case.organisation.phone,
        "contact_name": "",
        "signer_position": _position_of(actor, case),
        "signer_name": actor.user.short_name if actor.user else "",
    }
    guardian = applicant_of(case)
    if guardian is not None:
        data["addressee"] = name_in(guardian, NameCase.DATIVE)
        data["greeting"] = _greeting(guardian)
    _appointment(data, case)
    return data


def _line(one: Wanted) -> MissingPaper:
    why = ". ".join(filter(None, (one.plain.rstrip("."), one.note)))
    return {"title": upper_first(one.title), "why": f"{why}." if why else ""}


def _greeting(guardian: Guardian) -> str:
    dear = "Уважаемая" if guardian.sex == Sex.FEMALE else "Уважаемый"
    return f"{dear} {' '.join(filter(None, (guardian.first_name, guardian.middle_name)))}!"


def _appointment(data: MissingPapersData, case: Case) -> None:
    booked = case.bookings.filter(state=Booking.State.BOOKED).select_related("slot__place").first()
    if booked is None:
        return
    place = booked.slot.place
    data["appointment_date"] = booked.slot.day.isoformat()
    data["appointment_time"] = f"{booked.slot.starts:%H:%M}"
    data["appointment_place"] = ", ".join(filter(None, (place.title, place.address)))
    data["bring_until"] = booked.slot.day.isoformat()


def _position_of(actor: Actor, case: Case) -> str:
    if actor.user is None:
        return ""
    held = Position.objects.filter(organisation=case.organisation, user=actor.user).order_by("pk").first()
    return upper_first(held.caption) if held else ""
