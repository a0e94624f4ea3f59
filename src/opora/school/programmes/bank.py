"""The bank of the organisation as it is read: what fits a child and a problem, and the starter set."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.typography import full_months
from opora.people.children.models import Child
from opora.people.children.spelling import words_of

from .models import Audience, BankItem, Programme

STARTER = Path(__file__).parent / "starter" / "bank.toml"
WHOLE = {BankItem.Kind.GOAL, BankItem.Kind.TASK, BankItem.Kind.ACTIVITY}
OFFERED = 40  # rows beside a sheet; the search narrows them


@lru_cache(maxsize=1)
def starter_items() -> tuple[dict[str, Any], ...]:
    """The starter set as fields of `BankItem`."""
    with STARTER.open("rb") as file:
        return tuple(tomllib.load(file)["item"])


def age_of(child: Child) -> int:
    """Full years today."""
    return full_months(child.birth_date, timezone.localdate()) // 12


def for_age(years: int) -> Q:
    """Items without ages fit everyone."""
    return (Q(age_from__isnull=True) | Q(age_from__lte=years)) & (Q(age_to__isnull=True) | Q(age_to__gte=years))


def matching(items: Iterable[BankItem], text: str) -> list[BankItem]:
    """Items in which every typed word begins some word. A bank has hundreds of rows: they are compared here,
    because a database compares Cyrillic letters without regard to case only on one of the two engines.
    """
    typed = words_of(text)
    return [one for one in items if _has(one, typed)]


def _has(item: BankItem, typed: Sequence[str]) -> bool:
    known = words_of(item.title, item.problem, item.form, item.measure, item.planned_result)
    return all(any(word.startswith(part) for word in known) for part in typed)


def searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The same for a list page: rows narrowed to those that match."""
    return rows.filter(pk__in=[one.pk for one in matching(rows, text)]) if text.strip() else rows


@dataclass(frozen=True)
class Wanted:
    """What the bank beside a sheet was asked for; unknown codes narrow nothing."""

    kind: str = ""
    text: str = ""
    problem: str = ""
    direction: str = ""
    audience: str = ""
    any_age: bool = False


@dataclass(frozen=True)
class Offers:
    """Items for a programme, how many there are in all, and which of them stand in it already."""

    items: list[BankItem]
    count: int
    taken: frozenset[int]
    problems: list[str]


def sets_of(actor: Actor, programme: Programme) -> list[str]:
    """Problems for which the bank has a whole beginning at this age: a goal, a task, an activity. One query."""
    rows = BankItem.objects.visible_to(actor).filter(for_age(age_of(programme.child)), is_retired=False)
    kinds: dict[str, set[str]] = {}
    for problem, kind in rows.exclude(problem="").values_list("problem", "kind"):
        kinds.setdefault(problem, set()).add(kind)
    return sorted(problem for problem, found in kinds.items() if found >= WHOLE)


def set_items(actor: Actor, programme: Programme, problem: str) -> list[BankItem]:
    """One goal, one task, an activity for each of pupil, parents and staff, one criterion, in this order."""
    rows = BankItem.objects.visible_to(actor).filter(for_age(age_of(programme.child)), is_retired=False)
    first: dict[tuple[str, str], BankItem] = {}
    for item in rows.filter(problem=problem).order_by("pk"):
        first.setdefault((item.kind, item.audience), item)
    places = [*BankItem.Kind.values], [*Audience.values, ""]
    return sorted(first.values(), key=lambda one: (places[0].index(one.kind), places[1].index(one.audience)))


def offered(actor: Actor, programme: Programme, wanted: Wanted) -> Offers:
    """What the bank offers for a child: by age, problem, direction and audience; six queries at most."""
    every = BankItem.objects.visible_to(actor).filter(is_retired=False)
    rows = every if wanted.any_age else every.filter(for_age(age_of(programme.child)))
    problems = sorted(set(rows.exclude(problem="").values_list("problem", flat=True)))
    if wanted.kind in BankItem.Kind.values:
        rows = rows.filter(kind=wanted.kind)
    if wanted.problem:
        rows = rows.filter(problem=wanted.problem)
    if wanted.direction:  # what has no direction or audience fits all of them
        rows = rows.filter(direction__in=(wanted.direction, ""))
    if wanted.audience:
        rows = rows.filter(audience__in=(wanted.audience, ""))
    order = BankItem.Kind.values
    found = sorted(matching(rows.order_by("problem", "title"), wanted.text), key=lambda one: order.index(one.kind))
    parts = (programme.goals, programme.tasks, programme.activities, programme.criteria)
    taken = {pk for part in parts for pk in part.values_list("taken_from", flat=True) if pk is not None}
    return Offers(found[:OFFERED], len(found), frozenset(taken), problems)
