"""The list «Карты сопровождения»."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from .models import CardDecision, DecisionVote, SupportCard

SOON = timedelta(days=14)
State = SupportCard.State


def state_of(card: SupportCard, today: date) -> str:
    """«late», «soon», «done» or «neutral»: the colour beside the word."""
    if card.state == State.PROPOSED:
        return "soon"
    if card.state != State.OPEN:
        return "done" if card.state == State.CLOSED else "neutral"
    if card.review_on and card.review_on < today:
        return "late"
    return "soon" if card.review_on and card.review_on - today <= SOON else "neutral"


def state_words(card: SupportCard, today: date) -> str:
    """Late is said in words too, never by colour alone."""
    late = card.state == State.OPEN and card.review_on is not None and card.review_on < today
    return f"{card.get_state_display()}, пора пересмотреть" if late else str(card.get_state_display())


def card_listing(actor: Actor, today: date) -> Listing:
    """Cards in work first by the day of their review."""

    def search(rows: Rows, text: str) -> Rows:
        typed = text.strip().removeprefix("№").strip().split("/")[0]
        if typed.isdecimal() and len(typed) < 6:
            return rows.filter(number=int(typed))
        found = children_matching(Child.objects.visible_to(actor), text, organisation=actor.at, today=today)
        return rows.filter(child__in=found.order_by().values("pk"))

    mine = DecisionVote.objects.filter(
        decision__card=OuterRef("pk"), decision__outcome=CardDecision.Outcome.WAITING, position__user=actor.user,
        answer=DecisionVote.Answer.WAITING,
    )  # fmt: skip
    return Listing(
        title="Карты сопровождения",
        name="support-cards",
        order="review",
        row_url=lambda one: reverse("cards:card", args=[one.public_id]),
        row_state=lambda one: state_of(one, today),
        search=search,
        search_hint="Номер карты или фамилия, имя, дата рождения",
        empty="Здесь будут карты детей, которых сопровождают вместе. Карту предлагают на странице ребёнка, открывают — "
        "решением всех специалистов.",
        columns=(
            Column("number", "№", lambda one: f"{one.number}/{one.year}" if one.number else "", sort=("year", "number"),
                   kind="narrow"),
            Column("child", "Ребёнок", lambda one: one.child.full_name, kind="main",
                   sort=("child__last_name", "child__first_name")),
            Column("ground", "Основание", lambda one: one.get_ground_display(), sort=("ground",)),
            Column("lead", "Ведёт", lambda one: one.lead.user.short_name, sort=("lead__user__last_name",)),
            Column("opened", "Открыта", lambda one: one.opened_on, sort=("opened_on",), kind="date"),
            Column("review", "Пересмотреть", lambda one: one.review_on if one.in_work else None, sort=("review_on",),
                   kind="date"),
            Column("state", "Состояние", lambda one: state_words(one, today), sort=("state",)),
        ),
        chips=(
            Chip(
                "state", "Состояние",
                [
                    Choice("work", "в работе", Q(state__in=(State.PROPOSED, State.OPEN))),
                    Choice("mine", "ждут моего слова", Q(Exists(mine))),
                    Choice("proposed", "ждут решения", Q(state=State.PROPOSED)),
                    Choice("late", "пора пересмотреть", Q(state=State.OPEN, review_on__lt=today)),
                    Choice("closed", "закрыты", Q(state=State.CLOSED)),
                    Choice("declined", "не открыты", Q(state=State.DECLINED)),
                ],
                default="work",
            ),
            Chip("lead", "Ведёт", [Choice("me", "веду я", Q(lead__user=actor.user))]),
        ),
    )  # fmt: skip
