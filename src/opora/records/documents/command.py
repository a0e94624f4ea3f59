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
from opora.foundation.organisations.scope import within

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
    place = _place(case_number, year or timezone.localdate().year, organisation)
    with within(place):
        data = _pdf(SystemActor(place), code, case_number, year or timezone.localdate().year)
    Path(output).write_bytes(data)
    return len(data)


def _pdf(actor: SystemActor, code: str, number: int, year: int) -> bytes:
    case = Case.objects.select_related("child", "organisation").get(number=number, year=year)
    snapshot = signed_snapshot(actor, case, code)
    try:
        if snapshot is not None:
            return services.paper_read(actor=actor, snapshot=snapshot)
        return services.paper_print(actor=actor, code=code, subject=case, on=timezone.localdate())
    except Refusal as refusal:
        raise FormNotWritten(str(refusal)) from refusal


def _place(number: int, year: int, named: Organisation | str | None) -> Organisation:
    """The organisation that keeps the case."""
    places = Organisation.objects.workplaces()
    if isinstance(named, Organisation):
        places = places.filter(pk=named.pk)
    elif named:
        places = places.filter(Q(short_name=named) | Q(public_id=named))
    cases = [place for place in places if _keeps(place, number, year)]
    if not cases:
        raise FormNotWritten(f"Дела № {number}/{year} нет.")
    if len(cases) > 1:
        raise FormNotWritten(f"Дело № {number}/{year} есть у нескольких организаций: назовите организацию.")
    return cases[0]


def _keeps(place: Organisation, number: int, year: int) -> bool:
    with within(place):
        return Case.objects.filter(number=number, year=year).exists()
