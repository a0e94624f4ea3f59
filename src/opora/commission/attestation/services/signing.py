"""Signing: numbers of its own series are taken and both papers frozen; annulling undoes none of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from django.db import transaction

from opora.commission.cases.services import case_lock
from opora.commission.conclusions.sources import edition_of
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze
from opora.regulations.calendar import add_working_days
from opora.regulations.checks.subject import Found

from .. import events
from ..content import conclusion_content, protocol_content
from ..models import AttestationConclusion
from ..sources import problems_of
from .drafting import CLAUSE, WRITTEN_IN, begun, refuse_stage

PROTOCOL_SERIES = "attestation_protocol"
CONCLUSION_SERIES = "attestation"
COPY_TERM = "conclusion_copy"
NO_REASONS: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def attestation_sign(
    *, actor: Actor, conclusion: AttestationConclusion, on: date, reasons: Mapping[str, str] = NO_REASONS
) -> AttestationConclusion:
    """Sign: protocol and conclusion get numbers of their own series and are frozen; the case stays where it is.

    `reasons` by the `key` of a warning say why it is signed all the same. The family must get its copy within the term
    of the edition. Raises PermissionDenied, Refusal: signed already, a wrong state of the case, the first finding that
    blocks, or the first warning without a reason (its field is `reason-<key>`).
    """
    require(actor, "attestation.sign")
    case = case_lock(conclusion.case, actor)
    fresh = _locked(conclusion)
    if fresh.state != AttestationConclusion.State.DRAFT:
        raise Refusal("already_signed", f"{fresh} уже подписано {fresh.signed_on:%d.%m.%Y}.")
    refuse_stage(case, WRITTEN_IN)
    if on < case.opened_on:
        raise Refusal("before_case", "Дата подписания раньше даты обращения.", field="on")
    found = problems_of(fresh, on)
    blocking = next((one for one in found if one.blocks), None)
    if blocking is not None:
        raise Refusal(blocking.code, blocking.message, blocking.clause)
    fresh.basis = {"signed_over": _explained(actor, fresh, found, reasons)}
    fresh.state = AttestationConclusion.State.SIGNED
    fresh.signed_on, fresh.signed_by, fresh.year = on, actor.person, on.year
    fresh.due_on = add_working_days(on, edition_of(case, on).term(COPY_TERM).value)
    fresh.protocol_number = number_next(actor=actor, series=PROTOCOL_SERIES, day=on)
    fresh.number = number_next(actor=actor, series=CONCLUSION_SERIES, day=on)
    _freeze(actor, fresh, on)
    fresh.full_clean()
    fresh.save()
    record(
        events.ATTESTATION_SIGNED, actor=actor, subject=fresh, person_id=fresh.person_id,
        number=fresh.number, protocol=fresh.protocol_number,
    )  # fmt: skip
    return fresh


def _explained(
    actor: Actor, conclusion: AttestationConclusion, found: Sequence[Found], reasons: Mapping[str, str]
) -> list[dict[str, str]]:
    """Each warning with the reason to sign over it. Raises Refusal for a warning without one."""
    kept = []
    for one in found:
        if not one.warns:
            continue
        reason = reasons.get(one.key, "").replace("\x00", "").strip()
        if not reason:
            message = f"{one.message} Напишите, почему заключение подписывается с этим замечанием."
            raise Refusal("unexplained", message, one.clause, f"reason-{one.key}")
        kept.append({"check": one.code, "message": one.message, "clause": one.clause, "reason": reason})
        record(
            events.ATTESTATION_OVERRIDDEN, actor=actor, subject=conclusion, person_id=conclusion.person_id,
            check=one.code,
        )  # fmt: skip
    return kept


def _freeze(actor: Actor, fresh: AttestationConclusion, on: date) -> None:
    """Freeze both papers and take their numbers in the registers."""

    def frozen(form: str, content: dict[str, object]) -> Snapshot:
        return snapshot_freeze(actor=actor, form=form, subject=fresh, content=content, person_id=fresh.person_id)

    protocol = protocol_content(fresh) | {"signed_over": fresh.basis["signed_over"]}  # evidence; not printed
    fresh.protocol_snapshot = frozen("attestation_protocol", protocol)
    fresh.snapshot = frozen("attestation_conclusion", conclusion_content(fresh))
    entry_add(
        actor=actor, series=PROTOCOL_SERIES, day=on, subject=fresh,
        content={
            "number": fresh.protocol_number, "child": fresh.person_id, "snapshot": fresh.protocol_snapshot.sha256,
        },
    )  # fmt: skip
    fresh.entry = entry_add(
        actor=actor, series=CONCLUSION_SERIES, day=on, subject=fresh,
        content={
            "number": fresh.number, "child": fresh.person_id, "snapshot": fresh.snapshot.sha256, "level": fresh.level,
        },
    )  # fmt: skip


def _locked(conclusion: AttestationConclusion) -> AttestationConclusion:
    """The conclusion read anew, with what its papers are made of."""
    rows = AttestationConclusion.objects.select_for_update(of=("self",))
    return rows.select_related(
        "case__child", "case__application__applicant", "organisation", "visit__session__place"
    ).get(pk=conclusion.pk)


@transaction.atomic
def attestation_annul(
    *, actor: Actor, conclusion: AttestationConclusion, on: date, reason: str
) -> AttestationConclusion:
    """Annul a signed conclusion and begin a new draft with its answers; the old numbers stay taken.

    Returns the new draft. Raises Refusal without a reason, or when there is nothing to annul.
    """
    require(actor, "attestation.annul")
    case = case_lock(conclusion.case, actor)
    fresh = _locked(conclusion)
    if fresh.state != AttestationConclusion.State.SIGNED or fresh.signed_on is None:
        raise Refusal("not_signed", f"{fresh}: аннулировать можно только подписанное заключение.", CLAUSE)
    refuse_stage(case, WRITTEN_IN)
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему заключение аннулируется.", field="reason")
    if on < fresh.signed_on:
        raise Refusal("before_signing", "Дата аннулирования раньше даты подписания.", field="on")
    fresh.state = AttestationConclusion.State.ANNULLED
    fresh.annulled_on, fresh.annulled_by = on, actor.person
    fresh.annul_reason = reason.replace("\x00", "").strip()
    fresh.full_clean()
    fresh.save()
    for entry in Entry.objects.about(fresh).filter(kind=Entry.Kind.ENTRY).select_related("series").order_by("pk"):
        entry_add(
            actor=actor, series=entry.series.code, day=on, subject=fresh, kind=Entry.Kind.ANNULMENT, corrects=entry,
            content={"annuls": entry.number, "year": entry.series.year, "reason": fresh.annul_reason},
        )  # fmt: skip
    record(events.ATTESTATION_ANNULLED, actor=actor, subject=fresh, person_id=fresh.person_id, number=fresh.number)
    again = AttestationConclusion(
        organisation=fresh.organisation, case=fresh.case, visit=fresh.visit, taken=fresh.taken
    )  # fmt: skip
    return begun(actor, again, fresh.answers)
