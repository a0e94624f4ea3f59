"""What the list of programmes shows."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from .flow import ENDED, Status
from .models import Programme

ENDS_SOON = timedelta(days=14)


def state_of_term(programme: Programme, today: date) -> str:
    """late, soon or an empty string, for a running programme with an end."""
    if programme.status != Status.RUNNING or programme.ends_on is None:
        return ""
    if programme.ends_on < today:
        return "late"
    return "soon" if programme.ends_on <= today + ENDS_SOON else ""


TERM_WORDS = {"late": ", срок вышел", "soon": ", срок выходит"}


def _state_words(programme: Programme, today: date) -> str:
    """The term is said in words too, never by colour alone."""
    return f"{programme.get_status_display()}{TERM_WORDS.get(state_of_term(programme, today), '')}"


def programme_search(actor: Actor, rows: Rows, text: str, today: date) -> Rows:
    """By the number of the programme or by the child's name and birth date."""
    number = text.strip().removeprefix("№").strip().split("/")[0]
    if number.isdecimal() and len(number) < 8:
        return rows.filter(number=int(number))
    found = children_matching(Child.objects.visible_to(actor), text, organisation=actor.at, today=today)
    return rows.filter(child__in=found.values("pk"))


def programme_listing(actor: Actor, today: date) -> Listing:
    """The list «Программы сопровождения»: the newest first, those that end soon coloured."""
    return Listing(
        title="Программы сопровождения",
        name="programmes",
        order="-since",
        search=lambda rows, text: programme_search(actor, rows, text, today),
        search_hint="Номер программы или фамилия, имя, дата рождения",
        row_url=lambda one: reverse("programmes:programme", args=[one.public_id]),
        row_state=lambda one: state_of_term(one, today),
        empty="Программ пока нет. Программу начинает председатель ППк: на странице ребёнка или на заседании.",
        columns=(
            Column("number", "№", lambda one: f"{one.number}/{one.year}" if one.number else "", sort=("year", "number"),
                   kind="narrow"),
            Column("child", "Ребёнок", lambda one: one.child.full_name, sort=("child__last_name",), kind="main"),
            Column("status", "Состояние", lambda one: _state_words(one, today), sort=("status",)),
            Column("since", "С", lambda one: one.starts_on, sort=("starts_on", "pk"), kind="date"),
            Column("ends", "До", lambda one: one.ends_on, sort=("ends_on",), kind="date"),
            Column("curator", "Куратор", lambda one: one.curator.user.short_name, sort=("curator__user__last_name",)),
        ),
        chips=(
            Chip("open", "Программы", (
                Choice("yes", "в работе", ~Q(status__in=ENDED)),
                Choice("mine", "мои", Q(curator__user=actor.user)),
                Choice("ending", "срок выходит",
                       Q(status=Status.RUNNING, ends_on__isnull=False, ends_on__lte=today + ENDS_SOON)),
                Choice("over", "завершены", Q(status__in=ENDED)),
            )),
            Chip("status", "Состояние", tuple(Choice(s.value, str(s.label), Q(status=s.value)) for s in Status)),
        ),
    )  # fmt: skip
