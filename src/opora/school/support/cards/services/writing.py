"""The words of a card: difficulties and aims as they are typed, what is seen in the child's development."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.worksheets.services import SaveResult, section_save

from .. import events
from ..models import CardNote, CardSection, SupportCard
from .deciding import may_ask

OVER = "Карта уже не ведётся: её только читают."


@transaction.atomic
def section_write(
    *, actor: Actor, section: CardSection, text: str, base_version: int, settled: bool = False
) -> SaveResult[CardSection]:
    """Save difficulties or aims while they are typed. Raises PermissionDenied, Refusal for a card that is over."""
    require(actor, "card.write")
    require_own(actor, section)
    if not may_ask(actor, section.card):
        raise PermissionDenied("Карту пишет тот, кто её ведёт, или руководитель Службы.")
    if not section.card.in_work:
        raise Refusal("over", OVER)
    return section_save(actor=actor, section=section, text=text, base_version=base_version, settled=settled)


@transaction.atomic
def note_add(
    *, actor: Actor, card: SupportCard, sphere: str, dynamics: str, text: str = "", on: date | None = None
) -> CardNote:
    """Write down what is seen in one sphere. Raises Refusal for a card that is not led or a day outside it."""
    require(actor, "card.write")
    require_own(actor, card)
    day = on or timezone.localdate()
    fresh = SupportCard.objects.get(pk=card.pk)
    if fresh.state != SupportCard.State.OPEN or fresh.opened_on is None:
        raise Refusal("state", "Динамику записывают в карту, которая ведётся.")
    if not fresh.proposed_on <= day <= timezone.localdate():
        raise Refusal("day", "Укажите день не раньше карты и не позже сегодняшнего.", field="on")
    note = CardNote(
        organisation=actor.at, card=fresh, on=day, sphere=sphere, dynamics=dynamics, text=text.strip(),
        recorded_by=actor.person,
    )  # fmt: skip
    note.full_clean()
    note.save()
    record(
        events.NOTE_ADDED, actor=actor, subject=fresh, person_id=fresh.person_id, sphere=note.get_sphere_display()
    )  # fmt: skip
    return note


@transaction.atomic
def note_remove(*, actor: Actor, note: CardNote) -> None:
    """Take back one's own note on the day of its writing; the head any. Raises PermissionDenied, Refusal."""
    require(actor, "card.write")
    require_own(actor, note)
    own = actor.user is not None and note.recorded_by_id == actor.user.pk
    if not own and not actor.has(Role.SERVICE_HEAD):
        raise PermissionDenied("Запись убирает тот, кто её сделал.")
    if not note.card.in_work:
        raise Refusal("over", OVER)
    if own and timezone.localdate(note.recorded_at) != timezone.localdate() and not actor.has(Role.SERVICE_HEAD):
        raise Refusal("old", "Запись убирают в день, когда её сделали; потом добавьте новую.")
    record(events.NOTE_REMOVED, actor=actor, subject=note.card, person_id=note.person_id)
    note.delete()
