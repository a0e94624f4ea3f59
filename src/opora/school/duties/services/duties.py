"""Duties of a brought conclusion: added, given to somebody, marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import may, require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_ROLES
from opora.foundation.audit.services import record
from opora.people.law import law_on

from .. import events
from ..checking import MOST_DUTIES, PARENTS_DECIDE, SCHOOL_CREATES, require_no_diagnosis
from ..models import BroughtConclusion, DutyMark, SchoolDuty
from ..offers import DutyDraft, completed, positions_of

State = SchoolDuty.State
AGREED = (BroughtConclusion.ParentsAnswer.AGREE, BroughtConclusion.ParentsAnswer.PARTLY)


@transaction.atomic
def duties_add(*, actor: Actor, brought: BroughtConclusion, duties: Sequence[DutyDraft]) -> list[SchoolDuty]:
    """Add conditions to a conclusion in force. Raises Refusal for an empty list, a diagnosis, a wrong day."""
    require(actor, "duty.keep")
    require_own(actor, brought)
    fresh = BroughtConclusion.objects.select_for_update().get(pk=brought.pk)
    _require_present(fresh)
    if not duties:
        raise Refusal("empty", "Напишите хотя бы одно условие.", field="lines")
    kept = duties_keep(actor, fresh, duties)
    record(events.DUTIES_ADDED, actor=actor, subject=brought, person_id=brought.person_id, count=len(kept))
    return kept


def duties_keep(actor: Actor, brought: BroughtConclusion, duties: Sequence[DutyDraft]) -> list[SchoolDuty]:
    """Save drafts under a conclusion, each with its person and day. Called by the services of the room alone."""
    if brought.duties.count() + len(duties) > MOST_DUTIES:
        raise Refusal("too_many", f"В одном заключении не больше {MOST_DUTIES} условий.", field="lines")
    last = brought.duties.order_by("-order").values_list("order", flat=True).first() or 0
    known = [*positions_of(actor, timezone.localdate())]
    ready = completed(
        duties, known, brought_on=brought.brought_on, next_on=brought.next_on, valid_until=brought.valid_until
    )  # fmt: skip
    kept: list[SchoolDuty] = []
    for number, one in enumerate(ready, start=last + 1):
        duty = SchoolDuty(
            organisation=brought.organisation, brought=brought, order=number, kind=one.kind, title=one.title.strip(),
            code=one.code, speciality=one.speciality, hours=one.hours, responsible=one.responsible,
            due_on=one.due_on or brought.brought_on,
        )  # fmt: skip
        _require_sound(actor, duty, "lines")
        duty.full_clean()
        duty.save()
        kept.append(duty)
    return kept


@transaction.atomic
def duty_change(
    *, actor: Actor, duty: SchoolDuty, title: str, responsible: Position | None, due_on: date,
    hours: Decimal | None = None,
) -> SchoolDuty:  # fmt: skip
    """Give a duty to somebody else, another day, other words. Raises Refusal as `duties_add`."""
    require(actor, "duty.keep")
    require_own(actor, duty)
    fresh = _locked(duty)
    _require_present(fresh.brought)
    new = {"title": title.strip(), "responsible": responsible, "due_on": due_on, "hours": hours}
    changed = sorted(name for name, value in new.items() if getattr(fresh, name) != value)
    for name, value in new.items():
        setattr(fresh, name, value)
    _require_sound(actor, fresh, "title", new_person="responsible" in changed)
    if not changed:
        return fresh
    fresh.full_clean()
    fresh.save()
    record(events.DUTY_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, fields=", ".join(changed))
    return fresh


@transaction.atomic
def duty_remove(*, actor: Actor, duty: SchoolDuty) -> None:
    """Take away a line that was entered by mistake. Raises Refusal once it is marked: then it stays for the control."""
    require(actor, "duty.keep")
    require_own(actor, duty)
    fresh = _locked(duty)
    _require_present(fresh.brought)
    if fresh.marks.exists():
        raise Refusal("marked", "Условие уже отмечали: его история остаётся. Измените формулировку или отметку.")
    record(events.DUTY_REMOVED, actor=actor, subject=fresh, person_id=fresh.person_id)
    fresh.delete()


@transaction.atomic
def duty_mark(
    *, actor: Actor, duty: SchoolDuty, state: str, on: date | None = None, reason: str = ""
) -> DutyMark:  # fmt: skip
    """Say how a condition stands; what is not created, or partly, needs its reason.

    The responsible person marks his own, those who keep conclusions mark all. Raises Refusal for a day in the future,
    a missing reason, and an adapted programme without the parents' word.
    """
    require(actor, "duty.mark")
    require_own(actor, duty)
    fresh = _locked(duty)
    _require_present(fresh.brought)
    if not may_mark(actor, fresh):
        raise PermissionDenied("Отмечает тот, кто отвечает за условие, или председатель консилиума.")
    today = timezone.localdate()
    day, value, words = on or today, State(state), reason.strip()
    if day > today or day < fresh.brought.brought_on:
        raise Refusal(
            "day", "Отметка бывает не раньше, чем принесли заключение, и не позже сегодняшнего дня.", field="on"
        )
    if value in (State.PARTLY, State.NOT_CREATED) and not words:
        raise Refusal("why", "Напишите, почему условие не создано и что для этого нужно.", SCHOOL_CREATES, "reason")
    require_no_diagnosis({"reason": words})
    _require_parents(fresh, value)
    mark = DutyMark(
        organisation=fresh.organisation, duty=fresh, state=value, on=day, reason=words, marked_by=actor.user
    )  # fmt: skip
    mark.full_clean()
    mark.save()
    fresh.state, fresh.state_on = value, day
    fresh.full_clean()
    fresh.save(update_fields=["state", "state_on"])
    record(events.DUTY_MARKED, actor=actor, subject=fresh, person_id=fresh.person_id, state=str(value.label))
    return mark


def may_mark(actor: Actor, duty: SchoolDuty) -> bool:
    """Whether the actor answers for the duty or keeps all of them."""
    if may(actor, "duty.keep"):
        return True
    return bool(duty.responsible and actor.user and duty.responsible.user_id == actor.user.pk)


def _locked(duty: SchoolDuty) -> SchoolDuty:
    rows = SchoolDuty.objects.select_for_update(of=("self",)).select_related("brought__child", "responsible")
    return rows.get(pk=duty.pk)


def _require_present(brought: BroughtConclusion) -> None:
    if brought.ended_on:
        raise Refusal("ended", f"Заключение не действует с {brought.ended_on:%d.%m.%Y}: его условия только читают.")


def _require_sound(actor: Actor, duty: SchoolDuty, field: str, *, new_person: bool = True) -> None:
    if not duty.title:
        raise Refusal("title", "Напишите, что нужно создать.", field=field)
    if len(duty.title) > 1000:
        raise Refusal("title", "Условие длиннее 1000 знаков: разделите его на несколько.", field=field)
    require_no_diagnosis({field: duty.title})
    if duty.due_on < duty.brought.brought_on:
        raise Refusal("day", "Срок раньше, чем принесли заключение.", field="due_on")
    person = duty.responsible
    if person is None or not new_person:
        return
    gone = person.ended_on is not None and person.ended_on < timezone.localdate()
    if person.organisation_id != actor.at.pk or person.role not in SCHOOL_ROLES or gone:
        raise Refusal("responsible", "Этот сотрудник здесь уже не работает: выберите другого.", field="responsible")


def _require_parents(duty: SchoolDuty, value: SchoolDuty.State) -> None:
    """An adapted programme is taught with the parents' consent alone."""
    if duty.kind != SchoolDuty.Kind.PROGRAMME or value not in (State.CREATED, State.PARTLY) or not duty.code:
        return
    known = {one.code: one for one in law_on(duty.brought.brought_on).programmes}
    adapted = duty.code in known and known[duty.code].adapted
    if adapted and duty.brought.parents_answer not in AGREED:
        raise Refusal(
            "parents", "По адаптированной программе учат только с согласия родителей: сначала запишите их ответ.",
            PARENTS_DECIDE,
        )  # fmt: skip
