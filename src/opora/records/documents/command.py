"""Writes a form of a case to a file: `opora form CODE --case N -o FILE`."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.organisations.models import Organisation

from . import services
from .selectors import signed_snapshot


class FormNotWritten(LookupError):
    """There is no such case, organisation or form; the message is a Russian sentence."""


@transaction.atomic
def write_form(
    code: str, case_number: int, year: int | None, organisation: Organisation | str | None, output: Path | str
) -> int:
    """Write the PDF and return its size in bytes.

    `year` defaults to the present one. `organisation` is the organisation, its short name or its public id; it may be
    left out where only one keeps a case with this number. A signed paper is written as it was issued. Raises
    FormNotWritten with the reason.
    """
    case = _case(case_number, year or timezone.localdate().year, organisation)
    actor = SystemActor(case.organisation)
    snapshot = signed_snapshot(actor, case, code)
    try:
        if snapshot is not None:
            data = services.paper_read(actor=actor, snapshot=snapshot)
        else:
            data = services.paper_print(actor=actor, code=code, case=case, on=timezone.localdate())
    except Refusal as refusal:
        raise FormNotWritten(str(refusal)) from refusal
    Path(output).write_bytes(data)
    return len(data)


def _case(number: int, year: int, organisation: Organisation | str | None) -> Case:
    found = Case.objects.filter(number=number, year=year).select_related("child", "organisation")
    if isinstance(organisation, Organisation):
        found = found.filter(organisation=organisation)
    elif organisation:
        found = found.filter(Q(organisation__short_name=organisation) | Q(organisation__public_id=organisation))
    cases = list(found[:2])
    if not cases:
        raise FormNotWritten(f"Дела № {number}/{year} нет.")
    if len(cases) > 1:
        raise FormNotWritten(f"Дело № {number}/{year} есть у нескольких организаций: назовите организацию.")
    return cases[0]
