"""What the list of cases shows and how it is narrowed."""

from __future__ import annotations

import re

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from .deadlines import deadline
from .flow import OPEN, Status
from .models import Case

_NUMBER = re.compile(r"^№?\s*(\d{1,7})(?:\s*/\s*(\d{4}))?$")


def case_search(actor: Actor, rows: Rows, text: str) -> Rows:
    """Find by number («12», «12/2026») or by the child's name and birth date."""
    number = _NUMBER.match(text)
    if number:
        rows = rows.filter(number=int(number[1]))
        return rows.filter(year=int(number[2])) if number[2] else rows
    everyone = Child.objects.visible_to(actor)
    found = children_matching(everyone, text, organisation=actor.at, today=timezone.localdate())
    return rows.filter(child__in=found.values("pk"))


def case_listing(actor: Actor) -> Listing:
    """The list «Дела»: the open ones first to be seen, the late ones coloured."""
    today = timezone.localdate()
    return Listing(
        title="Дела",
        name="cases",
        order="-opened",
        search=lambda rows, text: case_search(actor, rows, text),
        search_hint="Номер дела или фамилия, имя, дата рождения",
        row_url=lambda case: reverse("cases:case", args=[case.public_id]),
        row_state=lambda case: deadline(case.due_on, today) if case.is_open else "",
        empty="Дел пока нет. Найдите ребёнка или заведите карту — и примите заявление.",
        columns=(
            Column("number", "№", lambda case: f"{case.number}/{case.year}", sort=("year", "number"), kind="narrow"),
            Column("child", "Ребёнок", lambda case: case.child.full_name, sort=("child__last_name",), kind="main"),
            Column(
                "born", "Дата рождения", lambda case: case.child.birth_date, sort=("child__birth_date",), kind="date"
            ),
            Column("opened", "Обращение", lambda case: case.opened_on, sort=("opened_on", "number"), kind="date"),
            Column("status", "Состояние", Case.get_status_display, sort=("status",)),
            Column(
                "due",
                "Срок",
                lambda case: case.due_on if case.is_open else None,
                sort=("due_on",),
                kind="date",
                template="cases/cell_due.html",
            ),
        ),
        chips=(
            Chip(
                "open",
                "Дела",
                (
                    Choice("yes", "в работе", Q(status__in=OPEN)),
                    Choice("late", "просрочены", Q(status__in=OPEN, due_on__lt=today)),
                    Choice("finished", "завершены", ~Q(status__in=OPEN)),
                ),
            ),
            Chip("status", "Состояние", tuple(Choice(s.value, str(s.label), Q(status=s.value)) for s in Status)),
        ),
    )
