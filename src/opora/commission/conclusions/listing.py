"""The lists «Заключения» and «К выдаче»."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.commission.cases.deadlines import deadline
from opora.commission.editions.laws import law_on
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.foundation.ui.typography import plural
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from . import wording
from .answers import values_of
from .models import Conclusion, Handover
from .sources import edition_of

_BY_NUMBER = ("conclusion__year", "conclusion__number")
_NUMBER = re.compile(r"^№?\s*(\d{1,7})(?:\s*/\s*(\d{4}))?$")


def conclusion_search(actor: Actor, rows: Rows, text: str, prefix: str, today: date) -> Rows:
    """Rows by the number of the conclusion or by the child; `prefix` leads from a row to its conclusion."""
    number = _NUMBER.match(text)
    if number:
        rows = rows.filter(**{f"{prefix}number": int(number[1])})
        return rows.filter(**{f"{prefix}year": int(number[2])}) if number[2] else rows
    everyone = Child.objects.visible_to(actor)
    found = children_matching(everyone, text, organisation=actor.at, today=today)
    return rows.filter(**{f"{prefix}case__child__in": found.values("pk")})


def programme_in_short(conclusion: Conclusion) -> str:
    """«вариант 5.1»."""
    return wording.programme_short(edition_of(conclusion.case), values_of(conclusion))


def conclusion_listing(actor: Actor, today: date) -> Listing:
    """All conclusions of the commission: by number, child, programme, period."""
    return Listing(
        title="Заключения",
        name="conclusions",
        order="-signed",
        search=lambda rows, text: conclusion_search(actor, rows, text, "", today),
        search_hint="Номер заключения или фамилия, имя, дата рождения",
        row_url=lambda one: reverse("conclusions:sheet", args=[one.public_id]),
        row_state=lambda one: {"annulled": "late", "signed": "done"}.get(one.state, ""),
        empty="Заключений пока нет. Они появляются, когда дело переходит к обсуждению.",
        columns=(
            Column("number", "№", conclusion_number, sort=("year", "number"), kind="narrow"),
            Column(
                "child", "Ребёнок", lambda one: one.case.child.full_name, sort=("case__child__last_name",), kind="main"
            ),
            Column("born", "Дата рождения", lambda one: one.case.child.birth_date, kind="date"),
            Column("signed", "Подписано", lambda one: one.signed_on, sort=("signed_on", "number"), kind="date"),
            Column("programme", "Программа", programme_in_short, sort=("programme_code",)),
            Column("term", "Повторно до", lambda one: one.term_on, sort=("term_on",), kind="date"),
            Column("state", "Состояние", Conclusion.get_state_display, sort=("state",)),
        ),
        chips=(
            Chip("state", "Состояние", [Choice(s.value, str(s.label), Q(state=s.value)) for s in Conclusion.State]),
            Chip("period", "Подписаны", _periods(today)),
            Chip("programme", "Программа", _programmes(actor, today)),
        ),
    )


def _of(one: Conclusion | Handover) -> Conclusion:
    return one.conclusion if isinstance(one, Handover) else one


def conclusion_number(one: Conclusion | Handover) -> str:
    """«12/2026»; a dash for a draft."""
    conclusion = _of(one)
    return f"{conclusion.number}/{conclusion.year}" if conclusion.number else "—"


def _child(one: Conclusion | Handover) -> str:
    return _of(one).case.child.full_name


def _signed(one: Conclusion | Handover) -> date | None:
    return _of(one).signed_on


def _periods(today: date) -> list[Choice]:
    last = today.year - 1
    return [
        Choice("month", "в этом месяце", Q(signed_on__year=today.year, signed_on__month=today.month)),
        Choice("year", f"в {today.year} году", Q(signed_on__year=today.year)),
        Choice("last_year", f"в {last} году", Q(signed_on__year=last)),
    ]


def _programmes(actor: Actor, today: date) -> list[Choice]:
    offered = law_on(today, actor.at.pk).programmes
    return [Choice(one.code, one.short, Q(programme_code=one.code)) for one in offered]


def deadline_words(handover: Handover, today: date) -> str:
    """«просрочено на 2 дня», «сегодня», «осталось 3 дня» — calendar days; for what is handed over, the day."""
    if handover.received_on:
        return f"выдано {handover.received_on:%d.%m.%Y}"
    days = (handover.due_on - today).days
    if days == 0:
        return "сегодня последний день"
    words = plural(abs(days), "день,дня,дней")
    return f"осталось {words}" if days > 0 else f"просрочено на {words}"


def handover_listing(actor: Actor, today: date) -> Listing:
    """Copies to be handed to families, the most urgent first."""
    return Listing(
        title="К выдаче",
        name="handovers",
        order="due",
        search=lambda rows, text: conclusion_search(actor, rows, text, "conclusion__", today),
        search_hint="Номер заключения или фамилия, имя, дата рождения",
        row_url=lambda one: reverse("conclusions:handover", args=[one.conclusion.case.public_id]),
        row_state=lambda one: "done" if one.received_on else deadline(one.due_on, today),
        empty="Все копии выданы. Подписанное заключение появится здесь само.",
        columns=(
            Column("number", "№", conclusion_number, sort=_BY_NUMBER, kind="narrow"),
            Column("child", "Ребёнок", _child, sort=("conclusion__case__child__last_name",), kind="main"),
            Column("signed", "Подписано", _signed, sort=("conclusion__signed_on",), kind="date"),
            Column("due", "Выдать до", lambda one: one.due_on, sort=("due_on",), kind="date"),
            Column("left", "Срок", lambda one: deadline_words(one, today), template="conclusions/deadline_cell.html"),
            Column("sent", "Отправлено почтой", lambda one: one.sent_on, sort=("sent_on",), kind="date"),
        ),
        chips=(
            Chip(
                "show", "Копии",
                (
                    Choice("waiting", "к выдаче", Q(received_on=None)),
                    Choice("late", "просрочены", Q(received_on=None, due_on__lt=today)),
                    Choice("posted", "в пути", Q(received_on=None, sent_on__isnull=False)),
                    Choice("done", "выданы", Q(received_on__isnull=False)),
                ),
                default="waiting",
            ),
        ),
    )  # fmt: skip
