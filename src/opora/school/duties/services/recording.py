"""A conclusion is brought, corrected, answered by the parents, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian
from opora.people.law import law_on

from .. import events
from ..checking import (
    require_days,
    require_no_diagnosis,
    require_presented_in_time,
    require_programme,
    require_representative,
)
from ..models import BroughtConclusion, SchoolDuty
from ..offers import DutyDraft, programme_words, with_obvious
from .duties import duties_keep

Answer = BroughtConclusion.ParentsAnswer


class BroughtFields(TypedDict):
    """What stands in the paper and what the parents say of it."""

    guardian: Guardian
    number: str
    signed_on: date
    brought_on: date
    has_limitations: bool
    commission: NotRequired[Organisation | None]
    commission_title: NotRequired[str]
    programme: NotRequired[str]
    orientation: NotRequired[str]
    programme_title: NotRequired[str]
    valid_until: NotRequired[date | None]
    next_on: NotRequired[date | None]
    note: NotRequired[str]
    parents_answer: NotRequired[str]
    parents_words: NotRequired[str]


@transaction.atomic
def brought_record(
    *,
    actor: Actor,
    child: Child,
    duties: Sequence[DutyDraft] = (),
    presented_before: bool = False,
    scan: StoredFile | None = None,
    **fields: Unpack[BroughtFields],
) -> BroughtConclusion:
    """Write a conclusion down with its duties; the programme and the next examination become duties by themselves.

    An older conclusion of the child ends by it. Raises Refusal for dates that contradict each other, a code of a
    diagnosis, a stranger instead of a representative, and the same conclusion twice.
    """
    require(actor, "duty.keep")
    require_own(actor, child)
    if scan is not None and scan.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот файл принадлежит другой организации.", field="scan")
    brought = BroughtConclusion(organisation=actor.at, child=child, recorded_by=actor.user, scan=scan)
    _fill(brought, dict(fields))
    _require(brought, presented_before)
    _replace_older(actor, brought)
    brought.full_clean(validate_constraints=False)  # the unique ones are said in words above
    brought.save()
    law = law_on(brought.brought_on)
    words = programme_words(law, brought.programme, brought.orientation, brought.programme_title)
    kept = duties_keep(actor, brought, with_obvious(duties, brought.programme, words, brought.next_on))
    record(
        events.BROUGHT_RECORDED, actor=actor, subject=brought, person_id=brought.person_id, count=len(kept)
    )  # fmt: skip
    return brought


@transaction.atomic
def brought_change(
    *, actor: Actor, brought: BroughtConclusion, presented_before: bool = False, **fields: Unpack[BroughtFields]
) -> BroughtConclusion:
    """Correct what was written down; a planned examination follows a new date. Raises Refusal as `brought_record`."""
    require(actor, "duty.keep")
    require_own(actor, brought)
    fresh = _locked(brought)
    before = {name: getattr(fresh, name) for name in fields}
    presented = presented_before or fresh.brought_on == fields["brought_on"]
    _fill(fresh, dict(fields))
    _require(fresh, presented)
    changed = sorted(name for name, value in before.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    fresh.full_clean()
    fresh.save()
    planned = fresh.duties.filter(kind=SchoolDuty.Kind.REEXAMINATION, state=SchoolDuty.State.PLANNED)
    if "next_on" in changed and fresh.next_on:
        planned.update(due_on=fresh.next_on)
    record(
        events.BROUGHT_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, fields=", ".join(changed)
    )  # fmt: skip
    return fresh


@transaction.atomic
def parents_answer_record(
    *, actor: Actor, brought: BroughtConclusion, answer: str, words: str = "", on: date | None = None
) -> BroughtConclusion:
    """Write down whether the parents agree to the conditions. Raises Refusal for a part that is not named."""
    require(actor, "duty.keep")
    require_own(actor, brought)
    fresh = _locked(brought)
    today = timezone.localdate()
    day = on or today
    if day > today or day < fresh.brought_on:
        raise Refusal("day", "Ответ дают не раньше, чем принесли заключение, и не позже сегодняшнего дня.", field="on")
    fresh.parents_answer, fresh.parents_words = Answer(answer), words.strip()
    fresh.answered_on = None if answer == Answer.WAITING else day
    _require_answer(fresh)
    fresh.full_clean()
    fresh.save()
    record(
        events.PARENTS_ANSWERED, actor=actor, subject=fresh, person_id=fresh.person_id,
        answer=str(Answer(answer).label),
    )  # fmt: skip
    return fresh


@transaction.atomic
def brought_end(*, actor: Actor, brought: BroughtConclusion, reason: str, on: date | None = None) -> BroughtConclusion:
    """The conclusion obliges no more: it expired, the child left, the parents refused. Its marks stay."""
    require(actor, "duty.keep")
    require_own(actor, brought)
    fresh = _locked(brought)
    day = on or timezone.localdate()
    if fresh.ended_on:
        raise Refusal("ended", f"Заключение не действует с {fresh.ended_on:%d.%m.%Y}.")
    if day > timezone.localdate() or day < fresh.brought_on:
        raise Refusal("day", "Укажите день между днём, когда принесли заключение, и сегодняшним.", field="on")
    _end(actor, fresh, BroughtConclusion.EndReason(reason), day)
    return fresh


def brought_leave(*, actor: Actor, brought: BroughtConclusion, on: date) -> None:
    """The pupil has left: called by `leaving.py` inside the deed that ends the place in the class."""
    _end(actor, brought, BroughtConclusion.EndReason.LEFT, max(on, brought.brought_on))


def _locked(brought: BroughtConclusion) -> BroughtConclusion:
    rows = BroughtConclusion.objects.select_for_update(of=("self",)).select_related("child", "guardian", "commission")
    return rows.get(pk=brought.pk)


def _fill(brought: BroughtConclusion, fields: dict[str, Any]) -> None:
    """Put typed values into the row; the day of the parents' answer is that of the paper unless known already."""
    for name, value in fields.items():
        setattr(brought, name, value.strip() if isinstance(value, str) else value)
    if brought.parents_answer == Answer.WAITING:
        brought.answered_on = None
    elif brought.answered_on is None:
        brought.answered_on = brought.brought_on


def _require(brought: BroughtConclusion, presented_before: bool) -> None:
    require_representative(brought.child, brought.guardian, brought.brought_on)
    if brought.guardian.organisation_id != brought.organisation_id:
        raise Refusal("stranger", "Этот человек внесён другой организацией.", field="guardian")
    if not brought.commission and not brought.commission_title:
        raise Refusal("commission", "Укажите, какая комиссия дала заключение.", field="commission_title")
    require_days(brought, timezone.localdate())
    require_presented_in_time(brought, presented_before)
    require_programme(brought)
    _require_answer(brought)
    require_no_diagnosis({name: getattr(brought, name) for name in ("number", "programme_title", "note")})
    same = BroughtConclusion.objects.filter(
        organisation=brought.organisation, child=brought.child, number=brought.number, signed_on=brought.signed_on
    )
    if same.exclude(pk=brought.pk).exclude(end_reason=BroughtConclusion.EndReason.MISTAKE).exists():
        raise Refusal("twice", "Это заключение уже внесено.", field="number")


def _require_answer(brought: BroughtConclusion) -> None:
    if brought.parents_answer == Answer.PARTLY and not brought.parents_words:
        raise Refusal("which", "Напишите, с какими условиями родители не согласны.", field="parents_words")
    require_no_diagnosis({"parents_words": brought.parents_words})


def _replace_older(actor: Actor, brought: BroughtConclusion) -> None:
    """The newer paper replaces the one in force; an older one is not taken on top of it."""
    older = BroughtConclusion.objects.select_for_update().filter(
        organisation=brought.organisation, child=brought.child, ended_on__isnull=True
    )
    for one in older:
        if one.signed_on > brought.signed_on:
            raise Refusal(
                "older", f"Уже внесено более позднее заключение, от {one.signed_on:%d.%m.%Y}.", field="signed_on"
            )  # fmt: skip
        _end(actor, one, BroughtConclusion.EndReason.REPLACED, max(brought.brought_on, one.brought_on))


def _end(actor: Actor, brought: BroughtConclusion, reason: BroughtConclusion.EndReason, day: date) -> None:
    brought.ended_on, brought.end_reason = day, reason
    brought.full_clean()
    brought.save(update_fields=["ended_on", "end_reason"])
    record(
        events.BROUGHT_ENDED, actor=actor, subject=brought, person_id=brought.person_id, reason=str(reason.label)
    )  # fmt: skip
