"""Lessons that stand on days on which the school does not work: a day off may be entered after they were planned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from opora.foundation.organisations.models import Organisation

from ..schoolyear.reading import days_of, school_year_of
from ..schoolyear.standing import Standing, tells_standing
from .holding import held_among
from .models import Lesson
from .querysets import LessonQuerySet


@tells_standing
def lessons_on(organisation: Organisation, days: Collection[date]) -> Standing:
    """Lessons of the days that were neither held nor cancelled."""
    count = len(_not_held(_open(organisation).filter(on__in=days)))
    return Standing(count, "занятие,занятия,занятий", f"{reverse('groups:list')}?state=off")


def groups_on_days_off(organisation: Organisation, today: date) -> frozenset[int]:
    """Keys of the groups with such lessons from the school year's first day on; a fixed number of queries."""
    since = school_year_of(today).starts_on
    rows = _not_held(_open(organisation).filter(on__gte=since))
    calendar = days_of(organisation, since, max((on for _, on in rows), default=since))
    return frozenset(group for group, on in rows if not calendar.is_school_day(on))


def _open(organisation: Organisation) -> LessonQuerySet:
    return Lesson.objects.of(organisation).planned().filter(group__closed_on__isnull=True)


def _not_held(rows: LessonQuerySet) -> list[tuple[int, date]]:
    found = list(rows.order_by().values_list("pk", "group", "on"))
    held = held_among([key for key, *_ in found])
    return [(group, on) for key, group, on in found if key not in held]
