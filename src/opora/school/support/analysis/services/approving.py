"""An analysis is handed to the director, returned with remarks, approved and frozen, opened again for changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.services import snapshot_freeze

from ...approval.steps import Path, reason_of, remarks_of
from .. import events
from ..content import FORM
from ..flow import FLOW, PROBLEMS
from ..models import YearAnalysis
from ..writing import analysis_content
from .drafting import analysis_lock

PATH = Path(
    FLOW, events.ANALYSIS_MOVED, "анализа", analysis_lock,
    told=lambda analysis, row: {"action": row.action, "deed": row.deed},
)  # fmt: skip


@transaction.atomic
def analysis_submit(*, actor: Actor, analysis: YearAnalysis) -> YearAnalysis:
    """Hand the analysis to the director: the head who wrote it has examined it too. One press, both steps.

    Raises PermissionDenied, Refusal: another state, no problem analysis.
    """
    fresh, row = PATH.step(actor, analysis, "analysis.submit")
    if not fresh.problems.exists() and not fresh.sections.filter(code="problems").exclude(version=0).exists():
        raise Refusal("no_problems", "Проблемного анализа ещё нет: добавьте хотя бы одну строку.", PROBLEMS)
    return analysis_examine(actor=actor, analysis=PATH.take(actor, fresh, row, remarks=""))


@transaction.atomic
def analysis_examine(*, actor: Actor, analysis: YearAnalysis) -> YearAnalysis:
    """Examined by the head of the service. Raises PermissionDenied, Refusal."""
    return PATH.take(actor, *PATH.step(actor, analysis, "analysis.examine"))


@transaction.atomic
def analysis_return(*, actor: Actor, analysis: YearAnalysis, remarks: str) -> YearAnalysis:
    """Send the analysis back with remarks. Raises PermissionDenied, Refusal without them."""
    fresh, row = PATH.step(actor, analysis, "analysis.return")
    return PATH.take(actor, fresh, row, remarks=remarks_of(remarks, row))


@transaction.atomic
def analysis_approve(*, actor: Actor, analysis: YearAnalysis, on: date) -> YearAnalysis:
    """The director approves: figures as they stand on the day and all words are frozen. Raises Refusal."""
    fresh, row = PATH.step(actor, analysis, "analysis.approve")
    fresh.approved_on, fresh.approved_by = on, actor.user
    content = analysis_content(fresh, on, director=actor.label)
    fresh.snapshot = snapshot_freeze(actor=actor, form=FORM, subject=fresh, content=dict(content))
    return PATH.take(actor, fresh, row, "approved_on", "approved_by", "snapshot")


@transaction.atomic
def analysis_change(*, actor: Actor, analysis: YearAnalysis, reason: str) -> YearAnalysis:
    """Open an approved analysis again; what was approved stays frozen in its snapshot. Raises Refusal, no reason."""
    fresh, row = PATH.step(actor, analysis, "analysis.change")
    return PATH.take(
        actor, fresh, row, remarks=reason_of(reason, row, "remarks"), approved_on=None, approved_by=None
    )  # fmt: skip
