"""The lists of presentations and of packages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing
from opora.people.law import law_on
from opora.regulations.presentations import reading

from .models import CommissionPackage, Presentation


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    for word in text.lower().replace("ё", "е").split():
        rows = rows.filter(child__search_name__contains=word)
    return rows


def presentations_listing(actor: Actor) -> Listing:
    """Mine first; the author and the child by name."""
    papers = reading.kinds(law_on(timezone.localdate()))
    kinds = {one.code: one.title for one in papers}
    authors = {one.code: one.author.partition(",")[0].capitalize() for one in papers}
    mine = Q(author__user=actor.user) & ~Q(state=Presentation.State.CANCELLED)
    return Listing(
        title="Представления и характеристики",
        name="presentations",
        columns=[
            Column("child", "Ребёнок", lambda one: one.child.full_name, sort=("child__last_name", "child__first_name"),
                   kind="main"),
            Column("kind", "Документ", lambda one: kinds.get(one.kind, one.kind), sort=("kind",)),
            Column("author", "Составляет", lambda one: one.author.user.short_name, sort=("author__user__last_name",)),
            Column("state", "Состояние", lambda one: one.get_state_display(), sort=("state",)),
            Column("purpose", "Цель", lambda one: one.get_purpose_display()),
            Column("started", "Начато", lambda one: one.started_on, sort=("started_on",), kind="date"),
            Column("finished", "Оформлено", lambda one: one.finished_on, sort=("finished_on",), kind="date"),
        ],
        order="-started",
        row_url=lambda one: reverse("presentations:sheet", args=[one.public_id]),
        row_state=lambda one: "done" if one.is_finished else "",
        search=_searched,
        search_hint="Фамилия ребёнка",
        chips=[
            Chip("whose", "Чьи", [Choice("mine", "Мои", mine)]),
            Chip("state", "Состояние", [Choice(code, label.capitalize(), Q(state=code)) for code, label in _STATES]),
            Chip("kind", "Документ", [Choice(code, who, Q(kind=code)) for code, who in authors.items()]),
        ],
        empty="Здесь будут характеристики и представления. Начать можно из карты ребёнка или по просьбе "
        "председателя консилиума.",
    )  # fmt: skip


_STATES = [(code, label) for code, label in Presentation.State.choices if code != Presentation.State.CANCELLED]


def packages_listing() -> Listing:
    """Packages for ПМПК, the newest first."""
    states = CommissionPackage.State.choices
    return Listing(
        title="Пакеты для ПМПК",
        name="packages",
        columns=[
            Column("child", "Ребёнок", lambda one: one.child.full_name, sort=("child__last_name", "child__first_name"),
                   kind="main"),
            Column("commission", "Комиссия", lambda one: one.commission.short_name),
            Column("state", "Состояние", lambda one: one.get_state_display(), sort=("state",)),
            Column("prepared", "Подготовлен", lambda one: one.prepared_on, sort=("prepared_on",), kind="date"),
            Column("sent", "Передан", lambda one: one.sent_on, sort=("sent_on",), kind="date"),
        ],
        order="-prepared",
        row_url=lambda one: reverse("presentations:package", args=[one.public_id]),
        search=_searched,
        search_hint="Фамилия ребёнка",
        chips=[Chip("state", "Состояние", [Choice(code, label.capitalize(), Q(state=code)) for code, label in states])],
        empty="Пакет готовят из карты ребёнка, когда представления готовы.",
    )  # fmt: skip
