"""The lists: cards by the end of their term, acts of destruction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from opora.foundation.access.models import Freeze
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing
from opora.people.children.models import Child
from opora.people.children.search import children_matching
from opora.regulations.calendar import retention_date

from .keeping import born_until, held, is_kept, years_kept
from .models import DestructionOrder

CLOSED = "карта закрыта: согласие отозвано"


def cards_of(actor: Actor, today: date) -> QuerySet[Child]:
    """Cards that are not destroyed, with what the list says of them; a frozen one is counted and not named."""
    rows = Child.objects.kept_for(actor).exclude(last_name="")
    waiting = DestructionOrder.objects.filter(child=OuterRef("pk"), state="proposed")
    return rows.annotate(
        is_frozen=Exists(Freeze.objects.in_force().filter(person_id=OuterRef("public_id"))),
        is_held=Exists(held(OuterRef("pk"), today)),
        is_proposed=Exists(waiting),
    )


def name_of(child: Any) -> str:
    return CLOSED if child.is_frozen else str(child.full_name)


def card_listing(actor: Actor, today: date) -> Listing:
    """The yearly list: what is due, what will be due by the end of this year and of the next."""
    years, this = years_kept(today), today.year

    def state_of(child: Any) -> str:
        if child.is_proposed:
            return "ждёт решения руководителя"
        if child.is_held:
            return "уничтожать запрещено"
        return "срок истёк" if retention_date(child.birth_date, years) < today else "хранится"

    def shown_frozen(rows: Any, text: str) -> Any:
        found = children_matching(Child.objects.visible_to(actor), text, organisation=actor.at, today=today)
        return rows.filter(pk__in=found.values("pk"))

    def due(day: date) -> Q:
        return Q(birth_date__lte=born_until(day))

    return Listing(
        title="Хранение карт",
        name="retention",
        order="birth",
        search=shown_frozen,
        search_hint="Фамилия, имя, дата рождения",
        row_url=lambda child: reverse("retention:card", args=[child.public_id]),
        row_state=lambda child: "soon" if child.is_proposed or child.is_held else "",
        empty="Карт, у которых истёк срок хранения, нет.",
        columns=(
            Column("child", "Карта", name_of, kind="main"),
            Column("birth", "Дата рождения", lambda one: None if one.is_frozen else one.birth_date,
                   sort=("birth_date", "pk"), kind="date"),
            Column("until", "Хранится до", lambda one: retention_date(one.birth_date, years), kind="date"),
            Column("state", "Состояние", state_of),
        ),
        chips=(
            Chip(
                "due", "Срок",
                [
                    Choice("now", "истёк", due(today) & ~is_kept(today)),
                    Choice("kept", "истёк, но есть что хранить", due(today) & is_kept(today)),
                    Choice("year", f"истекает до конца {this} года", due(date(this + 1, 1, 1))),
                    Choice("next", f"до конца {this + 1} года", due(date(this + 2, 1, 1))),
                    Choice("held", "уничтожать запрещено", Q(is_held=True)),
                ],
                default="year",
            ),
        ),
    )  # fmt: skip


def order_listing() -> Listing:
    """Proposals and acts. A destroyed card is known by its act alone."""
    return Listing(
        title="Акты об уничтожении",
        name="destruction",
        order="-proposed",
        row_url=lambda one: reverse("retention:order", args=[one.public_id]),
        row_state=lambda one: "soon" if one.is_proposed else "done" if one.number else "",
        empty="Карт ещё не уничтожали. Предложение вносят на странице карты в списке «Хранение карт».",
        columns=(
            Column("act", "Акт №", lambda one: one.number_title or "—", sort=("year", "number"), kind="main"),
            Column("proposed", "Предложено", lambda one: one.proposed_at.date(), sort=("proposed_at",), kind="date"),
            Column("reason", "Причина", lambda one: one.get_reason_display(), sort=("reason",)),
            Column("state", "Состояние", lambda one: one.get_state_display(), sort=("state",)),
            Column("destroyed", "Уничтожена", lambda one: one.destroyed_on, sort=("destroyed_on",), kind="date"),
            Column("keep", "Акт хранится до", lambda one: one.keep_until, sort=("keep_until",), kind="date"),
        ),
        chips=(
            Chip(
                "state", "Состояние",
                [
                    Choice("proposed", "ждут решения", Q(state="proposed")),
                    Choice("destroyed", "уничтожены", Q(state="destroyed")),
                    Choice("declined", "отклонены", Q(state="declined")),
                ],
            ),
        ),
    )  # fmt: skip
