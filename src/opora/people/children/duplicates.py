"""Likely duplicates, looked for before a new record is made (C-01): the same child under a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor

from .models import Child, NameWord
from .search import meanings
from .spelling import one_typo_apart, words_of

SHOWN = 8


class LikelyDuplicates(Refusal):
    """Nobody creates a second record without having looked at the likely first one."""

    def __init__(self, found: list[Child]) -> None:
        super().__init__("duplicate", "Похоже, такой ребёнок уже есть. Сравните карты, прежде чем создать новую.")
        self.found = found


def duplicates_of(actor: Actor, last: str, first: str, middle: str, birth_date: date) -> list[Child]:
    """Children of the actor's organisation who may be the described one, the likeliest first.

    Likely: born the same day with a like surname, or with like other names (the surname may have changed);
    or a like full name with a birth date that differs by one slip.
    """
    if actor.organisation is None:
        return []
    visible = Child.objects.visible_to(actor)
    surnames, names = words_of(last), words_of(first)
    meant = meanings(actor.organisation, [*surnames, *names], complete=True)
    words = NameWord.objects.of(actor.organisation)
    alike = visible
    for part in (meant[: len(surnames)], meant[len(surnames) :]):
        alike = alike.filter(pk__in=words.filter(word__in={w for one in part for w in one.every}).values("child"))
    candidates = {*visible.filter(birth_date=birth_date).values_list("pk", flat=True)}
    candidates |= {*alike.values_list("pk", flat=True)}
    rated = []
    for child in visible.filter(pk__in=candidates).with_place():
        likeness = _likeness(child, surnames, names, words_of(middle), birth_date)
        if likeness:
            rated.append((-likeness, child.full_name, child.pk, child))
    return [child for *_, child in sorted(rated)[:SHOWN]]


def _likeness(child: Child, last: list[str], first: list[str], middle: list[str], born: date) -> int:
    """0 for another person; otherwise how many things agree."""
    surname = _alike(last, words_of(child.last_name, child.former_last_name))
    name = _alike(first, words_of(child.first_name))
    patronymic = not middle or not child.middle_name or _alike(middle, words_of(child.middle_name))
    if child.birth_date == born:
        return 4 * surname + 2 * name + patronymic if surname or (name and patronymic) else 0
    return 3 * (surname and name and patronymic and dates_alike(child.birth_date, born))


def _alike(typed: Iterable[str], known: Iterable[str]) -> bool:
    return any(one_typo_apart(one, other) for one in typed for other in known)


def dates_alike(one: date, other: date) -> bool:
    """Whether two dates differ by one slip: one of day, month and year, or day and month swapped."""
    agree = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    return agree >= 2 or (one.year == other.year and one.day == other.month and one.month == other.day)
