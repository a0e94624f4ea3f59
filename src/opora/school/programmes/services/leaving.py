"""The one door for writes when a child leaves in the middle of a programme: it is closed and handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.registers.services import canonical, sha256
from opora.foundation.ui.typography import long_date
from opora.foundation.vault.cipher import SealBroken

from .. import events
from ..flow import Status
from ..models import Mark, Observation, Programme, ProgrammeHandover
from ..writing import programme_content
from .steps import programme_lock

FORMAT = "opora-programme-handover/1"
DEED = "Обучающийся выбыл: программа закрыта"


@transaction.atomic
def programme_close(*, actor: Actor, programme: Programme, on: date) -> ProgrammeHandover | None:
    """End a programme because its child has left; of one that runs, prepare the package for the next school.

    No step of `flow.py`: nobody decides it, it follows from the child's leaving, and so does the right to it. Called
    by `leaving.py` inside that deed. Returns None for a programme that was never approved. Raises PermissionDenied.
    """
    require(actor, "class.keep")
    fresh = programme_lock(programme, actor)
    if fresh.is_over:
        return None
    ran = fresh.status == Status.RUNNING
    fresh.status, fresh.status_since, fresh.finished_on = Status.CANCELLED, on, on
    fresh.decision = f"Обучающийся выбыл из организации {long_date(on)}"
    fresh.full_clean(validate_constraints=False)
    fresh.save(update_fields=["status", "status_since", "finished_on", "decision"])
    record(
        events.PROGRAMME_MOVED, actor=actor, subject=fresh, person_id=fresh.person_id, action="pupil.leave", deed=DEED,
        status=str(Status.CANCELLED),
    )  # fmt: skip
    return _prepare(actor, fresh, on) if ran else None


def _prepare(actor: Actor, programme: Programme, on: date) -> ProgrammeHandover:
    marks, observations = _marks(programme), _observations(programme)
    archive = canonical(
        {
            "format": FORMAT,
            "child": programme.person_id,
            "from": programme.organisation.full_name,
            "closed_on": on,
            "approved": programme.snapshot.sha256 if programme.snapshot else "",
            "programme": {**programme_content(actor, programme, on, with_results=True), **_class_left(programme)},
            "marks": marks,
            "observations": observations,
        }
    )
    made = ProgrammeHandover(
        organisation=actor.at, programme=programme, prepared_on=on, archive=archive, sha256=sha256(archive),
        marks=len(marks), observations=len(observations), prepared_by=actor.person,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(events.HANDOVER_PREPARED, actor=actor, subject=programme, person_id=made.person_id, sha256=made.sha256)
    return made


def _class_left(programme: Programme) -> dict[str, Any]:
    """The class as it was when the programme was approved: the place in it has just ended."""
    frozen = programme.snapshot.content if programme.snapshot else {}
    return {key: frozen[key] for key in ("school_class", "class_teacher") if key in frozen}


def _marks(programme: Programme) -> list[dict[str, Any]]:
    rows = Mark.objects.filter(organisation=programme.organisation_id, activity__programme=programme)
    found = rows.select_related("activity__programme__child", "marked_by").order_by("activity__order", "on", "pk")
    return [
        {
            "activity": one.activity.title, "on": one.on, "state": one.get_state_display(), "result": one.result,
            "recommendation": one.recommendation, "by": one.marked_by.full_name,
        }
        for one in found
    ]  # fmt: skip


def _observations(programme: Programme) -> list[dict[str, Any]]:
    rows = Observation.objects.filter(organisation=programme.organisation_id, programme=programme)
    found = rows.select_related("programme__child", "criterion__programme__child").order_by("on", "pk")
    return [
        {
            "criterion": one.criterion.title if one.criterion else "", "on": one.on,
            "voice": one.get_voice_display(), "value": None if one.value is None else str(one.value),
            "scale": one.criterion.get_scale_display() if one.criterion else "", "words": one.words, "who": one.who,
            "at_end": one.at_end,
        }
        for one in found
    ]  # fmt: skip


def handover_is_whole(handover: ProgrammeHandover) -> bool:
    """Whether the archive still has the hash with which it was sealed."""
    try:
        return sha256(handover.archive) == handover.sha256
    except SealBroken:
        return False
