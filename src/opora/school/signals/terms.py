"""By when a step of a concern is expected: the school's own days, else those of the edition (practice, not law)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.people.law import law_on
from opora.regulations.signals.asking import last_day, signal_terms

from .models import Concern, SignalTerms

FIELDS = {
    ("decide", "soon"): "decide_soon", ("decide", "planned"): "decide_planned", ("examine", "today"): "examine_today",
    ("examine", "soon"): "examine_soon", ("examine", "planned"): "examine_planned",
}  # fmt: skip


def usual_terms(on: date) -> dict[str, int]:
    """The days of the edition by the names of the settings."""
    known = signal_terms(law_on(on))
    return {name: known[key].value for key, name in FIELDS.items()}


def terms_of(actor: Actor, on: date) -> dict[tuple[str, str], int]:
    """(step, urgency) -> working days; one query."""
    own: Any = SignalTerms.objects.of(actor.at).first()
    usual = {key: one.value for key, one in signal_terms(law_on(on)).items()}
    return usual | ({key: getattr(own, name) for key, name in FIELDS.items()} if own else {})


def decide_by(terms: dict[tuple[str, str], int], concern: Concern) -> date:
    """The last day for the administration to decide."""
    return last_day(_day(concern.raised_at), terms["decide", concern.urgency])


def examine_by(terms: dict[tuple[str, str], int], concern: Concern, on: date) -> date:
    """The day that is offered to the psychologist when the concern is sent on."""
    return last_day(on, terms["examine", concern.urgency])


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
