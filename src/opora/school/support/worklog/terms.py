"""Until when a day is entered, and until when its author may still change it."""

from __future__ import annotations

from datetime import date, timedelta

from opora.foundation.organisations.models import Organisation
from opora.regulations.calendar import add_working_days

from ..groups.models import Lesson
from ..schoolyear.reading import settings_of

SHOWN_BACK = timedelta(days=60)  # nobody is reminded of older lessons without an entry


def due_on(organisation: Organisation, day: date) -> date:
    """The last day on which the work of a day is entered in time."""
    return add_working_days(day, settings_of(organisation).days_to_log)


def is_late(organisation: Organisation, day: date, today: date) -> bool:
    return today > due_on(organisation, day)


def open_until(organisation: Organisation, day: date) -> date:
    """Entries of a month are their author's to change until it is over and the days to enter have passed."""
    next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return add_working_days(next_month - timedelta(days=1), settings_of(organisation).days_to_log)


def closed_before(organisation: Organisation, today: date) -> date:
    """The first day that is open: everything before it lies in closed months."""
    first = today.replace(day=1)
    while today <= open_until(organisation, first - timedelta(days=1)):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def lessons_without_entry(organisation: Organisation, user_id: int, today: date) -> dict[date, int]:
    """Days before today with lessons of this leader that nobody logged or cancelled; one query."""
    rows = Lesson.objects.of(organisation).filter(
        group__leader__user=user_id, on__lt=today, on__gte=today - SHOWN_BACK, cancelled_on__isnull=True,
        entry__isnull=True,
    )  # fmt: skip
    found: dict[date, int] = {}
    for day in rows.order_by("on").values_list("on", flat=True):
        found[day] = found.get(day, 0) + 1
    return found
