"""Who is invited to the talk about a child: colleagues, outside specialists, representatives (K-02)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Guardian

from .. import events
from ..models import AgendaItem, Participant
from .locking import item_lock, keeper_require, not_over_require, writable_require

LETTER = "Методические рекомендации по ИПС"


@transaction.atomic
def participant_invite(
    *, actor: Actor, item: AgendaItem, kind: str, position: Position | None = None, guardian: Guardian | None = None,
    body: Organisation | None = None, name: str = "", competence: str = "", through_commission: bool = False,
    invited_on: date | None = None,
) -> Participant:  # fmt: skip
    """Invite a colleague, an outside specialist or a representative to the talk about one child.

    A specialist of a body of prevention comes through КДНиЗП. Raises Refusal: nobody named, a stranger's guardian.
    """
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    not_over_require(fresh.meeting)
    _require_named(actor, fresh, kind, position, guardian, body, name)
    row = Participant(
        organisation=actor.at, item=fresh, kind=kind, position=position, guardian=guardian, body=body,
        name=name.strip(), competence=competence.strip(), through_commission=through_commission,
        invited_on=invited_on,
    )  # fmt: skip
    row.full_clean()
    row.save()
    record(
        events.PARTICIPANT_INVITED, actor=actor, subject=fresh, person_id=fresh.person_id, kind=row.get_kind_display()
    )
    return row


def _require_named(
    actor: Actor, item: AgendaItem, kind: str, position: Position | None, guardian: Guardian | None,
    body: Organisation | None, name: str,
) -> None:  # fmt: skip
    if kind == Participant.Kind.STAFF:
        if position is None or not Position.objects.visible_to(actor).filter(pk=position.pk).exists():
            raise Refusal("nobody", "Выберите сотрудника.", LETTER, field="position")
        if item.participants.filter(position=position).exists():
            raise Refusal("twice", "Этот сотрудник уже приглашён.", field="position")
    elif kind == Participant.Kind.GUARDIAN:
        known = item.child.guardianships.filter(guardian=guardian, ended_on__isnull=True) if guardian else None
        if known is None or not known.exists():
            raise Refusal("nobody", "Выберите представителя этого ребёнка.", LETTER, field="guardian")
        if item.participants.filter(guardian=guardian).exists():
            raise Refusal("twice", "Этот представитель уже приглашён.", field="guardian")
    elif body is None and not name.strip():
        raise Refusal("nobody", "Назовите организацию или специалиста.", LETTER, field="name")


@transaction.atomic
def participant_mark(
    *, actor: Actor, participant: Participant, is_present: bool, invited_on: date | None = None
) -> Participant:
    """Tick whether an invited person came; with `invited_on` also the day of the invitation."""
    require(actor, "meeting.run")
    fresh = item_lock(participant.item, actor)
    keeper_require(actor, fresh.meeting)
    writable_require(fresh)
    row = fresh.participants.select_for_update(of=("self",)).get(pk=participant.pk)
    row.is_present = is_present
    if invited_on is not None:
        row.invited_on = invited_on
    row.save(update_fields=["is_present", "invited_on"])
    record(
        events.PARTICIPANT_MARKED, actor=actor, subject=fresh, person_id=fresh.person_id, kind=row.get_kind_display()
    )
    return row


@transaction.atomic
def participant_remove(*, actor: Actor, participant: Participant) -> None:
    """Take an invitation back. Whoever was present stays on the record."""
    require(actor, "meeting.run")
    fresh = item_lock(participant.item, actor)
    keeper_require(actor, fresh.meeting)
    writable_require(fresh)
    if participant.is_present:
        raise Refusal("came", "Он присутствовал: сначала снимите отметку.")
    record(
        events.PARTICIPANT_REMOVED, actor=actor, subject=fresh, person_id=fresh.person_id,
        kind=participant.get_kind_display(),
    )  # fmt: skip
    fresh.participants.filter(pk=participant.pk).delete()
