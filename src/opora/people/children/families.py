"""Which children are one family: those whom a present guardian joins, directly or through other children."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from opora.foundation.organisations.models import Organisation

from .models import Guardianship

# The representative of a home for orphans stands for many children who are no family.
NO_KIN = (Guardianship.Kinship.INSTITUTION,)


def families_of(organisation: Organisation, on: date) -> dict[int, int]:
    """Key of a child -> key of its family on a day; one query. A child without a guardian is not in it."""
    present = Guardianship.objects.of(organisation).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    return joined(present.exclude(kinship__in=NO_KIN).order_by().values_list("child_id", "guardian_id"))


def joined(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Children joined by guardians (child, guardian): child -> the least key of its family's children."""
    roots: dict[int, int] = {}

    def root(child: int) -> int:
        while roots[child] != child:
            roots[child] = roots[roots[child]]
            child = roots[child]
        return child

    first: dict[int, int] = {}
    for child, guardian in pairs:
        roots.setdefault(child, child)
        one, other = root(child), root(first.setdefault(guardian, child))
        roots[max(one, other)] = min(one, other)
    return {child: root(child) for child in roots}
