"""Disability and diagnoses (C-03)."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children import events
from opora.people.children.models import Child, Diagnosis, Disability
from opora.people.children.validation import tidy
from opora.regulations.icd10 import icd10_is_wellformed, icd10_normalise

from .rows import own, revise, tidied

ICD10_CLAUSE = "письмо ВК-1074/07, прил. 2.5"


class DisabilityFields(TypedDict, total=False):
    """Fields of `Disability`."""

    document_number: str
    issued_by: str
    valid_from: date | None
    valid_to: date | None
    rehabilitation_number: str
    rehabilitation_to: date | None


@transaction.atomic
def disability_add(*, actor: Actor, child: Child, **fields: Unpack[DisabilityFields]) -> Disability:
    """Write down a certificate of disability; a blank `valid_to` means for life."""
    require(actor, "child.change")
    own(actor, child)
    row = Disability(organisation=actor.at, child=child)
    revise(row, tidied(fields))
    _terms_agree(row)
    row.full_clean()
    row.save()
    record(events.DISABILITY_ADDED, actor=actor, subject=row, person_id=child.public_id)
    return row


@transaction.atomic
def disability_change(*, actor: Actor, disability: Disability, **fields: Unpack[DisabilityFields]) -> Disability:
    """Change a certificate of disability."""
    require(actor, "child.change")
    own(actor, disability)
    changed = revise(disability, tidied(fields))
    if changed:
        _terms_agree(disability)
        disability.full_clean()
        disability.save()
        record(
            events.DISABILITY_CHANGED, actor=actor, subject=disability, person_id=disability.person_id,
            fields=", ".join(changed),
        )  # fmt: skip
    return disability


@transaction.atomic
def diagnosis_add(
    *,
    actor: Actor,
    child: Child,
    text: str,
    kind: str = Diagnosis.Kind.MAIN,
    icd10: str = "",
    consented: bool = False,
    source: str = "",
) -> Diagnosis:
    """Write down a diagnosis from a medical paper. A code needs the parent's written consent (annex 2.5)."""
    require(actor, "child.change")
    own(actor, child)
    code = icd10_normalise(icd10)
    if code and not icd10_is_wellformed(code):
        raise Refusal("icd10", "Код МКБ-10 выглядит так: F80.1.", field="icd10")
    if code and not consented:
        raise Refusal(
            "icd10_consent",
            "Код указывают только с письменного согласия родителя.",
            ICD10_CLAUSE,
            "consented",
        )
    row = Diagnosis(
        organisation=actor.at, child=child, kind=kind, text=tidy(text), icd10=code, consented=consented and bool(code),
        source=tidy(source),
    )  # fmt: skip
    row.full_clean()
    row.save()
    record(events.DIAGNOSIS_ADDED, actor=actor, subject=row, person_id=child.public_id)
    return row


@transaction.atomic
def diagnosis_remove(*, actor: Actor, diagnosis: Diagnosis) -> None:
    """Take away a diagnosis that was written by mistake or is outlived; what was signed keeps it in its snapshot."""
    require(actor, "child.change")
    own(actor, diagnosis)
    record(events.DIAGNOSIS_REMOVED, actor=actor, subject=diagnosis, person_id=diagnosis.person_id)
    diagnosis.delete()


def _terms_agree(row: Disability) -> None:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise Refusal("ends_before_start", "Срок заканчивается раньше, чем начинается.", field="valid_to")
