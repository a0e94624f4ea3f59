"""The list «Классы» of a school year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing

from . import titles
from .models import SchoolClass


def class_rows(actor: Actor) -> Any:
    """Classes with the number of children in them now, the second before the tenth."""
    senior, graded = When(title__regex=r"^1[0-2]", then=Value(2)), When(title__regex=r"^\d", then=Value(1))
    return (
        SchoolClass.objects.visible_to(actor)
        .select_related("teacher__user")
        .annotate(
            place=Case(senior, graded, default=Value(0), output_field=IntegerField()),
            children_count=Count("placements", filter=Q(placements__ended_on__isnull=True)),
        )
    )


def years_of(actor: Actor, today: date) -> list[int]:
    """School years that have classes, and the present one; the newest first."""
    known = set(SchoolClass.objects.visible_to(actor).order_by().values_list("year", flat=True).distinct())
    return sorted(known | {titles.year_of(today)}, reverse=True)


def class_listing(actor: Actor, years: Sequence[int], today: date) -> Listing:
    """The present year first; the years before are chips."""
    keeps = may(actor, "class.keep")
    return Listing(
        title="Классы",
        name="classes",
        order="title",
        columns=(
            Column("title", "Класс, группа", lambda room: room.title, sort=("place", "title"), kind="main"),
            Column("teacher", "Классный руководитель, воспитатель", _teacher, sort=("teacher__user__last_name",)),
            Column("children", "Детей", lambda room: room.children_count, sort=("children_count",), kind="number"),
            Column("level", "Уровень", lambda room: room.get_level_display()),
            Column("year", "Учебный год", lambda room: titles.year_title(room.year), kind="narrow"),
        ),
        row_url=lambda room: reverse("pupils:class", args=[room.public_id]),
        search=lambda rows, text: rows.filter(
            Q(title__icontains=titles.class_title(text)) | Q(teacher__user__last_name__istartswith=text)
        ),
        search_hint="Класс или фамилия учителя",
        chips=(
            Chip(
                "year", "Учебный год", [Choice(str(one), titles.year_title(one), Q(year=one)) for one in years],
                default=str(titles.year_of(today)),
            ),
        ),
        empty="Здесь будут классы или группы. Заведите первый: номер с буквой и учитель.",
        new_url=reverse("pupils:class_add") if keeps else "",
        new_label="Завести класс",
    )  # fmt: skip


def _teacher(room: SchoolClass) -> str:
    return room.teacher.user.full_name if room.teacher else ""


def in_order(rooms: Any) -> Any:
    """Rows of `class_rows` as they stand in selects."""
    return rooms.order_by(F("place"), "title")
