"""What is offered while one types: known addresses, organisations, wordings of the law's lists."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.regulations.edition import edition_for

from .forms import ADDRESSES, SCHOOLS, law_titles
from .models import Guardian

MOST = 500


def suggestions(actor: Actor, *wanted: str) -> dict[str, Any]:
    """Context of `children/datalists.html`: id of a datalist -> values with an optional caption."""
    lists = {name: LISTS[name](actor) for name in wanted}
    return {"datalists": lists}


def _addresses(actor: Actor) -> list[tuple[str, str]]:
    return [(address, "") for address in Guardian.objects.visible_to(actor).addresses()]


def _schools(actor: Actor) -> list[tuple[str, str]]:
    rows = Organisation.objects.education().order_by("short_name").values_list("short_name", "district")
    return list(rows[:MOST])


def _law(vocabulary: str) -> list[tuple[str, str]]:
    return [(title, "") for _, title in law_titles(vocabulary)]


def _icd10(actor: Actor) -> list[tuple[str, str]]:
    codes = edition_for(timezone.localdate()).icd10.values()
    return [(one.code, one.title) for one in codes][:MOST]


LISTS = {
    ADDRESSES: _addresses,
    SCHOOLS: _schools,
    "known-authorities": lambda actor: _law("authority_document"),
    "known-documents": lambda actor: _law("identity_document"),
    "known-educations": lambda actor: _law("parent_education"),
    "known-households": lambda actor: _law("lives_with"),
    "known-icd10": _icd10,
}
CHILD_LISTS = (ADDRESSES, "known-households")
GUARDIAN_LISTS = (ADDRESSES, "known-authorities", "known-documents", "known-educations")
