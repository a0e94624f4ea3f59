"""How registers and frozen papers are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from opora.foundation.organisations.querysets import OwnedQuerySet

if TYPE_CHECKING:
    from .models import Entry, Snapshot  # noqa: F401


class EntryQuerySet(OwnedQuerySet["Entry"]):
    def in_register(self, code: str) -> Self:
        """Lines of one register, of all years; the list of series lets the database go by its index."""
        from .models import Series

        return self.filter(series__in=Series.objects.filter(code=code))

    def in_series(self, code: str, year: int) -> Self:
        return self.filter(series__code=code, series__year=year)

    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=getattr(subject, "public_id"))  # noqa: B009


class SnapshotQuerySet(OwnedQuerySet["Snapshot"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=getattr(subject, "public_id"))  # noqa: B009
