"""The list «Дети»: what its columns, filters and search are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows

from .models import Child, Enrolment
from .search import children_matching

MAIN_NAME = ("last_name", "first_name", "middle_name")


def children_listing(actor: Actor, typed: str = "") -> Listing:
    """The list; while something is searched for, what is exact stands before what is alike."""
    may_register = may(actor, "child.register")

    def search(rows: Rows, text: str) -> Rows:
        return children_matching(rows, text, organisation=actor.at, today=timezone.localdate())  # type: ignore[arg-type]

    return Listing(
        title="Дети",
        name="children",
        columns=(
            Column("name", "Фамилия, имя, отчество", _full_name, kind="main",
                   sort=("search_rank", *MAIN_NAME) if typed else MAIN_NAME),
            Column("birth", "Дата рождения", lambda child: child.birth_date, sort=("birth_date",), kind="date"),
            Column("age", "Возраст", lambda child: child.birth_date, template="children/cell_age.html",
                   kind="narrow", exported=False),
            Column("guardian", "Представитель", _guardian),
            *([Column("phone", "Телефон", _phone, kind="narrow")] if sees(actor, "contacts") else []),
            Column("school", "Где учится", _school),
        ),
        order="name",
        row_url=lambda child: reverse("children:child", args=[child.public_id]),
        search=search,
        search_hint="Фамилия, имя или дата рождения",
        chips=(Chip("level", "Где учится", [_at_level(level) for level in Enrolment.Level]),),
        empty="Здесь будет картотека детей. Первая карта появится, когда вы внесёте ребёнка.",
        new_url=new_child(typed) if may_register else "",
        new_label="Внести ребёнка",
    )  # fmt: skip


def new_child(typed: str) -> str:
    """Where a child is brought in; what was searched for in vain is carried over."""
    return reverse("children:new") + (f"?{urlencode({'q': typed})}" if typed else "")


def _at_level(level: Enrolment.Level) -> Choice:
    present = Enrolment.objects.filter(level=level, ended_on__isnull=True)
    return Choice(str(level), str(level.label).capitalize(), Q(pk__in=present.values("child")))


def _full_name(child: Child) -> str:
    former = f" ({child.former_last_name})" if child.former_last_name else ""
    return f"{child.full_name}{former}"


def _guardian(child: Child) -> str:
    first: Any = next(iter(child.present_guardianships), None)
    return f"{first.guardian.short_name}, {first.get_kinship_display()}" if first else ""


def _phone(child: Child) -> str:
    return next((one.guardian.phone for one in child.present_guardianships if one.guardian.phone), "")


def _school(child: Child) -> str:
    place = child.present_enrolment
    return str(place) if place else ""
