"""How activities, marks and observations are read while a programme runs, and when a mark is expected.

One rule for all activities, so that a person can foresee it: a mark at the end, and one every thirty days of an
activity that lasts longer. A mark closes what was due up to its day; a final one closes the activity.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from opora.foundation.organisations.querysets import OwnedQuerySet

from .flow import Status
from .querysets import READ_ALL, LineQuerySet, readable

if TYPE_CHECKING:
    from .models import Activity, Mark, Observation  # noqa: F401

MONTH = timedelta(days=30)
AT_THE_END = timedelta(days=7)  # a mark so near to the end is taken for the final one


def due_on(starts_on: date | None, ends_on: date | None, last_mark_on: date | None) -> date | None:
    """The day by which the next mark of an open activity is expected; None for one without dates."""
    if starts_on is None or ends_on is None:
        return None
    return min(ends_on, (last_mark_on or starts_on) + MONTH)


def due_by(day: date) -> Q:
    """The same as a condition: activities that want a mark by a day."""
    a_month_ago = Q(last_mark_on__lte=day - MONTH) | Q(last_mark_on__isnull=True, starts_on__lte=day - MONTH)
    return Q(is_over=False, starts_on__lte=day) & (Q(ends_on__lte=day) | (a_month_ago & Q(ends_on__isnull=False)))


class ActivityQuerySet(LineQuerySet["Activity"]):
    def of_running(self) -> Self:
        return self.filter(programme__status=Status.RUNNING)

    def expecting(self, until: date) -> Self:
        """Activities of running programmes whose mark is due on a day up to `until` and is not made."""
        return self.of_running().filter(due_by(until))

    def with_people(self) -> Self:
        return self.select_related("programme__child", "programme__curator__user", "responsible__user", "task")


class MarkQuerySet(OwnedQuerySet["Mark"]):
    """Results of an activity: for those who read the whole programme and for whoever answers for the activity."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.roles & READ_ALL or actor.organisation is None:
            return rows
        whole = Q(activity__programme__in=readable(actor, whole=True))
        return rows.filter(whole | Q(activity__responsible__user=actor.user))


class ObservationQuerySet(OwnedQuerySet["Observation"]):
    """What was observed: for those who read the whole programme, and to each what he wrote down himself."""

    def kept_for(self, actor: Any) -> Self:
        rows = super().kept_for(actor)
        if actor is None or actor.roles & READ_ALL or actor.organisation is None:
            return rows
        own = Q(recorded_by=actor.user, programme__in=readable(actor, whole=False))
        return rows.filter(Q(programme__in=readable(actor, whole=True)) | own)
