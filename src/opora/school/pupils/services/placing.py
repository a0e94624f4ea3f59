"""A child's place in a class. People's `Enrolment` is written along with it, so that forms read one home."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Child, Enrolment
from opora.people.children.services import enrolment_change, enrolment_end, enrolment_set, school_by_name

from .. import events
from ..leaving import pupil_leaves
from ..models import Placement, SchoolClass

ONE_DAY = timedelta(days=1)


@transaction.atomic
def pupil_place(*, actor: Actor, child: Child, school_class: SchoolClass, on: date | None = None) -> Placement:
    """Put a child into a class from a day on; the place before it ends the day before.

    Raises Refusal for a day to come, one before the present place began, and for the class that the child is in.
    """
    require(actor, "class.keep")
    require_own(actor, child)
    require_own(actor, school_class)
    day = on or timezone.localdate()
    _not_to_come(day)
    before = Placement.objects.present().select_for_update(of=("self",)).filter(child=child).first()
    if before is not None:
        _end_before(before, school_class, day)
    place = Placement(organisation=actor.at, child=child, school_class=school_class, started_on=day)
    place.full_clean()
    place.save()
    _enrol(actor, child, school_class, day)
    told = {"title": school_class.title, "since": f"{day:%d.%m.%Y}"}
    if before is not None:
        record(
            events.PUPIL_MOVED, actor=actor, subject=place, person_id=child.public_id,
            before=before.school_class.title, **told,
        )  # fmt: skip
    else:
        record(events.PUPIL_PLACED, actor=actor, subject=place, person_id=child.public_id, **told)
    return place


@transaction.atomic
def pupil_leave(*, actor: Actor, child: Child, on: date | None = None, destination: str = "") -> Placement:
    """The child leaves the school after a last day; `destination` is the title of the next organisation, if known.

    Upper rooms end what they have under way (`leaving.py`). Raises Refusal for a child who is in no class.
    """
    require(actor, "class.keep")
    require_own(actor, child)
    day = on or timezone.localdate()
    _not_to_come(day)
    place = Placement.objects.present().select_for_update(of=("self",)).filter(child=child).first()
    if place is None:
        raise Refusal("no_class", "Ребёнок сейчас не числится ни в одном классе.")
    if day < place.started_on:
        raise Refusal("earlier", f"В этом классе ребёнок с {place.started_on:%d.%m.%Y}.", field="on")
    place.ended_on = day
    place.save(update_fields=["ended_on"])
    _end_enrolment(actor, child, place.school_class.level, day, destination)
    pupil_leaves(actor, child, day)
    record(
        events.PUPIL_LEFT, actor=actor, subject=place, person_id=child.public_id, title=place.school_class.title,
        on=f"{day:%d.%m.%Y}",
    )  # fmt: skip
    return place


def _end_before(before: Placement, school_class: SchoolClass, day: date) -> None:
    if before.school_class_id == school_class.pk:
        raise Refusal("same_class", f"Ребёнок уже учится в классе {school_class.title}.", field="school_class")
    if day < before.started_on:
        raise Refusal("earlier", f"В прежнем классе ребёнок с {before.started_on:%d.%m.%Y}.", field="on")
    if day == before.started_on:  # put into a wrong class that very day: nothing is left to remember
        before.delete()
        return
    before.ended_on = day - ONE_DAY
    before.save(update_fields=["ended_on"])


def _enrol(actor: Actor, child: Child, room: SchoolClass, day: date) -> None:
    teacher = room.teacher.user.full_name if room.teacher else ""
    present = Enrolment.objects.filter(child=child, ended_on__isnull=True).first()
    here = present is not None and present.school_id == actor.at.pk and present.level == room.level
    if present is not None and here:
        enrolment_change(
            actor=actor, enrolment=present, level=room.level, school=actor.at, started_on=present.started_on,
            group=room.title, class_teacher=teacher,
        )  # fmt: skip
        return
    since = day if present is None or not present.started_on or present.started_on <= day else present.started_on
    enrolment_set(
        actor=actor, child=child, level=room.level, school=actor.at, started_on=since, group=room.title,
        class_teacher=teacher, programme=present.programme if present else "",
        study_form=present.study_form if present else "", history=present.history if present else "",
    )  # fmt: skip


def _end_enrolment(actor: Actor, child: Child, level: str, day: date, destination: str) -> None:
    present = Enrolment.objects.filter(child=child, ended_on__isnull=True).first()
    if present is None or present.school_id != actor.at.pk:
        return
    since = max(day, present.started_on) if present.started_on else day
    if destination.strip():
        school = school_by_name(actor=actor, name=destination, level=level)
        enrolment_set(actor=actor, child=child, level=level, school=school, started_on=since)
    else:
        enrolment_end(actor=actor, enrolment=present, ended_on=since)


def _not_to_come(day: date) -> None:
    if day > timezone.localdate():
        raise Refusal("future", "Эта дата ещё не наступила.", field="on")
