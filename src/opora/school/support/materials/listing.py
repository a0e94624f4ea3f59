"""The list of the bank."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Speciality
from opora.foundation.ui.lists import Chip, Choice, Column, Listing

from .models import Material, WorkDirection

SOON = timedelta(days=30)
AGES = ((3, 6, "дошкольники"), (7, 10, "1—4 классы"), (11, 15, "5—9 классы"), (16, 18, "10—11 классы"))
DIRECTIONS = (
    (WorkDirection.DIAGNOSTICS, "диагностика"), (WorkDirection.CORRECTION, "коррекция и развитие"),
    (WorkDirection.EDUCATION, "просвещение"), (WorkDirection.METHODS, "методическая работа"),
)  # fmt: skip
SHORT: dict[str, str] = dict(DIRECTIONS)
SPECIALITIES = ("psychologist", "social_pedagogue", "speech_therapist", "defectologist")


def _searched(rows: Any, text: str) -> Any:
    """Rows that hold every word, whatever its case; SQLite folds no Cyrillic, and a bank is some hundred rows."""
    words = text.casefold().split()
    found = rows.order_by().values_list("pk", "title", "authors", "annotation")
    kept = [key for key, *texts in found if all(word in " ".join(texts).casefold() for word in words)]
    return rows.filter(pk__in=kept)


def _ages(first: int, last: int) -> Q:
    """Made for somebody of these ages, or for any age."""
    younger = Q(age_from__isnull=True) | Q(age_from__lte=last)
    return younger & (Q(age_to__isnull=True) | Q(age_to__gte=first))


def _review(day: date, today: date) -> Q:
    return Q(status=Material.Status.IN_USE) & (Q(review_on__lte=day) | Q(ends_on__lt=today))


def _state(material: Material, today: date) -> str:
    if material.status != Material.Status.IN_USE:
        return ""
    over = material.ends_on is not None and material.ends_on < today
    if over or (material.review_on is not None and material.review_on < today):
        return "late"
    return "soon" if material.review_on is not None and material.review_on <= today + SOON else ""


def material_listing(actor: Actor, today: date, *, may_write: bool) -> Listing:
    """What is in use first; the rest by a chip."""
    review = [
        Choice("late", "просрочено", _review(today - timedelta(days=1), today)),
        Choice("soon", "в ближайший месяц", _review(today + SOON, today)),
    ]
    states = [
        Choice("in_use", "в работе", Q(status="in_use")),
        Choice("coming", "готовятся", Q(status__in=("draft", "submitted", "examined"))),
        Choice("retired", "убраны", Q(status="retired")),
    ]
    special = [Choice(code, str(Speciality(code).label), Q(speciality__in=("", code))) for code in SPECIALITIES]
    return Listing(
        title="Банк методик и программ",
        name="materials",
        order="title",
        row_url=lambda one: reverse("materials:material", args=[one.public_id]),
        row_state=lambda one: _state(one, today),
        search=_searched,
        search_hint="Название, автор, слова описания",
        empty="Здесь будут методики, материалы, рабочие программы и проекты Службы.",
        new_url=reverse("materials:new") if may_write else "",
        new_label="Внести",
        columns=(
            Column("title", "Название", lambda one: one.title, sort=("title",), kind="main"),
            Column("kind", "Что это", lambda one: one.get_kind_display(), sort=("kind", "title")),
            Column("authors", "Авторы", lambda one: one.authors, sort=("authors",)),
            Column("direction", "Направление", lambda one: SHORT[one.direction], sort=("direction", "title")),
            Column("speciality", "Специалист", lambda one: one.get_speciality_display(), sort=("speciality", "title")),
            Column("ages", "Возраст", lambda one: one.ages, sort=("age_from", "title"), kind="narrow"),
            Column("review", "Пересмотреть", lambda one: one.review_on, sort=("review_on",), kind="date"),
            Column("status", "Состояние", lambda one: one.get_status_display(), sort=("status", "title"),
                   template="materials/cell_status.html"),
        ),
        chips=(
            Chip("kind", "Что это", [Choice(code, label, Q(kind=code)) for code, label in Material.Kind.choices]),
            Chip("status", "Состояние", states, default="in_use"),
            Chip("review", "Пересмотреть", review),
            Chip("ages", "Возраст", [Choice(f"{a}-{b}", label, _ages(a, b)) for a, b, label in AGES]),
            Chip("speciality", "Специалист", special),
            Chip("direction", "Направление",
                 [Choice(code, label, Q(direction=code)) for code, label in DIRECTIONS]),
        ),
    )  # fmt: skip
