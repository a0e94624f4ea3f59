"""The list «Графики работы»."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows, holding

from ..approval import OPEN, Status
from .models import WorkSchedule

COLOURS = {
    Status.DRAFT: "neutral", Status.SUBMITTED: "soon", Status.EXAMINED: "soon", Status.RETURNED: "late",
    Status.APPROVED: "done",
}  # fmt: skip


def state_of(schedule: WorkSchedule) -> str:
    return COLOURS[Status(schedule.status)]


def schedule_listing(actor: Actor, today: date) -> Listing:
    """Those that go on or come first; own ones by one click."""

    def search(rows: Rows, text: str) -> Rows:
        return rows.filter(holding(text, "position__user__last_name", "position__user__first_name"))

    return Listing(
        title="Графики работы",
        name="schedules",
        order="-starts",
        row_url=lambda one: reverse("schedules:schedule", args=[one.public_id]),
        row_state=lambda one: "late" if one.status == Status.RETURNED else "",
        search=search,
        search_hint="Фамилия специалиста",
        new_url=reverse("schedules:new") if may(actor, "schedule.write") else "",
        new_label="График",
        empty="Здесь будут графики работы специалистов: на неделю, месяц, полугодие. Их рассматривает руководитель "
        "Службы и утверждает директор.",
        columns=(
            Column("who", "Специалист", lambda one: one.position.user.short_name, kind="main",
                   sort=("position__user__last_name",)),
            Column("post", "Должность", lambda one: one.position.inner_caption),
            Column("period", "Вид", lambda one: one.get_period_display(), sort=("period",)),
            Column("starts", "С", lambda one: one.starts_on, sort=("starts_on",), kind="date"),
            Column("ends", "По", lambda one: one.ends_on, sort=("ends_on",), kind="date"),
            Column("state", "Состояние", lambda one: one.get_status_display(), sort=("status",)),
            Column("approved", "Утверждён", lambda one: one.approved_on, sort=("approved_on",), kind="date"),
        ),
        chips=(
            Chip("time", "Срок", [
                Choice("now", "идут и впереди", Q(ends_on__gte=today)),
                Choice("past", "прошедшие", Q(ends_on__lt=today)),
            ], default="now"),
            Chip("state", "Состояние", [
                Choice("open", "составляются", Q(status__in=OPEN)),
                Choice("waiting", "на рассмотрении", Q(status__in=(Status.SUBMITTED, Status.EXAMINED))),
                Choice("approved", "утверждены", Q(status=Status.APPROVED)),
                *([Choice("mine", "мои", Q(position__user=actor.user))] if actor.user else []),
            ]),
        ),
    )  # fmt: skip
