"""The card of a child is frozen by a withdrawal and thawed by a new consent, or by lifting what was a mistake."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.erasing import is_erased
from opora.people.children.models import Child
from opora.people.children.search import name_index

from . import events
from .models import Consent, Withdrawal

GROUND = "согласие на обработку данных ребёнка отозвано (письмо ВК-1074/07, прил. 2.17)"


def stop(*, actor: Actor, child: Child, since: date) -> None:
    """Freeze the card, in the caller's transaction; one that is frozen already stays so."""
    _, made = Freeze.objects.get_or_create(
        organisation=actor.at, person_id=child.public_id, lifted_at=None,
        defaults={"ground": GROUND, "since": since, "recorded_by": actor.user},
    )  # fmt: skip
    if made:
        record(events.PROCESSING_STOPPED, actor=actor, subject=child, person_id=child.public_id)


def resume(*, actor: Actor, child: Child, reason: str) -> None:
    """Thaw the card, in the caller's transaction. Nothing happens to one that is not frozen.

    Withdrawals that were not carried out yet are overtaken by it. Raises Refusal for a card that was destroyed.
    """
    if is_erased(child):
        raise Refusal("erased", "Карта уничтожена по акту. Если семья обратилась снова, заведите новую.")
    waiting = Withdrawal.objects.of(actor.at).open().filter(consent__child=child)
    for one in waiting.filter(consent__kind=Consent.Kind.CHILD_DATA):
        close_lifted(actor, one, reason)
    frozen = Freeze.objects.of(actor.at).in_force().filter(person_id=child.public_id).first()
    if frozen is None:
        return
    frozen.lifted_at, frozen.lift_reason = timezone.now(), reason
    frozen.save(update_fields=["lifted_at", "lift_reason"])
    name_index(child)
    record(events.PROCESSING_RESUMED, actor=actor, subject=child, person_id=child.public_id)


def close_lifted(actor: Actor, withdrawal: Withdrawal, reason: str) -> None:
    """Mark a withdrawal that will not be carried out."""
    withdrawal.state, withdrawal.lift_reason = Withdrawal.State.LIFTED, reason
    withdrawal.lifted_at, withdrawal.lifted_by = timezone.now(), actor.user
    withdrawal.full_clean()
    withdrawal.save(update_fields=["state", "lift_reason", "lifted_at", "lifted_by"])
