"""How sessions, visits and examinations are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Prefetch, Q

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Examination, Session, Visit  # noqa: F401


class SessionQuerySet(OwnedQuerySet["Session"]):
    def with_counts(self) -> Self:
        """With the place and how many children are on the day list, how many are done, how many members came."""
        return self.select_related("place").annotate(
            children=Count("visits", distinct=True),
            children_done=Count("visits", filter=Q(visits__state="done"), distinct=True),
            members_present=Count("members", filter=Q(members__is_present=True), distinct=True),
        )


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
