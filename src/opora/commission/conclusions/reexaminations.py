"""Who must come again: the conclusions in force that name a term, one for a child, as a calendar (P-22)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from opora.commission.cases.flow import OPEN
from opora.commission.cases.models import Case
from opora.commission.intake.models import Place
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.ui.lists import Chip, Choice, Column, Listing
from opora.foundation.ui.typography import full_months, plural

from . import wording
from .answers import values_of
from .listing import conclusion_number, conclusion_search, programme_in_short
from .models import Conclusion
from .sources import edition_of

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
SOON = timedelta(days=30)
NEAR = timedelta(days=92)
IN_MONTHS = 3  # a span is told in months from so many on
WITHOUT_TERM = Q(term_on=None, has_limitations=False, needs_conditions=False)


def awaited(actor: Actor) -> OwnedQuerySet[Conclusion]:
    """The last conclusion in force of each child who is expected again and has not applied yet.

    A conclusion is out of force when it is annulled or a later one is signed; a child whose new case is open has come.
    """
    later = Conclusion.objects.filter(
        Q(signed_on__gt=OuterRef("signed_on")) | Q(signed_on=OuterRef("signed_on"), pk__gt=OuterRef("pk")),
        organisation=OuterRef("organisation"),
        case__child=OuterRef("case__child"),
        state=Conclusion.State.SIGNED,
    )
    came = Case.objects.filter(
        organisation=OuterRef("organisation"), child=OuterRef("case__child"), status__in=OPEN
    ).exclude(pk=OuterRef("case"))
    rows = Conclusion.objects.visible_to(actor).filter(state=Conclusion.State.SIGNED).exclude(WITHOUT_TERM)
    return rows.filter(~Exists(later), ~Exists(came))


def month_of(day: date, ahead: int = 0) -> tuple[date, date]:
    """The first and the last day of the month that comes `ahead` months after that of the day."""
    months = day.year * 12 + day.month - 1 + ahead
    first = date(months // 12, months % 12 + 1, 1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def term_state(conclusion: Conclusion, today: date) -> str:
    """«late», «soon» (within 30 days) or nothing."""
    day = conclusion.term_on
    if day is None:
        return ""
    if day < today:
        return "late"
    return "soon" if day <= today + SOON else ""


def term_words(day: date | None, today: date) -> str:
    """«через 4 мес.», «осталось 12 дней», «сегодня», «просрочено на 40 дней»; empty without a day."""
    if day is None:
        return ""
    if day == today:
        return "сегодня"
    first, last = min(day, today), max(day, today)
    months = full_months(first, last)
    span = f"{months}\u00a0мес." if months >= IN_MONTHS else plural((last - first).days, "день,дня,дней")
    return f"просрочено на {span}" if day < today else f"через {span}"


def wording_of(conclusion: Conclusion) -> str:
    """Item 12 of the conclusion in words, without the date that has a column of its own.

    A code that the edition does not know is left out: for one bad row the list must not stay shut.
    """
    law, values = edition_of(conclusion.case), values_of(conclusion) | {"term_on": ""}
    if values["reexamination_wording"] not in dict(law.vocabulary("reexamination_wording").pairs):
        values["reexamination_wording"] = ""
    return wording.reexamination(law, values)


def reexamination_listing(actor: Actor, today: date) -> Listing:
    """«Повторные обследования»: who is due, by month, the late ones, by the place of the session."""
    return Listing(
        title="Повторные обследования",
        name="reexaminations",
        order="term",
        search=lambda rows, text: conclusion_search(actor, rows, text, "", today),
        search_hint="Номер заключения или фамилия, имя, дата рождения",
        row_url=lambda one: reverse("children:child", args=[one.case.child.public_id]),
        row_state=lambda one: term_state(one, today),
        empty="Повторного обследования никто не ждёт. Дети появятся здесь сами, когда срок назван в подписанном"
        " заключении, и уйдут из списка, когда семья подаст новое заявление.",
        columns=(
            Column(
                "child", "Ребёнок", lambda one: one.case.child.full_name,
                sort=("case__child__last_name", "case__child__first_name"), kind="main",
            ),
            Column(
                "born", "Дата рождения", lambda one: one.case.child.birth_date, sort=("case__child__birth_date",),
                kind="date",
            ),
            Column("term", "Не позднее", lambda one: one.term_on, sort=("term_on",), kind="date"),
            Column(
                "left", "Срок", lambda one: term_words(one.term_on, today), template="conclusions/term_cell.html",
            ),
            Column("wording", "Формулировка", wording_of, template="conclusions/wording_cell.html"),
            Column("programme", "Программа", programme_in_short, sort=("programme_code",)),
            Column("number", "Заключение", conclusion_number, sort=("year", "number"), kind="narrow"),
            Column("place", "Где обследован", _place, sort=("visit__session__place__title",)),
        ),
        chips=(
            Chip("when", "Срок", _spans(today)),
            Chip("month", "Месяц", _months(today)),
            *_places(actor),
        ),
        wide=True,
    )  # fmt: skip


def _place(conclusion: Conclusion) -> str:
    return conclusion.visit.session.place.title if conclusion.visit else ""


def _spans(today: date) -> Sequence[Choice]:
    return (
        Choice("late", "срок прошёл", Q(term_on__lt=today)),
        Choice("month", "в этом месяце", Q(term_on__range=month_of(today))),
        Choice("next", "в следующем месяце", Q(term_on__range=month_of(today, 1))),
        Choice("near", "в ближайшие 3 месяца", Q(term_on__range=(today, today + NEAR))),
        Choice("undated", "без даты", Q(term_on=None)),
    )


def _months(today: date) -> Sequence[Choice]:
    found = []
    for ahead in range(12):
        first, last = month_of(today, ahead)
        title = f"{MONTHS[first.month - 1]} {first.year}"
        found.append(Choice(f"{first:%Y-%m}", title, Q(term_on__range=(first, last))))
    return found


def _places(actor: Actor) -> Sequence[Chip]:
    """A choice of the place where the child was examined; nothing where there is one place."""
    places: list[Any] = list(Place.objects.visible_to(actor).order_by("title"))
    if len(places) < 2:
        return ()
    choices = [Choice(one.public_id, one.title, Q(visit__session__place=one.pk)) for one in places]
    return (Chip("place", "Место", choices),)


def nearest(rows: OwnedQuerySet[Conclusion]) -> OwnedQuerySet[Conclusion]:
    """By term, the earliest first; children of one day by name."""
    return rows.order_by("term_on", F("case__child__last_name"), "pk")
