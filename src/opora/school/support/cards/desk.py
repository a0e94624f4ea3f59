"""Whose word is awaited, which cards are to be reviewed, whom the head has to ask again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural, plural_word

from .models import CardDecision, DecisionVote, SupportCard

AHEAD = timedelta(days=14)
SLOW = timedelta(days=7)  # after so many days the head sees who has not answered
TODO = {
    CardDecision.Kind.OPEN: "сказать слово: открыть ли карту сопровождения",
    CardDecision.Kind.REVIEW: "сказать слово: продолжать ли сопровождение",
    CardDecision.Kind.CLOSE: "сказать слово: закрыть ли карту сопровождения",
}
IN_WORK = (SupportCard.State.PROPOSED, SupportCard.State.OPEN)
WAITING = DecisionVote.Answer.WAITING
NOUN = "специалист,специалиста,специалистов"


def to_answer(actor: Actor, today: date) -> Iterator[Duty]:
    """Decisions that wait for the actor's own word."""
    rows = DecisionVote.objects.visible_to(actor).filter(
        position__user=actor.user, answer=WAITING, decision__outcome=CardDecision.Outcome.WAITING
    )
    for one in rows.select_related("decision__card__child").order_by("decision__asked_on", "pk")[:ENOUGH]:
        card = one.decision.card
        address = f"{reverse('cards:card', args=[card.public_id])}#decision"
        todo = TODO[CardDecision.Kind(one.decision.kind)]
        yield Duty(card.child.full_name, todo, None, address, f"спросили {one.decision.asked_on:%d.%m.%Y}")


def to_review(actor: Actor, today: date) -> Iterator[Duty]:
    """Own cards whose review is due within two weeks or late, and about which nobody is asked yet."""
    asked = CardDecision.objects.filter(card=OuterRef("pk"), outcome=CardDecision.Outcome.WAITING)
    rows = SupportCard.objects.visible_to(actor).filter(
        ~Exists(asked), state=SupportCard.State.OPEN, review_on__lte=today + AHEAD
    )
    wanted = Q(lead__user=actor.user)
    if actor.has(Role.SERVICE_HEAD):
        wanted |= Q(review_on__lt=today)
    for one in rows.filter(wanted).select_related("child", "lead__user").order_by("review_on", "pk")[:ENOUGH]:
        own = actor.user is not None and one.lead.user_id == actor.user.pk
        note = "" if own else f"ведёт {one.lead.user.short_name}"
        address = reverse("cards:card", args=[one.public_id])
        yield Duty(one.child.full_name, "пересмотреть карту сопровождения", one.review_on, address, note)


def to_entrust(actor: Actor, today: date) -> Iterator[Duty]:
    """Cards in work whose lead works here no more."""
    rows = SupportCard.objects.visible_to(actor).filter(state__in=IN_WORK, lead__ended_on__lt=today)
    for one in rows.select_related("child", "lead__user").order_by("pk")[:ENOUGH]:
        address = reverse("cards:lead", args=[one.public_id])
        note = f"ведущий: {one.lead.user.short_name}"
        yield Duty(one.child.full_name, "назначить, кто ведёт карту сопровождения", None, address, note)


def to_remind(actor: Actor, today: date) -> Iterator[Duty]:
    """Decisions that have waited for a week: the head asks, or excuses whoever is away."""
    silent = Count("votes", filter=Q(votes__answer=WAITING))
    rows = CardDecision.objects.visible_to(actor).filter(
        outcome=CardDecision.Outcome.WAITING, asked_on__lte=today - SLOW
    )
    for one in rows.annotate(silent=silent).select_related("card__child").order_by("asked_on", "pk")[:ENOUGH]:
        people = f"{plural_word(one.silent, 'молчит,молчат,молчат')} {plural(one.silent, NOUN)}"
        address = f"{reverse('cards:card', args=[one.card.public_id])}#decision"
        yield Duty(
            one.card.child.full_name, f"узнать слово о карте сопровождения: {people}", None, address,
            f"спросили {one.asked_on:%d.%m.%Y}",
        )  # fmt: skip


duties(
    "card.vote",
    to_answer,
    unless_none=lambda actor, today: DecisionVote.objects.filter(answer=WAITING, position__user=actor.user),
)
duties(
    "card.write",
    to_review,
    unless_none=lambda actor, today: SupportCard.objects.filter(
        state=SupportCard.State.OPEN, review_on__lte=today + AHEAD
    ),
)
duties(
    "card.head",
    to_entrust,
    unless_none=lambda actor, today: SupportCard.objects.filter(state__in=IN_WORK, lead__ended_on__lt=today),
)
duties(
    "card.head",
    to_remind,
    unless_none=lambda actor, today: CardDecision.objects.filter(
        outcome=CardDecision.Outcome.WAITING, asked_on__lte=today - SLOW
    ),
)
