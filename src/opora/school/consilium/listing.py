"""What the list of meetings shows, and the schedule of the half-year above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing

from .models import ConsiliumMeeting
from .terms import half_year_of, statute_of, term


def meeting_listing(actor: Actor, today: date) -> Listing:
    """The list «Заседания консилиума», the latest first."""

    def state(meeting: ConsiliumMeeting) -> str:
        if meeting.is_over:
            return "done" if meeting.number or meeting.state == "cancelled" else "soon"
        if meeting.day < today:
            return "late"
        return "soon" if meeting.day == today else ""

    return Listing(
        title="Заседания консилиума",
        name="consilium",
        order="-day",
        row_url=lambda meeting: reverse("consilium:meeting", args=[meeting.public_id]),
        row_state=state,
        search=lambda rows, text: rows.filter(Q(purpose__icontains=text) | Q(place__icontains=text)),
        search_hint="Тематика или место",
        empty="Заседаний ещё не было. Назначьте первое: впишите день, остальное подставится.",
        new_url=reverse("consilium:plan") if may(actor, "meeting.plan") else "",
        new_label="Назначить заседание",
        columns=(
            Column("day", "Заседание", lambda one: one.day, sort=("day",), kind="main"),
            Column("kind", "Вид", ConsiliumMeeting.get_kind_display, sort=("kind",)),
            Column("purpose", "Тематика", lambda one: one.purpose, sort=("purpose",)),
            Column("state", "Состояние", state_words, sort=("state",)),
            Column("children", "Детей", lambda one: one.children, sort=("children",), kind="number"),
            Column("decided", "Решено", lambda one: one.decided, kind="number"),
            Column("number", "№ протокола", lambda one: one.number_title, sort=("year", "number")),
        ),
        chips=(
            Chip(
                "when",
                "Когда",
                (
                    Choice("today", "сегодня", Q(day=today)),
                    Choice("soon", "предстоят", Q(day__gt=today)),
                    Choice("past", "прошли", Q(day__lt=today)),
                ),
            ),
            Chip("kind", "Вид", tuple(Choice(k.value, str(k.label), Q(kind=k.value)) for k in ConsiliumMeeting.Kind)),
            Chip("protocol", "Протокол", (Choice("none", "не оформлен", Q(state="held", number__isnull=True)),)),
        ),
    )


def state_words(meeting: ConsiliumMeeting) -> str:
    """«проведено, протокола нет» tells what is left to do."""
    shown = meeting.get_state_display()
    return f"{shown}, протокола нет" if meeting.state == "held" and not meeting.number else str(shown)


@dataclass(frozen=True)
class Schedule:
    """Planned meetings of the half-year; `clause` says how often they must be."""

    first: date
    last: date
    meetings: list[ConsiliumMeeting]
    months: int
    clause: str

    @property
    def is_missing(self) -> bool:
        return not self.meetings


def schedule_of(actor: Actor, today: date) -> Schedule:
    """The half of the school year that a day is in."""
    first, last = half_year_of(today)
    found = ConsiliumMeeting.objects.visible_to(actor).planned_between(first, last).order_by("day")
    return Schedule(
        first, last, list(found), statute_of(actor.at).meetings_months, term("meetings_months", today).clause
    )
