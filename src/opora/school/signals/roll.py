"""The roll of the school: names by class. It is what every teacher has on the wall; nothing else of a child is here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opora.foundation.access.actions import Frozen
from opora.foundation.access.knowledge import is_frozen
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.querysets import not_frozen
from opora.people.children.models import Child
from opora.people.children.spelling import one_typo_apart, words_of
from opora.school.pupils.models import Placement
from opora.school.pupils.titles import order_of

MOST_NAMED = 40  # a whole class
_NOT_IN_TITLE = re.compile(r"[^0-9a-zа-я]+")
GONE = "Такого обучающегося в классах вашей школы нет. Выберите имя из списка."


@dataclass(frozen=True)
class Pupil:
    """One line of the roll."""

    public_id: str
    name: str
    room: str
    search_name: str
    teacher_id: int | None = None

    @property
    def words(self) -> list[str]:
        """Words of the name in the form in which they are compared."""
        return self.search_name.split()


def room_form(title: str) -> str:
    """«4 «А»», «4-а» and «4А» are one class."""
    return _NOT_IN_TITLE.sub("", title.lower().replace("ё", "е"))


def roll(actor: Actor) -> list[Pupil]:
    """Everybody who is in a class now, by class and name; one query. Frozen cards are left out."""
    rows = not_frozen(Placement.objects.present().of(actor.at), "child__public_id")
    found = rows.order_by("school_class__title", "child__last_name", "child__first_name").values_list(
        "child__public_id", "child__last_name", "child__first_name", "child__middle_name", "child__search_name",
        "school_class__title", "school_class__teacher__user",
    )  # fmt: skip
    return [
        Pupil(public_id, " ".join(filter(None, names)), room, normal, teacher)
        for public_id, *names, normal, room, teacher in found
    ]


def rooms_of(pupils: Iterable[Pupil]) -> list[str]:
    """Titles of the classes, the lower ones first."""
    return sorted({one.room for one in pupils}, key=order_of)


def named(pupils: Sequence[Pupil], text: str) -> list[Pupil]:
    """Those whom typed words mean: beginnings of names, within one typo, or a class."""
    of_room, words = in_room(pupils, text), words_of(text)
    if of_room or not words:
        return of_room[:MOST_NAMED]
    found = [one for one in pupils if all(_begins(one, word) for word in words)]
    found = found or [one for one in pupils if all(_begins(one, word) or _alike(one, word) for word in words)]
    return found[:MOST_NAMED]


def in_room(pupils: Sequence[Pupil], title: str) -> list[Pupil]:
    """Everybody of a class, however its title is written."""
    room = room_form(title)
    return [one for one in pupils if room and room_form(one.room) == room]


def _begins(pupil: Pupil, word: str) -> bool:
    return any(one.startswith(word) for one in pupil.words)


def _alike(pupil: Pupil, word: str) -> bool:
    return len(word) > 2 and any(one_typo_apart(one, word) for one in pupil.words)


def own_class(actor: Actor, pupils: Iterable[Pupil]) -> list[Pupil]:
    """The class that the actor leads."""
    return [one for one in pupils if actor.user is not None and one.teacher_id == actor.user.pk]


def pupil_of(actor: Actor, child_id: str) -> Child:
    """A child who is in a class of the actor's school. Raises Refusal for any other, `Frozen` for a stopped card."""
    placed = Placement.objects.present().of(actor.at).filter(child__public_id=child_id).select_related("child").first()
    if placed is None:
        raise Refusal("no_pupil", GONE, field="child")
    if is_frozen(child_id):
        raise Frozen(child_id)
    return placed.child


def by_name(pupils: Iterable[Pupil]) -> dict[str, list[Pupil]]:
    """Full names, and last with first names, in the form in which they are compared."""
    found: dict[str, list[Pupil]] = {}
    for one in pupils:
        full = one.search_name
        for form in {full, " ".join(full.split()[:2])}:
            found.setdefault(form, []).append(one)
    return found
