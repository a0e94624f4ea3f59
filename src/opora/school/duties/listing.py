"""The list «Условия по заключениям ПМПК»."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from .models import SchoolDuty

SOON = timedelta(days=14)
State = SchoolDuty.State


def state_of(duty: SchoolDuty, today: date) -> str:
    """«late», «soon», «neutral», «done»: the colour beside the word."""
    if not duty.is_open:
        return "done"
    if duty.is_late(today):
        return "late"
    return "soon" if duty.due_on - today <= SOON or duty.state != State.PLANNED else "neutral"


def duty_words(duty: SchoolDuty) -> str:
    """The condition in a line, with hours a week unless its own words name them."""
    if any(sign.isdigit() for sign in duty.title):
        return duty.title
    hours = f", {duty.hours.normalize():f} ч в неделю".replace(".", ",") if duty.hours else ""
    return f"{duty.title}{hours}"


def counts_of(rows: Rows, today: date) -> dict[str, int]:
    """How many duties stand how, in one query."""
    found: dict[str, int] = rows.aggregate(
        every=Count("pk"),
        created=Count("pk", filter=Q(state=State.CREATED)),
        partly=Count("pk", filter=Q(state=State.PARTLY)),
        not_created=Count("pk", filter=Q(state=State.NOT_CREATED)),
        planned=Count("pk", filter=Q(state=State.PLANNED)),
        late=Count("pk", filter=~Q(state=State.CREATED) & Q(due_on__lt=today)),
    )
    return found


def duty_listing(actor: Actor, today: date) -> Listing:
    """Open ones first by their day."""

    def search(rows: Rows, text: str) -> Rows:
        found = children_matching(
            Child.objects.visible_to(actor), text, organisation=actor.at, today=timezone.localdate()
        )
        return rows.filter(brought__child__in=found.order_by().values("pk"))

    opened = ~Q(state=State.CREATED)
    return Listing(
        title="Условия по заключениям ПМПК",
        name="duties",
        order="due",
        row_url=lambda one: f"{reverse('duties:brought', args=[one.brought.public_id])}#duty-{one.public_id}",
        row_state=lambda one: state_of(one, today),
        search=search,
        search_hint="Фамилия, имя или дата рождения",
        empty="Здесь будут условия, которые школа должна создать. Заключение ПМПК, которое принесли родители, вносят "
        "на карте ребёнка.",
        columns=(
            Column("child", "Ребёнок", lambda one: one.brought.child.full_name, kind="main",
                   sort=("brought__child__last_name", "brought__child__first_name")),
            Column("kind", "Вид", lambda one: one.get_kind_display(), sort=("kind",)),
            Column("title", "Условие", duty_words),
            Column("who", "Отвечает", _who, sort=("responsible__user__last_name",)),
            Column("due", "Срок", lambda one: one.due_on, sort=("due_on",), kind="date"),
            Column("state", "Состояние", lambda one: _state_words(one, today), sort=("state",)),
        ),
        chips=(
            Chip(
                "state", "Состояние",
                [
                    Choice("open", "надо создать", opened),
                    Choice("late", "просрочены", opened & Q(due_on__lt=today)),
                    Choice("not_created", "не созданы", Q(state__in=[State.NOT_CREATED, State.PARTLY])),
                    Choice("created", "созданы", Q(state=State.CREATED)),
                    *([Choice("mine", "мои", Q(responsible__user=actor.user))] if actor.user else []),
                ],
            ),
            Chip("kind", "Вид", [Choice(code, label, Q(kind=code)) for code, label in SchoolDuty.Kind.choices]),
        ),
    )  # fmt: skip


def _state_words(duty: SchoolDuty, today: date) -> str:
    """Late is said in words too, never by colour alone."""
    shown = str(duty.get_state_display())
    return f"{shown}, срок прошёл" if duty.is_late(today) else shown


def _who(duty: SchoolDuty) -> str:
    return duty.responsible.user.short_name if duty.responsible else ""
