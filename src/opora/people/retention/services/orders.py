"""The order of destruction: one proposes, the head, another person, destroys or declines."""

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
from opora.people.children.erasing import is_erased
from opora.people.children.models import Child

from .. import events
from ..keeping import clause_for, due_on, is_withdrawn, keepers_of, was_examined
from ..models import DestructionOrder
from .erasing import card_destroy
from .holds import hold_expire, keeping_lock, words_of

Reason, State = DestructionOrder.Reason, DestructionOrder.State
LIMIT = 300
TWO_PEOPLE = "уничтожают двое: один предлагает, другой решает"


@transaction.atomic
def destruction_propose(*, actor: Actor, child: Child, reason: str, basis: str = "") -> DestructionOrder:
    """Propose to destroy a card, with the reason. `basis` names the decision of a court or of the supervision.

    Raises Refusal when the time is not over, something keeps the card, or it was proposed already.
    """
    require(actor, "retention.propose")
    require_own(actor, child, even_frozen=True)
    _refuse_operator(actor)
    why = Reason(reason)
    child = Child.objects.select_for_update().get(pk=child.pk)  # as it is now, not as it was on the page
    if is_erased(child):
        raise Refusal("erased", "Карта уже уничтожена.")
    if DestructionOrder.objects.of(actor.at).filter(child=child).exclude(state=State.DECLINED).exists():
        raise Refusal("proposed", "Уничтожить эту карту уже предложили.")
    today, words = timezone.localdate(), basis.strip()[:LIMIT]
    _require_ground(child, why, words, today)
    hold_expire(actor, child, today)
    _refuse_kept(child, today)
    order = DestructionOrder(
        organisation=actor.at, child=child, reason=why, basis=words, due_on=due_on(child, today),
        proposed_by=actor.person,
    )  # fmt: skip
    order.full_clean()
    order.save()
    record(
        events.ORDER_PROPOSED, actor=actor, subject=order, person_id=child.public_id,
        reason=str(order.get_reason_display()),
    )  # fmt: skip
    return order


@transaction.atomic
def destruction_confirm(*, actor: Actor, order: DestructionOrder) -> DestructionOrder:
    """The head destroys the card: everything that tells who the child is goes, in this transaction, for ever.

    Whatever was true when it was proposed is asked again. Raises PermissionDenied for whoever proposed it, Refusal
    when the ground has gone or something keeps the card.
    """
    require(actor, "retention.confirm")
    require_own(actor, order, even_frozen=True)
    fresh = _locked(order)
    _refuse_second_hand(actor, fresh)
    today = timezone.localdate()
    child = fresh.child
    _require_ground(child, Reason(fresh.reason), fresh.basis, today)
    hold_expire(actor, child, today)
    _refuse_kept(child, today)
    fresh.due_on = due_on(child, today)
    return card_destroy(actor, fresh, keeping_lock(actor.at, child))


@transaction.atomic
def destruction_decline(*, actor: Actor, order: DestructionOrder, reason: str) -> DestructionOrder:
    """The head leaves the card as it is and says why; it can be proposed again."""
    require(actor, "retention.confirm")
    require_own(actor, order, even_frozen=True)
    fresh = _locked(order)
    fresh.state, fresh.decline_reason = State.DECLINED, words_of(reason)
    fresh.decided_by, fresh.decided_at = actor.person, timezone.now()
    fresh.full_clean()
    fresh.save(update_fields=["state", "decline_reason", "decided_by", "decided_at"])
    record(events.ORDER_DECLINED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


def _locked(order: DestructionOrder) -> DestructionOrder:
    rows = DestructionOrder.objects.select_for_update(of=("self",))
    fresh = rows.select_related("child", "proposed_by", "organisation").get(pk=order.pk)
    if not fresh.is_proposed:
        raise Refusal("decided", f"По этому предложению уже решено: {fresh.get_state_display()}.")
    return fresh


def _refuse_operator(actor: Actor) -> None:
    """Whoever keeps the machine destroys nothing with it."""
    if actor.user is not None and Role.OPERATOR in actor.roles:
        raise PermissionDenied(
            "Администратор системы не уничтожает карты: это делают те, кто ведёт карты, и руководитель."
        )


def _refuse_second_hand(actor: Actor, order: DestructionOrder) -> None:
    _refuse_operator(actor)
    if actor.person.pk == order.proposed_by_id:
        raise PermissionDenied(f"Предложили вы сами, а {TWO_PEOPLE}.")


def _require_ground(child: Child, reason: DestructionOrder.Reason, basis: str, today: date) -> None:
    """Raise Refusal unless the reason holds on the day."""
    until = due_on(child, today)
    if reason == Reason.TERM and not until < today:
        raise Refusal("not_due", f"Карту хранят до {until:%d.%m.%Y}.", clause_for(child.organisation), "reason")
    if reason == Reason.WITHDRAWAL and not is_withdrawn(child):
        raise Refusal("not_withdrawn", "Исполненного отзыва согласия нет.", "152-ФЗ, ст. 21", "reason")
    if reason == Reason.WITHDRAWAL and was_examined(child):
        raise Refusal(
            "examined",
            f"Ребёнок прошёл обследование: карту хранят до {until:%d.%m.%Y}.",
            clause_for(child.organisation),
            "reason",
        )
    if reason == Reason.COURT and not basis:
        raise Refusal("no_basis", "Назовите решение: чьё, от какого числа, номер.", field="basis")


def _refuse_kept(child: Child, today: date) -> None:
    kept = keepers_of(child, today)
    if kept:
        words = "; ".join(one.words for one in kept)
        raise Refusal("kept", f"Уничтожить карту нельзя: {words}.", kept[0].clause)
