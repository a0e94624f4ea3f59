"""Where the child studies, the family, registration with prevention bodies (C-01, C-04)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.people.children import events, validation
from opora.people.children.models import Child, Enrolment, Family, PreventionRecord

from .rows import own, revise, tidied

ELSEWHERE = (Enrolment.Level.NONE, Enrolment.Level.EARLY)


class EnrolmentFields(TypedDict, total=False):
    """Fields of `Enrolment` beside the school and the level."""

    group: str
    class_teacher: str
    programme: str
    study_form: str
    history: str


@transaction.atomic
def enrolment_set(
    *,
    actor: Actor,
    child: Child,
    level: str,
    school: Organisation | None = None,
    started_on: date | None = None,
    **fields: Unpack[EnrolmentFields],
) -> Enrolment:
    """Write down where the child studies now; the place before it ends, and its row stays as history."""
    require(actor, "child.change")
    own(actor, child)
    today = timezone.localdate()
    validation.not_in_future(started_on, today, "started_on")
    if school is None and level not in ELSEWHERE:
        raise Refusal("no_school", "Укажите организацию или выберите «не посещает организацию».", field="school")
    before = Enrolment.objects.filter(child=child, ended_on__isnull=True)
    present = before.first()
    if present and present.started_on and started_on and started_on < present.started_on:
        raise Refusal("earlier", "Ребёнок перешёл сюда раньше, чем на прежнее место.", field="started_on")
    before.update(ended_on=started_on or today)
    row = Enrolment(organisation=actor.at, child=child, school=school, level=level, started_on=started_on)
    revise(row, tidied(fields))
    row.full_clean()
    row.save()
    record(events.ENROLMENT_SET, actor=actor, subject=row, person_id=child.public_id)
    return row


@transaction.atomic
def enrolment_change(
    *,
    actor: Actor,
    enrolment: Enrolment,
    level: str,
    school: Organisation | None,
    started_on: date | None = None,
    **fields: Unpack[EnrolmentFields],
) -> Enrolment:
    """Mend or complete the present place of study: a new class, a teacher, a programme."""
    require(actor, "child.change")
    own(actor, enrolment)
    validation.not_in_future(started_on, timezone.localdate(), "started_on")
    if school is None and level not in ELSEWHERE:
        raise Refusal("no_school", "Укажите организацию или выберите «не посещает организацию».", field="school")
    values = {**tidied(fields), "level": level, "school": school, "started_on": started_on}
    changed = revise(enrolment, values)
    if changed:
        enrolment.full_clean()
        enrolment.save()
        record(
            events.ENROLMENT_CHANGED, actor=actor, subject=enrolment, person_id=enrolment.person_id,
            fields=", ".join(changed),
        )  # fmt: skip
    return enrolment


@transaction.atomic
def enrolment_end(*, actor: Actor, enrolment: Enrolment, ended_on: date) -> Enrolment:
    """The child no longer studies there, and it is not known where it goes."""
    require(actor, "child.change")
    own(actor, enrolment)
    validation.period(enrolment.started_on, ended_on, timezone.localdate())
    enrolment.ended_on = ended_on
    enrolment.save(update_fields=["ended_on"])
    record(events.ENROLMENT_ENDED, actor=actor, subject=enrolment, person_id=enrolment.person_id)
    return enrolment


@transaction.atomic
def school_by_name(*, actor: Actor, name: str, level: str) -> Organisation | None:
    """The school or kindergarten of this name from the directory, or a new line of it; None for a blank name."""
    require(actor, "child.change")
    wanted = validation.title(name)
    if not wanted:
        return None
    known = Organisation.objects.education()
    found = known.filter(short_name=wanted).first() or known.filter(full_name=wanted).first()
    if found is None:
        found = next((one for one in known if wanted.lower() in (one.short_name.lower(), one.full_name.lower())), None)
    if found is not None:
        return found
    preschool = level in (Enrolment.Level.PRESCHOOL, Enrolment.Level.EARLY)
    kind = Organisation.Kind.KINDERGARTEN if preschool else Organisation.Kind.SCHOOL
    school = Organisation(kind=kind, full_name=wanted, short_name=wanted[:120])
    try:
        school.full_clean()
    except ValidationError as error:
        raise Refusal("school", "Название слишком длинное: не больше 400 знаков.", field="school") from error
    school.save()
    record(events.SCHOOL_ADDED, actor=actor, subject=school)
    return school


@transaction.atomic
def family_save(
    *,
    actor: Actor,
    child: Child,
    kinds: Sequence[str] = (),
    children_count: int | None = None,
    home_language: str = "",
    notes: str = "",
) -> Family:
    """Write down what the commission asks about the family. `kinds` are codes of the edition's family lists."""
    require(actor, "child.change")
    own(actor, child)
    row = Family.objects.filter(child=child).first() or Family(organisation=actor.at, child=child)
    changed = revise(
        row,
        {
            "kinds": list(kinds),
            "children_count": children_count,
            "home_language": validation.tidy(home_language),
            "notes": notes.replace("\r\n", "\n").strip(),
        },
    )
    if changed or row.pk is None:
        row.full_clean()
        row.save()
        record(
            events.FAMILY_SAVED,
            actor=actor,
            subject=row,
            person_id=child.public_id,
            fields=", ".join(changed),
        )
    return row


@transaction.atomic
def prevention_add(
    *, actor: Actor, child: Child, body: str, started_on: date | None = None, ended_on: date | None = None
) -> PreventionRecord:
    """Write down registration with a prevention body; one body keeps one open record of a child."""
    require(actor, "child.risk")
    own(actor, child)
    today = timezone.localdate()
    validation.not_in_future(started_on, today, "started_on")
    validation.period(started_on, ended_on, today)
    running = PreventionRecord.objects.filter(child=child, body=body, ended_on__isnull=True)
    if ended_on is None and running.exists():
        raise Refusal("running", "Этот учёт уже внесён и не снят.", field="body")
    row = PreventionRecord(organisation=actor.at, child=child, body=body, started_on=started_on, ended_on=ended_on)
    row.full_clean()
    row.save()
    record(
        events.PREVENTION_ADDED,
        actor=actor,
        subject=row,
        person_id=child.public_id,
        body=row.get_body_display(),
    )
    return row


@transaction.atomic
def prevention_end(*, actor: Actor, prevention: PreventionRecord, ended_on: date) -> PreventionRecord:
    """Write down that the child is no longer registered with the body."""
    require(actor, "child.risk")
    own(actor, prevention)
    validation.period(prevention.started_on, ended_on, timezone.localdate())
    prevention.ended_on = ended_on
    prevention.full_clean()
    prevention.save()
    record(
        events.PREVENTION_ENDED, actor=actor, subject=prevention, person_id=prevention.person_id,
        body=prevention.get_body_display(),
    )  # fmt: skip
    return prevention
