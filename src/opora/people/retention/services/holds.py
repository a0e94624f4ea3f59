"""A ban to destroy a card, its end by the head or on its day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.people.children.erasing import is_erased
from opora.people.children.models import Child

from .. import events
from ..models import CardKeeping, LegalHold

LIMIT = 500


def keeping_lock(organisation: Organisation, child: Child) -> CardKeeping:
    """The row that guards the card, locked until the end of the transaction; made with the first need of it."""
    CardKeeping.objects.get_or_create(organisation=organisation, child=child)
    return CardKeeping.objects.select_for_update().get(organisation=organisation, child=child)


def words_of(reason: str, field: str = "reason") -> str:
    """A reason as it is kept. Raises Refusal for an empty or a very long one."""
    words = reason.strip()
    if not words:
        raise Refusal("no_reason", "Напишите причину.", field=field)
    if len(words) > LIMIT:
        raise Refusal("long", f"Причина длиннее {LIMIT} знаков.", field=field)
    return words


@transaction.atomic
def hold_place(*, actor: Actor, child: Child, reason: str, until: date | None = None) -> LegalHold:
    """Forbid to destroy a card, until a day or until the head releases it.

    Raises Refusal without a reason, for a day that has passed, and for a card that is destroyed.
    """
    require(actor, "retention.hold")
    require_own(actor, child, even_frozen=True)
    words = words_of(reason)
    if is_erased(child):
        raise Refusal("erased", "Карта уже уничтожена.")
    if until is not None and until < timezone.localdate():
        raise Refusal("past", "Этот день уже прошёл.", field="until")
    keeping = keeping_lock(actor.at, child)
    hold = LegalHold(organisation=actor.at, child=child, reason=words, until=until, placed_by=actor.user)
    hold.full_clean()
    hold.save()
    keeping.holds += 1
    keeping.save(update_fields=["holds"])
    record(events.HOLD_PLACED, actor=actor, subject=hold, person_id=child.public_id)
    return hold


@transaction.atomic
def hold_release(*, actor: Actor, hold: LegalHold, reason: str) -> LegalHold:
    """The head ends a ban before its day. Raises Refusal without a reason and for an ended one."""
    require(actor, "retention.release")
    require_own(actor, hold, even_frozen=True)
    return _end(actor, hold, words_of(reason))


def hold_expire(actor: Actor, child: Child, on: date) -> int:
    """End the bans of a card whose day is past, in the caller's transaction; returns how many."""
    past = list(LegalHold.objects.of(actor.at).filter(child=child, released_at__isnull=True, until__lt=on))
    for hold in past:
        _end(actor, hold, "наступил день, до которого действовал запрет")
    return len(past)


def _end(actor: Actor, hold: LegalHold, words: str) -> LegalHold:
    keeping = keeping_lock(actor.at, hold.child)
    fresh = LegalHold.objects.select_for_update(of=("self",)).select_related("child").get(pk=hold.pk)
    if not fresh.is_in_force:
        raise Refusal("ended", "Этот запрет уже снят.")
    fresh.released_at, fresh.released_by, fresh.release_reason = timezone.now(), actor.user, words
    fresh.full_clean()
    fresh.save(update_fields=["released_at", "released_by", "release_reason"])
    keeping.holds -= 1
    keeping.save(update_fields=["holds"])
    record(events.HOLD_RELEASED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh
