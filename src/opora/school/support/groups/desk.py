"""Groups whose term is over, and those that have nobody or no lessons yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .models import Group, Lesson


def to_sum_up(actor: Actor, today: date) -> Iterator[Duty]:
    """Own groups whose last day has come."""
    rows = Group.objects.visible_to(actor).open().led_by(actor).filter(ends_on__lte=today)
    for one in rows.order_by("ends_on")[:ENOUGH]:
        yield Duty(one.title, "Подвести итоги группы", one.ends_on, reverse("groups:close", args=[one.public_id]))


def to_plan(actor: Actor, today: date) -> Iterator[Duty]:
    """Own groups that are under way and have no lesson planned at all."""
    lessons = Lesson.objects.planned().filter(group=OuterRef("pk"))
    rows = Group.objects.visible_to(actor).open().led_by(actor).filter(starts_on__lte=today, ends_on__gt=today)
    for one in rows.exclude(Exists(lessons)).order_by("starts_on")[:ENOUGH]:
        yield Duty(one.title, "Запланировать занятия", None, reverse("groups:series", args=[one.public_id]))


duties("group.keep", to_sum_up)
duties("group.keep", to_plan)
