"""The list «Обращения за помощью»."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows, holding
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from .models import OutsideContact

SOON = timedelta(days=3)
Outcome = OutsideContact.Outcome
COLOURS = {Outcome.HELPED: "done", Outcome.PARTLY: "soon", Outcome.REFUSED: "neutral", Outcome.SILENT: "neutral"}


def state_of(contact: OutsideContact, today: date) -> str:
    """«late», «soon», «done» or «neutral»: the colour beside the word."""
    if not contact.is_waiting:
        return COLOURS[Outcome(contact.outcome)]
    if contact.is_late(today):
        return "late"
    return "soon" if contact.due_on and contact.due_on - today <= SOON else "neutral"


def state_words(contact: OutsideContact, today: date) -> str:
    """Late is said in words too, never by colour alone."""
    return f"{contact.get_outcome_display()}, срок прошёл" if contact.is_late(today) else contact.get_outcome_display()


def contact_listing(actor: Actor, today: date) -> Listing:
    """The newest first."""

    def search(rows: Rows, text: str) -> Rows:
        found = children_matching(Child.objects.visible_to(actor), text, organisation=actor.at, today=today)
        named = holding(text, "body__short_name", "body_title")
        return rows.filter(Q(child__in=found.order_by().values("pk")) | named)

    waiting = Q(outcome=Outcome.WAITING)
    return Listing(
        title="Обращения за помощью",
        name="contacts",
        order="-asked",
        row_url=lambda one: reverse("contacts:contact", args=[one.public_id]),
        row_state=lambda one: state_of(one, today),
        search=search,
        search_hint="Организация или фамилия ребёнка",
        empty="Здесь будут обращения в центры, поликлиники, опеку, полицию — и ответы на них.",
        new_url=reverse("contacts:new") if may(actor, "contact.keep") else "",
        new_label="Обратиться за помощью",
        columns=(
            Column("body", "Куда", lambda one: one.addressee, kind="main", sort=("body__short_name", "body_title")),
            Column("child", "О ком", lambda one: one.child.full_name if one.child else "",
                   sort=("child__last_name", "child__first_name")),
            Column("kind", "О чём", lambda one: one.get_kind_display(), sort=("kind",)),
            Column("who", "Кто", lambda one: one.position.user.short_name, sort=("position__user__last_name",)),
            Column("asked", "Когда", lambda one: one.asked_on, sort=("asked_on",), kind="date"),
            Column("due", "Ждём до", lambda one: one.due_on if one.is_waiting else None, sort=("due_on",), kind="date"),
            Column("outcome", "Итог", lambda one: state_words(one, today), sort=("outcome",)),
        ),
        chips=(
            Chip(
                "outcome", "Итог",
                [
                    Choice("waiting", "ждём ответа", waiting),
                    Choice("late", "просрочены", waiting & Q(due_on__lt=today)),
                    Choice("helped", "помощь получена", Q(outcome__in=(Outcome.HELPED, Outcome.PARTLY))),
                    Choice("none", "отказ или нет ответа", Q(outcome__in=(Outcome.REFUSED, Outcome.SILENT))),
                ],
            ),
            Chip("kind", "О чём", [Choice(code, label, Q(kind=code)) for code, label in OutsideContact.Kind.choices]),
        ),
    )  # fmt: skip
