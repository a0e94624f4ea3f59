"""How the log is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from .vocabulary import codes_of, quiet_codes

if TYPE_CHECKING:
    from .models import Checkpoint, Event  # noqa: F401


Hidden = Callable[[Any], Q | None]
_hidden: list[Hidden] = []


def hide_events(source: Hidden) -> Hidden:
    """Register which events an actor does not see: those of rows whose very existence is for fewer people."""
    _hidden.append(source)
    return source


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, actor: Any) -> Self:
        if actor is None or actor.organisation is None:
            return self.none()
        rows = self.filter(organisation=actor.organisation)
        for source in _hidden:
            told = source(actor)
            rows = rows if told is None else rows.exclude(told)
        return rows

    def about(self, subject: models.Model) -> Self:
        """Events of one thing."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=getattr(subject, "public_id", subject.pk))

    def deeds(self) -> Self:
        """Without the quiet ones: what was done, not what was looked at or typed."""
        return self.exclude(code__in=quiet_codes())

    def about_person(self, person_id: str) -> Self:
        """Events of one child's file, whatever part of it they touch."""
        return self.filter(person_id=person_id)

    def of_kind(self, kind: str) -> Self:
        """Readings, searches, prints or changes (`vocabulary.KINDS`)."""
        return self.filter(code__in=codes_of(kind))


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def visible_to(self, actor: Any) -> Self:
        if actor is None or actor.organisation is None:
            return self.none()
        return self.filter(organisation=actor.organisation)
