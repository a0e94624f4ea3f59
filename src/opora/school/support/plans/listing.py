"""The list of plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, holding

from ..approval import Status
from .models import PlanItem, WorkPlan
from .naming import plan_title, whose
from .querysets import reads_all

STATES = {"late": "late", "soon": "soon"}


def plan_rows(actor: Actor) -> Any:
    """Plans with the count of those of their lines that the reader may see."""
    items = PlanItem.objects.visible_to(actor).filter(plan=OuterRef("pk"), dropped_on__isnull=True)
    counted = Subquery(items.order_by().values("plan").annotate(count=Count("pk")).values("count"))
    return WorkPlan.objects.visible_to(actor).with_people().annotate(lines=Coalesce(counted, 0))


def _search(actor: Actor) -> Callable[[Any, str], Any]:
    """By the owner, and by a line or an aim of a plan that the reader is shown as it stands (`versions.py`)."""
    as_it_stands = Q(owner__user=actor.user) | Q(owner__isnull=True) | Q(status=Status.APPROVED)

    def searched(rows: Any, text: str) -> Any:
        lines = PlanItem.objects.filter(holding(text, "title")).order_by().values("plan")
        words = Q(pk__in=lines) | holding(text, "aim")
        words = words if reads_all(actor) else words & as_it_stands
        return rows.filter(words | holding(text, "owner__user__last_name"))

    return searched


def plan_listing(actor: Actor, *, may_write: bool) -> Listing:
    """Newest first; the chip «мои» is for whoever has plans of his own."""
    mine = [
        Choice("mine", "мои", Q(owner__user=actor.user)), Choice("service", "Службы", Q(owner__isnull=True)),
        Choice("others", "специалистов", Q(owner__isnull=False)),
    ]  # fmt: skip
    return Listing(
        title="Планы Службы",
        name="plans",
        order="-term",
        row_url=lambda one: reverse("plans:plan", args=[one.public_id]),
        wide=True,
        row_state=lambda one: STATES.get(one.colour, ""),
        search=_search(actor),
        search_hint="Мероприятие, фамилия",
        empty="Здесь будут планы: год, из него месяц, из месяца неделя. Начните с года.",
        new_url=reverse("plans:new") if may_write else "",
        new_label="Новый план",
        columns=(
            Column("title", "План", plan_title, kind="main"),
            Column("whose", "Чей", whose, sort=("owner__user__last_name", "starts_on")),
            Column("term", "С", lambda one: one.starts_on, sort=("starts_on", "horizon"), kind="date"),
            Column("ends", "По", lambda one: one.ends_on, sort=("ends_on",), kind="date"),
            Column("lines", "Строк", lambda one: one.lines, kind="number"),
            Column("status", "Состояние", lambda one: one.get_status_display(), sort=("status", "starts_on"),
                   template="plans/cell_status.html"),
        ),
        chips=(
            Chip("horizon", "План", [Choice(code, label.removeprefix("план "), Q(horizon=code))
                                     for code, label in WorkPlan.Horizon.choices]),
            Chip("whose", "Чей", mine),
            Chip("status", "Состояние", [Choice(code, label, Q(status=code)) for code, label in Status.choices]),
        ),
    )  # fmt: skip
