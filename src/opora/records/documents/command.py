"""Writes a form of a case to a file: `opora form CODE --case N -o FILE`."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.organisations.models import Organisation

from . import services
from .selectors import signed_snapshot


class FormNotWritten(Exception):
    """There is no such case or organisation; the message is for the console."""


@transaction.atomic
def write_form(code: str, case_number: int, year: int | None, organisation: Organisation | None, output: Path) -> int:
    """Write the PDF and return its size in bytes.

    `year` defaults to the present one; `organisation` may be left out where only one keeps cases with this number.
    A signed paper is written as it was issued. Raises FormNotWritten, and Refusal when the paper cannot be made.
    """
    wanted = year or timezone.localdate().year
    found = Case.objects.filter(number=case_number, year=wanted).select_related("child", "organisation")
    if organisation is not None:
        found = found.filter(organisation=organisation)
    cases = list(found[:2])
    if not cases:
        raise FormNotWritten(f"no case {case_number}/{wanted}")
    if len(cases) > 1:
        raise FormNotWritten(f"several organisations have a case {case_number}/{wanted}: name one")
    case = cases[0]
    actor = SystemActor(case.organisation)
    snapshot = signed_snapshot(actor, case, code)
    if snapshot is not None:
        data = services.paper_read(actor=actor, snapshot=snapshot)
    else:
        data = services.paper_print(actor=actor, code=code, case=case, on=timezone.localdate())
    output.write_bytes(data)
    return len(data)
