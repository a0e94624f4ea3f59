"""How sessions, visits and examinations are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Examination, Session, Visit  # noqa: F401


class SessionQuerySet(OwnedQuerySet["Session"]):
    def with_counts(self) -> Self:
        """With the place and how many children are on the day list, how many are done, how many members came.

        Counted row by row: a page of fifty does not join the visits and members of all years.
        """
        from .models import SessionMember, Visit

        return self.select_related("place").annotate(
            children=_number_of(Visit.objects.all()),
            children_done=_number_of(Visit.objects.filter(state="done")),
            members_present=_number_of(SessionMember.objects.filter(is_present=True)),
        )


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows belong to the session of the outer query."""
    counted = rows.filter(session=OuterRef("pk")).order_by().values("session").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


class VisitQuerySet(OwnedQuerySet["Visit"]):
    def for_board(self) -> Self:
        """With what a row of the board shows, in a fixed number of queries."""
        from .models import Examination

        sheets = Examination.objects.select_related("specialist", "position").order_by("speciality", "pk")
        return self.select_related("case__child", "booking").prefetch_related(Prefetch("examinations", queryset=sheets))


class ExaminationQuerySet(OwnedQuerySet["Examination"]):
    def with_people(self) -> Self:
        return self.select_related("specialist", "position__user", "case__child", "visit__session__place")

    def unfinished(self) -> Self:
        return self.filter(state="draft")
