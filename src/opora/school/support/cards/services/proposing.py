"""A card is proposed: its ground, its lead, its words; every specialist of the service is asked (001, 3.3)."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Child

from .. import events
from ..deciding import CLAUSE
from ..grounds import Offer
from ..models import CardDecision, CardSection, SupportCard
from .deciding import decision_make, own_post, post_require

Ground = SupportCard.Ground
TYPED = (Ground.REQUEST, Ground.REHABILITATION)


@transaction.atomic
def card_propose(
    *, actor: Actor, child: Child, ground: str = "", offer: Offer | None = None, ground_note: str = "",
    lead: Position | None = None, problems: str = "", aims: str = "", review_on: date | None = None,
    on: date | None = None,
) -> SupportCard:  # fmt: skip
    """Propose a card: `offer` is a ground that exists, else `ground` with `ground_note` says it in words.

    The proposer leads it unless somebody else is named, and is for it by proposing. Raises PermissionDenied, Refusal:
    a card in work, a ground without words, a wrong day, a lead who is no specialist of the service.
    """
    require(actor, "card.propose")
    require_own(actor, child)
    day = on or timezone.localdate()
    kind = offer.ground if offer else ground
    if day > timezone.localdate():
        raise Refusal("day", "День предложения не может быть в будущем.", field="on")
    if not kind or kind not in Ground.values:
        raise Refusal("no_ground", "Выберите основание.", CLAUSE, field="ground")
    if offer is None and not ground_note.strip():
        raise Refusal("no_ground", "Напишите, чьё это обращение или какой документ.", field="ground_note")
    _require_none_in_work(child)
    leading = lead or own_post(actor, day)
    if leading is None:
        raise Refusal("no_lead", "Выберите, кто ведёт карту.", field="lead")
    post_require(actor, leading, day)
    card = SupportCard(
        organisation=actor.at, child=child, ground=kind, ground_note=ground_note.strip(), lead=leading,
        proposed_on=day,
        agenda_item=offer.agenda_item if offer else None, brought=offer.brought if offer else None,
        programme=offer.programme if offer else None,
    )  # fmt: skip
    card.full_clean(validate_constraints=False)  # the unique one is said in words above
    try:
        with transaction.atomic():
            card.save()
    except IntegrityError:
        raise Refusal("in_work", "Карту этого ребёнка только что предложил другой специалист.") from None
    for code, text in ((CardSection.Code.PROBLEMS, problems), (CardSection.Code.AIMS, aims)):
        section = CardSection(
            organisation=actor.at, card=card, code=code, text=text.strip(), user=actor.user,
            version=1 if text.strip() else 0,
        )  # fmt: skip
        section.full_clean()
        section.save()
    decision = decision_make(actor, card, CardDecision.Kind.OPEN, on=day, review_on=review_on)
    record(
        events.CARD_PROPOSED, actor=actor, subject=card, person_id=card.person_id,
        ground=str(Ground(kind).label), asked=decision.votes.count(),
    )  # fmt: skip
    card.refresh_from_db()
    return card


def _require_none_in_work(child: Child) -> None:
    found = SupportCard.objects.filter(child=child, state__in=("proposed", "open")).first()
    if found is None:
        return
    words = "уже ведётся" if found.state == SupportCard.State.OPEN else "уже ждёт решения специалистов"
    raise Refusal("in_work", f"У ребёнка {words} карта сопровождения: второй не открывают.")
