"""What the list of sessions shows."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing

from .models import Session


def session_listing(actor: Actor, today: date) -> Listing:
    """The list «Заседания», the latest first; one that was not closed in its day is late."""

    def state(session: Session) -> str:
        if session.state == Session.State.CLOSED:
            return ""
        if session.day < today:
            return "late"
        return "soon" if session.day == today else ""

    return Listing(
        title="Заседания",
        name="sessions",
        order="-day",
        row_url=lambda session: reverse("examinations:session", args=[session.public_id]),
        row_state=state,
        search=lambda rows, text: rows.filter(place__title__icontains=text),
        search_hint="Место заседания",
        empty="Заседаний ещё не было. Запишите детей на обследование — и назначьте заседание на этот день.",
        new_url=reverse("examinations:plan") if may(actor, "session.plan") else "",
        new_label="Назначить заседание",
        columns=(
            Column("day", "День", lambda one: one.day, sort=("day",), kind="date"),
            Column("place", "Место", lambda one: one.place.title, sort=("place__title",), kind="main"),
            Column("kind", "Вид", Session.get_kind_display, sort=("kind",)),
            Column("state", "Состояние", Session.get_state_display, sort=("state",)),
            Column("children", "Детей", lambda one: one.children, sort=("children",), kind="number"),
            Column("done", "Обследовано", lambda one: one.children_done, sort=("children_done",), kind="number"),
            Column("present", "Присутствуют", lambda one: one.members_present, kind="number"),
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
            Chip(
                "state",
                "Состояние",
                tuple(Choice(s.value, str(s.label), Q(state=s.value)) for s in Session.State),
            ),
        ),
    )
