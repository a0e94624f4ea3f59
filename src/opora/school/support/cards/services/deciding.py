"""Every specialist is asked, says his word, and the last word makes the decision (001, 3.3)."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.registers.services import entry_add, number_next

from .. import events
from ..deciding import CLAUSE, outcome_of
from ..models import CardDecision, DecisionVote, SupportCard

SERIES = "support-card"
REVIEW_AFTER = timedelta(days=90)
LONGEST_REVIEW = timedelta(days=366)
Answer, Kind, Outcome, State = DecisionVote.Answer, CardDecision.Kind, CardDecision.Outcome, SupportCard.State
ASKED_ROLES = (Role.SCHOOL_SPECIALIST, Role.SERVICE_HEAD)
ASKABLE = {Kind.OPEN: (State.DECLINED,), Kind.REVIEW: (State.OPEN,), Kind.CLOSE: (State.OPEN,)}


def specialists_of(actor: Actor, day: date) -> list[Position]:
    """One post of each specialist of the service on a day, the head too."""
    rows = Position.objects.visible_to(actor).held_on(day).filter(role__in=ASKED_ROLES).select_related("user")
    first: dict[int, Position] = {}
    for one in rows.order_by("user__last_name", "user__first_name", "user_id", "role", "pk"):
        first.setdefault(one.user_id, one)
    return list(first.values())


def own_post(actor: Actor, day: date) -> Position | None:
    """The actor's own post at the service."""
    return next((one for one in specialists_of(actor, day) if actor.user and one.user_id == actor.user.pk), None)


def post_require(actor: Actor, post: Position, day: date) -> None:
    """Raises Refusal for a lead who is no specialist of this service on the day."""
    held = Position.objects.visible_to(actor).held_on(day)
    if not held.filter(pk=post.pk, role__in=ASKED_ROLES).exists():
        raise Refusal("no_lead", "Карту ведёт специалист Службы, который работает в этот день.", field="lead")


def card_lock(card: SupportCard) -> SupportCard:
    """The card as it stands now, locked until the end of the transaction."""
    rows = SupportCard.objects.select_for_update(of=("self",)).select_related("child", "lead__user")
    return rows.get(pk=card.pk)


def may_ask(actor: Actor, card: SupportCard) -> bool:
    """The lead of a card and the head of the service ask the others."""
    leads = actor.user is not None and card.lead.user_id == actor.user.pk
    return leads or actor.user is None or actor.has(Role.SERVICE_HEAD)


@transaction.atomic
def decision_ask(
    *, actor: Actor, card: SupportCard, kind: str, text: str = "", review_on: date | None = None,
    close_reason: str = "", on: date | None = None,
) -> CardDecision:  # fmt: skip
    """Ask all specialists: to open anew what was declined, to go on, to close. Whoever asks is for it.

    Raises PermissionDenied for others than lead and head; Refusal for another state, a decision that waits, an
    opening anew or a closing without words.
    """
    require(actor, "card.write")
    require_own(actor, card)
    fresh = card_lock(card)
    day = on or timezone.localdate()
    if not may_ask(actor, fresh):
        raise PermissionDenied("Специалистов спрашивает тот, кто ведёт карту, или руководитель Службы.")
    if fresh.decisions.filter(outcome=Outcome.WAITING).exists():
        raise Refusal("waits", "Специалисты ещё отвечают на прошлый вопрос об этой карте.", CLAUSE)
    if kind not in ASKABLE or fresh.state not in ASKABLE[Kind(kind)]:
        raise Refusal("state", f"Карта {fresh.get_state_display()}: об этом сейчас не спрашивают.", CLAUSE)
    _require_sound(fresh, kind, text, close_reason, day)
    if kind == Kind.OPEN:
        if SupportCard.objects.filter(child=fresh.child, state__in=(State.PROPOSED, State.OPEN)).exists():
            raise Refusal("in_work", "У ребёнка уже есть карта сопровождения в работе.")
        fresh.state = State.PROPOSED
        try:
            with transaction.atomic():
                fresh.save(update_fields=["state"])
        except IntegrityError:
            raise Refusal("in_work", "У ребёнка уже есть карта сопровождения в работе.") from None
    reason = close_reason if kind == Kind.CLOSE else ""
    decision = decision_make(actor, fresh, kind, on=day, text=text, review_on=review_on, close_reason=reason)
    record(
        events.DECISION_ASKED, actor=actor, subject=fresh, person_id=fresh.person_id,
        kind=str(Kind(kind).label), asked=decision.votes.count(),
    )  # fmt: skip
    return decision


def _require_sound(card: SupportCard, kind: str, text: str, close_reason: str, day: date) -> None:
    if day > timezone.localdate() or day < (card.opened_on or card.proposed_on):
        raise Refusal("day", "День вопроса — не раньше карты и не позже сегодняшнего дня.", field="on")
    if kind != Kind.REVIEW and not text.strip():
        words = "Напишите итог сопровождения." if kind == Kind.CLOSE else "Напишите, что изменилось с прошлого решения."
        raise Refusal("no_text", words, CLAUSE, field="text")
    reasons = set(SupportCard.CloseReason.values) - {SupportCard.CloseReason.LEFT}
    if kind == Kind.CLOSE and close_reason not in reasons:
        raise Refusal("no_reason", "Выберите, почему карта закрывается.", field="close_reason")


def decision_make(
    actor: Actor, card: SupportCard, kind: str, *, on: date, text: str = "", review_on: date | None = None,
    close_reason: str = "",
) -> CardDecision:  # fmt: skip
    """Save the question with a line for each specialist. Called by the services of the room alone."""
    until = review_on or on + REVIEW_AFTER
    if kind != Kind.CLOSE and not on < until <= on + LONGEST_REVIEW:
        raise Refusal("review", "Пересмотр назначают на день в пределах года.", field="review_on")
    decision = CardDecision(
        organisation=card.organisation, card=card, kind=kind, text=text.strip(), asked_on=on,
        review_on=None if kind == Kind.CLOSE else until, close_reason=close_reason,
    )  # fmt: skip
    decision.full_clean()
    decision.save()
    asked = specialists_of(actor, on)
    if not asked:
        raise Refusal("nobody", "В Службе нет ни одного специалиста: спросить некого.", CLAUSE)
    for post in asked:
        own = actor.user is not None and post.user_id == actor.user.pk
        vote = DecisionVote(organisation=card.organisation, decision=decision, position=post)
        if own:
            vote.answer, vote.on = Answer.AGREE, on
        vote.full_clean()
        vote.save()
    _settle(actor, decision, on)
    return decision


def _locked(vote: DecisionVote) -> DecisionVote:
    """Words of one decision come one after another: the card is locked first."""
    card_lock(vote.decision.card)
    return DecisionVote.objects.select_related("decision__card__child", "position__user").get(pk=vote.pk)


def _require_waiting(vote: DecisionVote, day: date) -> None:
    if vote.decision.outcome != Outcome.WAITING:
        raise Refusal("settled", "Решение уже принято: слово к нему больше не меняют.", CLAUSE)
    if day > timezone.localdate() or day < vote.decision.asked_on:
        raise Refusal("day", "Отвечают не раньше вопроса и не позже сегодняшнего дня.", field="on")


@transaction.atomic
def vote_give(
    *, actor: Actor, vote: DecisionVote, answer: str, words: str = "", on: date | None = None
) -> DecisionVote:
    """Say one's own word, or change it while the decision waits; «против» says why.

    Raises PermissionDenied for another's line, Refusal for a decision that is taken.
    """
    require(actor, "card.vote")
    require_own(actor, vote)
    fresh, day = _locked(vote), on or timezone.localdate()
    if actor.user is None or fresh.position.user_id != actor.user.pk:
        raise PermissionDenied("Слово говорит сам специалист.")
    _require_waiting(fresh, day)
    if answer not in (Answer.AGREE, Answer.AGAINST):
        raise Refusal("answer", "Выберите «за» или «против».", field="answer")
    if answer == Answer.AGAINST and not words.strip():
        raise Refusal("no_words", "Напишите, почему вы против: остальным нужно знать это.", CLAUSE, field="words")
    fresh.answer, fresh.words, fresh.on, fresh.excused_by = answer, words.strip(), day, None
    fresh.full_clean()
    fresh.save()
    record(
        events.WORD_SAID, actor=actor, subject=fresh.decision.card, person_id=fresh.person_id,
        answer=str(Answer(answer).label),
    )  # fmt: skip
    _settle(actor, fresh.decision, day)
    return fresh


@transaction.atomic
def vote_excuse(*, actor: Actor, vote: DecisionVote, reason: str, on: date | None = None) -> DecisionVote:
    """The head says that a specialist who is away for long does not take part. Raises Refusal without a reason."""
    require(actor, "card.head")
    require_own(actor, vote)
    fresh, day = _locked(vote), on or timezone.localdate()
    _require_waiting(fresh, day)
    if fresh.answer != Answer.WAITING:
        raise Refusal("answered", "Этот специалист уже ответил.", CLAUSE)
    if actor.user is not None and fresh.position.user_id == actor.user.pk:
        raise Refusal("own", "Своё слово руководитель говорит сам.", CLAUSE)
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему специалист не участвует.", field="reason")
    fresh.answer, fresh.words, fresh.on, fresh.excused_by = Answer.EXCUSED, reason.strip(), day, actor.user
    fresh.full_clean()
    fresh.save()
    record(events.WORD_EXCUSED, actor=actor, subject=fresh.decision.card, person_id=fresh.person_id)
    _settle(actor, fresh.decision, day)
    return fresh


def _settle(actor: Actor, decision: CardDecision, day: date) -> None:
    """The last word settles; the card follows the decision."""
    outcome = outcome_of(decision.votes.values_list("answer", flat=True))
    if outcome == Outcome.WAITING:
        return
    last = max((one for one in decision.votes.values_list("on", flat=True) if one), default=day)
    decision.outcome, decision.taken_on = outcome, last
    decision.full_clean()
    decision.save()
    card = card_lock(decision.card)
    if outcome == Outcome.TAKEN:
        DEEDS[Kind(decision.kind)](actor, card, decision, last)
    elif decision.kind == Kind.OPEN:
        card.state = State.DECLINED
    card.full_clean(validate_constraints=False)
    card.save()
    decision.card = card
    record(
        events.DECISION_SETTLED, actor=actor, subject=card, person_id=card.person_id,
        kind=str(Kind(decision.kind).label), outcome=str(Outcome(outcome).label),
    )  # fmt: skip


def _review_day(decision: CardDecision, day: date) -> date:
    """A day that has passed while the words were awaited moves on by as long as was wanted."""
    wanted = decision.review_on or day + REVIEW_AFTER
    return wanted if wanted > day else day + (wanted - decision.asked_on)


def _open(actor: Actor, card: SupportCard, decision: CardDecision, day: date) -> None:
    card.state, card.opened_on, card.review_on = State.OPEN, day, _review_day(decision, day)
    card.number, card.year = number_next(actor=actor, series=SERIES, day=day), day.year
    content = {"child_name": card.child.full_name, "ground": card.get_ground_display(), "lead": str(card.lead.user)}
    entry_add(actor=actor, series=SERIES, day=day, subject=card, content=content)


def _go_on(actor: Actor, card: SupportCard, decision: CardDecision, day: date) -> None:
    card.review_on = _review_day(decision, day)


def _close(actor: Actor, card: SupportCard, decision: CardDecision, day: date) -> None:
    card.state, card.closed_on = State.CLOSED, day
    card.close_reason, card.close_note = decision.close_reason, decision.text


DEEDS = {Kind.OPEN: _open, Kind.REVIEW: _go_on, Kind.CLOSE: _close}
