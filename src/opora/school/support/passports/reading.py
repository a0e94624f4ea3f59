"""The raw facts of a day: placements, guardianships, cards, lists and ticks; a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.querysets import not_frozen
from opora.people.children.families import NO_KIN, joined
from opora.people.children.models import Disability, Guardianship, PreventionRecord
from opora.people.law import law_on
from opora.school.duties.models import BroughtConclusion
from opora.school.pupils.models import Placement

from .counting import Pupil, School, education_code, education_codes
from .models import FamilyFact

Marks = dict[str, set[int]]
PERSON = "child__public_id"


def read_school(organisation: Organisation, on: date) -> School:
    """Everybody who is in a class on the day, whoever asks: figures name nobody. Stopped cards are left out."""
    families, marks = _kin(organisation, on)
    pupils = {one.key: one for one in _pupils(organisation, on, families)}
    for add in (_prevention, _disability, _limitations, _facts):
        add(organisation, on, marks)
    return School(on, pupils, {code: frozenset(keys) for code, keys in marks.items()})


def _pupils(organisation: Organisation, on: date, families: dict[int, int]) -> list[Pupil]:
    """Placements of the day; of a child who stands in two the later one."""
    rows = Placement.objects.of(organisation).filter(_present(on), started_on__lte=on).order_by("started_on", "pk")
    found = not_frozen(rows, PERSON).values_list(
        "child_id", "school_class_id", "child__sex", "child__registration", "child__family__kinds",
        "child__family__children_count",
    )  # fmt: skip
    return [
        Pupil(child, room, families.get(child, child), sex, registration, frozenset(kinds or ()), count)
        for child, room, sex, registration, kinds, count in found
    ]


def _present(on: date) -> Q:
    return Q(ended_on__isnull=True) | Q(ended_on__gte=on)


def _kin(organisation: Organisation, on: date) -> tuple[dict[int, int], Marks]:
    """Families by present guardians, and children by the education of one of them."""
    codes = education_codes(law_on(on).vocabulary("parent_education"))
    present = Guardianship.objects.of(organisation).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    pairs, marks = [], defaultdict[str, set[int]](set)
    for child, guardian, kinship, education in present.order_by().values_list(
        "child_id", "guardian_id", "kinship", "guardian__education"
    ):
        if kinship not in NO_KIN:
            pairs.append((child, guardian))
        if code := education_code(education, codes):
            marks[f"guardian.education:{code}"].add(child)
    return joined(pairs), marks


def _mark(marks: Marks, code: str, rows: Any) -> None:
    marks.setdefault(code, set()).update(rows.order_by().values_list("child_id", flat=True))


def _prevention(organisation: Organisation, on: date, marks: Marks) -> None:
    """Registered by the day and not taken off it yet."""
    rows = PreventionRecord.objects.of(organisation).filter(
        Q(started_on__isnull=True) | Q(started_on__lte=on), Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    )
    for child, body in rows.order_by().values_list("child_id", "body"):
        marks.setdefault(f"prevention:{body}", set()).add(child)


def _disability(organisation: Organisation, on: date, marks: Marks) -> None:
    rows = Disability.objects.of(organisation).filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )
    _mark(marks, "disability", rows)


def _limitations(organisation: Organisation, on: date, marks: Marks) -> None:
    """ОВЗ by a conclusion that had been brought by the day and was in force on it."""
    rows = BroughtConclusion.objects.of(organisation).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        brought_on__lte=on, has_limitations=True,
    )  # fmt: skip
    _mark(marks, "limitations", rows.exclude(end_reason=BroughtConclusion.EndReason.MISTAKE))


def _facts(organisation: Organisation, on: date, marks: Marks) -> None:
    rows = FamilyFact.objects.of(organisation).filter(Q(until_on__isnull=True) | Q(until_on__gte=on), since_on__lte=on)
    for child, row in rows.order_by().values_list("child_id", "row_id"):
        marks.setdefault(f"fact:{row}", set()).add(child)
