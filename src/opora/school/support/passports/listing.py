"""The list «Социальный паспорт»."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from opora.foundation.ui.lists import Chip, Choice, Column, Listing
from opora.school.pupils.titles import year_title

from .flow import colour_of, state_words


def passport_listing(years: Sequence[int], *, wide: bool) -> Listing:
    """Newest first; `wide`: the reader sees more than his own class."""
    kinds = [Choice("school", "учреждения", Q(school_class=None)), Choice("class", "классов", ~Q(school_class=None))]
    return Listing(
        title="Социальный паспорт",
        name="passports",
        order="-on",
        row_url=lambda one: reverse("passports:passport", args=[one.public_id]),
        row_state=colour_of,
        empty="Здесь будут социальные паспорта классов и всего учреждения.",
        columns=(
            Column("scope", "Чей", lambda one: one.scope, kind="main", sort=("school_class__title",)),
            Column("on", "На дату", lambda one: one.on, kind="date", sort=("on",)),
            Column("year", "Учебный год", lambda one: year_title(one.year), sort=("year",)),
            Column("who", "Составил", lambda one: one.filled_by.user.short_name, sort=("filled_by__user__last_name",)),
            Column("state", "Состояние", state_words, sort=("status",)),
        ),
        chips=(
            Chip("year", "Год", [Choice(str(one), year_title(one), Q(year=one)) for one in years]),
            *([Chip("kind", "Чей", kinds)] if wide else []),
            Chip(
                "state", "Состояние",
                [
                    Choice("open", "заполняются", Q(status__in=("draft", "returned"))),
                    Choice("waiting", "ждут решения", Q(status__in=("submitted", "examined"))),
                    Choice("done", "приняты и утверждены", Q(status="approved")),
                ],
            ),
        ),
    )  # fmt: skip


def children_listing(title: str, rooms: dict[int, str], why: dict[int, str] | None = None) -> Listing:
    """Children behind a figure: their class on the day of the passport, and why they are here."""

    columns = [
        Column("name", "Ребёнок", lambda one: one.full_name, kind="main", sort=("last_name", "first_name")),
        Column("born", "Дата рождения", lambda one: one.birth_date, kind="date", sort=("birth_date",)),
        Column("room", "Класс", lambda one: rooms.get(one.pk, "")),
    ]
    if why is not None:
        columns.append(Column("why", "Что не так", lambda one: why.get(one.pk, "")))
    return Listing(
        title=title, name="children", order="name", columns=tuple(columns),
        row_url=lambda one: reverse("children:child", args=[one.public_id]),
        empty="За этой цифрой нет детей, которых вы ведёте.", exportable=False,
    )  # fmt: skip
