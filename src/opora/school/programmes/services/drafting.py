"""Texts and term of a programme: what stands beside its plan (K-04, K-07)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.fields import sees
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.ui.typography import long_date
from opora.foundation.worksheets.services import SaveResult, section_save
from opora.people.law import law_on
from opora.regulations.support.terms import ShortestTerm, term_of

from .. import events
from ..flow import LETTER, Status
from ..models import Programme, ProgrammeSection, ProgrammeVersion
from ..seeing import knows_kind
from .steps import CURATOR_WRITES, draft_require, lead_require, start_require
from .versions import version_keep

NO_REASON = "Программа утверждена: напишите, почему она меняется. Прежний текст сохранится среди версий."
CHANGES = f"{LETTER}: куратор вносит изменения и дополнения в ИПС после обсуждения с семьёй"


@transaction.atomic
def section_write(
    *, actor: Actor, section: ProgrammeSection, text: str, base_version: int, settled: bool = False
) -> SaveResult[ProgrammeSection]:
    """Save one text while it is typed. Raises PermissionDenied for a reader, Refusal outside the draft."""
    require(actor, "programme.write")
    draft_require(lead_require(actor, section.programme))
    return section_save(actor=actor, section=section, text=text, base_version=base_version, settled=settled)


def change_require(actor: Actor, programme: Programme, reason: str) -> Programme:
    """Lock a programme whose plan may be changed: a draft, or a running one for a reason.

    Raises PermissionDenied, Refusal.
    """
    fresh = lead_require(actor, programme)
    if fresh.status == Status.RUNNING:
        if not reason.strip():
            raise Refusal("no_reason", NO_REASON, CHANGES, field="reason")
        return fresh
    draft_require(fresh)
    return fresh


def change_keep(actor: Actor, programme: Programme, on: date, reason: str) -> None:
    """After a change of a running programme: its new version, and an event."""
    if programme.status != Status.RUNNING:
        return
    why = " ".join(reason.split())[:300]
    version_keep(actor=actor, programme=programme, on=on, why=why, stage=ProgrammeVersion.Stage.CHANGED)
    record(events.PLAN_AMENDED, actor=actor, subject=programme, person_id=programme.person_id)


@transaction.atomic
def term_set(
    *, actor: Actor, programme: Programme, starts_on: date | None, ends_on: date | None, on: date,
    kind: str = "", for_all_study: bool = False, term_reason: str = "", reason: str = "",
) -> Programme:  # fmt: skip
    """Set the kind and the term; without an end the shortest one of the kind is taken.

    `reason` explains a change of a running programme. Raises Refusal for a term under the limit, with its clause.
    Whoever does not see marks of risk cannot change the kind.
    """
    require(actor, "programme.write")
    fresh = change_require(actor, programme, reason)
    wanted = kind or fresh.kind
    if wanted != fresh.kind and not sees(actor, "risk_marks"):
        raise PermissionDenied(CURATOR_WRITES)
    if starts_on is None:
        raise Refusal("no_start", "Укажите, с какого дня действует программа.", field="starts_on")
    start_require(starts_on)
    shortest = _shortest(wanted, starts_on, on, for_all_study)
    ends_on = None if for_all_study else ends_on or shortest.earliest
    _term_require(shortest, starts_on, ends_on, is_told=knows_kind(actor, fresh))
    before = (fresh.kind, fresh.starts_on, fresh.ends_on, fresh.for_all_study)
    fresh.kind, fresh.starts_on, fresh.ends_on, fresh.for_all_study = wanted, starts_on, ends_on, for_all_study
    fresh.term_reason = term_reason.strip()
    fresh.full_clean(validate_constraints=False)
    fresh.save(update_fields=["kind", "starts_on", "ends_on", "for_all_study", "term_reason"])
    if before != (wanted, starts_on, ends_on, for_all_study):
        record(events.TERM_SET, actor=actor, subject=fresh, person_id=fresh.person_id)
        change_keep(actor, fresh, on, reason)
    return fresh


def _shortest(kind: str, starts_on: date, on: date, for_all_study: bool) -> ShortestTerm:
    law = law_on(on)
    try:
        return term_of(law, kind, starts_on, for_all_study=for_all_study)
    except ValueError:
        hard = term_of(law, Programme.Kind.HARD, starts_on).reason
        raise Refusal(
            "has_an_end", "На всё время обучения программу составляют только в особо трудном случае.",
            hard.clause, field="for_all_study",
        ) from None  # fmt: skip


def _term_require(shortest: ShortestTerm, starts_on: date, ends_on: date | None, *, is_told: bool) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise Refusal("ends_before_start", "Программа заканчивается позже, чем начинается.", field="ends_on")
    if shortest.allows(ends_on):
        return
    earliest = long_date(shortest.earliest) if shortest.earliest else ""
    clause = shortest.reason.clause if is_told else f"{LETTER}: сроки реализации"
    raise Refusal(
        "short_term", f"Срок короче допустимого: не раньше {earliest}", clause, field="ends_on",
    )  # fmt: skip
