"""Signing: the numbers are taken, the papers frozen, the journal filled, all at once; annulling undoes none of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from django.db import transaction

from opora.commission.cases.services import case_advance, case_lock, step_require
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze
from opora.regulations.calendar import add_working_days
from opora.regulations.checks.checking import check
from opora.regulations.checks.reading import basis_of
from opora.regulations.checks.subject import Found, Subject

from .. import events
from ..checks import subject_for
from ..content import conclusion_content, examined_content, school_content
from ..models import CheckOverride, Conclusion, Handover
from ..models.overrides import MESSAGE_LIMIT
from ..protocol import protocol_content
from ..sources import edition_of
from .drafting import conclusion_draft

PROTOCOL_SERIES = "protocol"
CONCLUSION_SERIES = "conclusion"
EXAMINED_SERIES = "examined"
COPY_TERM = "conclusion_copy"
NO_REASONS: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def conclusion_sign(
    *, actor: Actor, conclusion: Conclusion, on: date, reasons: Mapping[str, str] = NO_REASONS
) -> Conclusion:
    """Sign: protocol and conclusion get their numbers and are frozen, the child is written into the journal 2.13.

    `reasons` by the `key` of a warning say why it is signed all the same; they are kept and go to the log. The family
    must get its copy within the term of the edition, counted from `on` in working days. Raises PermissionDenied,
    Refusal: signed already (with its number), a wrong status, the first finding that blocks, or the first warning
    without a reason (its field is `reason-<key>`), so that nobody signs over what he was not shown.
    """
    require(actor, "case.sign")
    case = case_lock(conclusion.case, actor)
    fresh = _locked(conclusion)
    if fresh.state != Conclusion.State.DRAFT:
        raise Refusal("already_signed", f"Заключение уже подписано: № {fresh.number} от {fresh.signed_on:%d.%m.%Y}.")
    step_require(case, "case.sign")
    _refuse_bad_day(fresh, on)
    subject = subject_for(fresh, on)
    found = check(subject)
    problems = [one for one in found if one.blocks]
    if problems:
        raise Refusal(problems[0].code, problems[0].message, problems[0].clause)
    fresh.state = Conclusion.State.SIGNED
    fresh.signed_on, fresh.signed_by, fresh.year = on, actor.person, on.year
    overrides = _override(actor, fresh, found, reasons)
    fresh.basis = _basis(subject, found)
    fresh.protocol_number = number_next(actor=actor, series=PROTOCOL_SERIES, day=on)
    fresh.number = number_next(actor=actor, series=CONCLUSION_SERIES, day=on)
    _freeze(actor, fresh, overrides)
    _enter(actor, fresh, on)
    fresh.full_clean()
    fresh.save()
    _finish(actor, fresh, on)
    return fresh


def _override(
    actor: Actor, conclusion: Conclusion, found: Sequence[Found], reasons: Mapping[str, str]
) -> list[CheckOverride]:
    """Keep the reason of each warning. Raises Refusal for a warning without one."""
    rows = []
    for one in found:
        if not one.warns:
            continue
        reason = reasons.get(one.key, "").replace("\x00", "").strip()
        if not reason:
            message = f"{one.message} Напишите, почему заключение подписывается с этим замечанием."
            raise Refusal("unexplained", message, one.clause, f"reason-{one.key}")
        row = CheckOverride(
            organisation=conclusion.organisation, conclusion=conclusion, code=one.code,
            message=one.message[:MESSAGE_LIMIT], clause=one.clause, reason=reason, by=actor.person,
        )  # fmt: skip
        row.full_clean()
        row.save()
        record(events.CHECK_OVERRIDDEN, actor=actor, subject=conclusion, person_id=conclusion.person_id, check=one.code)
        rows.append(row)
    return rows


def _basis(subject: Subject, found: Sequence[Found]) -> dict[str, object]:
    """What the rules judged and said, for judging it anew; no other reading of the case is needed for that."""
    return basis_of(subject) | {
        "checks": sorted({one.code for one in found}),
        "overridden": sorted({one.code for one in found if one.warns}),
    }


def _finish(actor: Actor, conclusion: Conclusion, on: date) -> None:
    """What begins with a signature: the term of handing over, the next state of the case, the line of the log."""
    case = conclusion.case
    due = add_working_days(on, edition_of(case, on).term(COPY_TERM).value)
    handover = Handover(organisation=conclusion.organisation, conclusion=conclusion, due_on=due, recorded_by=actor.user)
    handover.full_clean()
    handover.save()
    case_advance(actor=actor, case=case, action="case.sign", on=on, due_on=due)
    record(
        events.CONCLUSION_SIGNED, actor=actor, subject=conclusion, person_id=conclusion.person_id,
        number=conclusion.number, protocol=conclusion.protocol_number,
    )  # fmt: skip


def _locked(conclusion: Conclusion) -> Conclusion:
    """The conclusion read anew, with what its papers are made of."""
    return (
        Conclusion.objects.select_for_update(of=("self",))
        .select_related("case__child", "case__application__applicant", "organisation", "visit__session__place")
        .get(pk=conclusion.pk)
    )


def _refuse_bad_day(conclusion: Conclusion, on: date) -> None:
    if on < conclusion.case.opened_on:
        raise Refusal("before_case", "Дата подписания раньше даты обращения.", field="on")


def _freeze(actor: Actor, conclusion: Conclusion, overrides: Sequence[CheckOverride]) -> None:
    def frozen(form: str, content: dict[str, object]) -> Snapshot:
        return snapshot_freeze(
            actor=actor, form=form, subject=conclusion, content=content, person_id=conclusion.person_id
        )

    protocol = protocol_content(conclusion)
    if overrides:  # evidence under the hash of the protocol; the form does not print it
        protocol["signed_over"] = [
            {"check": one.code, "message": one.message, "clause": one.clause, "reason": one.reason} for one in overrides
        ]
    conclusion.protocol_snapshot = frozen("protocol", protocol)
    conclusion.snapshot = frozen("conclusion", conclusion_content(conclusion))
    conclusion.school_snapshot = frozen("conclusion_school", school_content(conclusion))


def _enter(actor: Actor, conclusion: Conclusion, on: date) -> None:
    """Take the numbers: the lines of the three registers."""
    child = conclusion.person_id
    assert conclusion.protocol_snapshot is not None  # noqa: S101
    assert conclusion.snapshot is not None  # noqa: S101
    entry_add(
        actor=actor, series=PROTOCOL_SERIES, day=on, subject=conclusion,
        content={
            "number": conclusion.protocol_number, "child": child, "snapshot": conclusion.protocol_snapshot.sha256,
        },
    )  # fmt: skip
    conclusion.entry = entry_add(
        actor=actor, series=CONCLUSION_SERIES, day=on, subject=conclusion,
        content={
            "number": conclusion.number, "child": child, "snapshot": conclusion.snapshot.sha256,
            "programme": conclusion.programme_code,
        },
    )  # fmt: skip
    number = number_next(actor=actor, series=EXAMINED_SERIES, day=on)
    entry_add(
        actor=actor, series=EXAMINED_SERIES, day=on, subject=conclusion,
        content=examined_content(conclusion, number),
    )  # fmt: skip


@transaction.atomic
def conclusion_annul(*, actor: Actor, conclusion: Conclusion, on: date, reason: str) -> Conclusion:
    """Annul a signed conclusion and begin a new draft with its answers and texts; the old number stays taken.

    Each of the three registers gets a line that names the annulled one. Returns the new draft. Raises Refusal
    without a reason, or when there is nothing to annul.
    """
    require(actor, "case.annul")
    case = case_lock(conclusion.case, actor)
    fresh = _locked(conclusion)
    if fresh.state != Conclusion.State.SIGNED or fresh.signed_on is None:
        raise Refusal("not_signed", f"{fresh}: аннулировать можно только подписанное заключение.")
    step_require(case, "case.annul")
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему заключение аннулируется.", field="reason")
    if on < fresh.signed_on:
        raise Refusal("before_signing", "Дата аннулирования раньше даты подписания.", field="on")
    fresh.state = Conclusion.State.ANNULLED
    fresh.annulled_on, fresh.annulled_by, fresh.annul_reason = on, actor.person, reason.strip()
    fresh.full_clean()
    fresh.save()
    for entry in Entry.objects.about(fresh).filter(kind=Entry.Kind.ENTRY).select_related("series").order_by("pk"):
        entry_add(
            actor=actor, series=entry.series.code, day=on, subject=fresh, kind=Entry.Kind.ANNULMENT, corrects=entry,
            content={"annuls": entry.number, "year": entry.series.year, "reason": fresh.annul_reason},
        )  # fmt: skip
    case = case_advance(actor=actor, case=case, action="case.annul", on=on, reason=fresh.annul_reason)
    record(events.CONCLUSION_ANNULLED, actor=actor, subject=fresh, person_id=fresh.person_id, number=fresh.number)
    return conclusion_draft(actor=actor, case=case)
