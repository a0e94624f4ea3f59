"""The director approves: number, frozen paper, line of the register. And the end before the end (K-10)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze

from ..content import FORM
from ..flow import transition
from ..models import Programme, ProgrammeVersion
from ..plan import findings_of
from ..writing import programme_content
from .steps import programme_advance, programme_lock, step_require
from .versions import version_keep

SERIES = "support-programme"


@transaction.atomic
def programme_approve(*, actor: Actor, programme: Programme, on: date) -> Programme:
    """Approve an agreed programme: it takes its number, is frozen as the form of the annex, and begins to run.

    Raises PermissionDenied, Refusal: for another state, for what blocks it meanwhile (a curator who has left), for a
    director without a post.
    """
    require(actor, "programme.approve")
    fresh = programme_lock(programme, actor)
    row = step_require(fresh, "programme.approve")
    blocks = [one for one in findings_of(actor, fresh, on, final=True) if one.is_block]
    if blocks:
        raise Refusal(blocks[0].code, blocks[0].message, blocks[0].clause)
    post = Position.objects.visible_to(actor).held_on(on).filter(user=actor.user, role=Role.DIRECTOR).first()
    if post is None and actor.user is not None:
        raise Refusal("no_post", "Утверждает тот, кто работает директором сегодня.", row.clause)
    fresh.number, fresh.year = number_next(actor=actor, series=SERIES, day=on), on.year
    fresh.approved_by, fresh.approved_on = post, on
    content = programme_content(actor, fresh, on)
    snapshot = snapshot_freeze(actor=actor, form=FORM, subject=fresh, content=dict(content), person_id=fresh.person_id)
    entry_add(
        actor=actor, series=SERIES, day=on, subject=fresh,
        content={
            "child_name": content["child_name"], "birth_date": content["birth_date"],
            "school_class": content["school_class"], "protocol": content["protocol"], "starts_on": content["starts_on"],
            "ends_on": content["ends_on"], "curator": content["curator"]["name"], "snapshot": snapshot.sha256,
        },
    )  # fmt: skip
    fresh.snapshot = snapshot
    fresh.full_clean(validate_constraints=False)
    fresh.save(update_fields=["number", "year", "approved_by", "approved_on", "snapshot"])
    moved = programme_advance(actor=actor, programme=fresh, action="programme.approve", on=on)
    version_keep(actor=actor, programme=moved, on=on, why="Утверждена", stage=ProgrammeVersion.Stage.APPROVED)
    return moved


@transaction.atomic
def programme_cancel(*, actor: Actor, programme: Programme, on: date, reason: str) -> Programme:
    """End a programme before its end: the family's wish, or the child moves to another school. Raises Refusal."""
    require(actor, "programme.cancel")
    if not reason.strip():
        raise Refusal(
            "no_reason", "Напишите, почему программа прекращается.", transition("programme.cancel").clause,
            field="reason",
        )  # fmt: skip
    moved = programme_advance(actor=actor, programme=programme, action="programme.cancel", on=on)
    moved.decision, moved.finished_on = reason.strip(), on
    moved.full_clean(validate_constraints=False)
    moved.save(update_fields=["decision", "finished_on"])
    return moved
