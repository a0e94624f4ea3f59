"""The list «Отзывы согласий»."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from opora.foundation.ui.lists import Chip, Choice, Column, Listing

from .models import Withdrawal
from .services import SHORT_TITLES

SOON = timedelta(days=4)


def state_of(one: Withdrawal, today: date) -> str:
    """«late», «soon», «neutral», «done»: the colour beside the word."""
    if not one.is_open:
        return "done" if one.state == Withdrawal.State.DONE else "neutral"
    return "late" if one.stop_on < today else "soon" if one.stop_on - today <= SOON else "neutral"


def withdrawal_listing(today: date) -> Listing:
    """Open ones first by their term; the child is not named."""
    return Listing(
        title="Отзывы согласий",
        name="withdrawals",
        order="stop",
        row_url=lambda one: reverse("consents:withdrawal", args=[one.public_id]),
        row_state=lambda one: state_of(one, today),
        empty="Отзывов не было. Заявление об отзыве вносят на карте ребёнка, в разделе «Согласия».",
        columns=(
            Column("received", "Получен", lambda one: one.received_on, sort=("received_on",), kind="date"),
            Column("what", "Что отозвано", lambda one: f"Согласие {SHORT_TITLES[one.consent.kind]}", kind="main"),
            Column("way", "Как получен", lambda one: one.get_way_display()),
            Column("stop", "Исполнить до", lambda one: one.stop_on, sort=("stop_on",), kind="date"),
            Column("state", "Состояние", lambda one: one.get_state_display(), sort=("state",)),
            Column("act", "Акт №", lambda one: one.number_title, sort=("year", "number"), kind="narrow"),
        ),
        chips=(
            Chip(
                "state", "Состояние",
                [
                    Choice("open", "ждут исполнения", Q(state="recorded")),
                    Choice("late", "просрочены", Q(state="recorded", stop_on__lt=today)),
                    Choice("done", "исполнены", Q(state="done")),
                    Choice("lifted", "сняты", Q(state="lifted")),
                ],
            ),
        ),
    )  # fmt: skip
