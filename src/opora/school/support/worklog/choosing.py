"""Whom an entry is about: children of one's own work first, then any pupil by surname, with name and class alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.querysets import not_frozen
from opora.people.children.models import Child
from opora.people.children.spelling import words_of
from opora.school.pupils.models import Placement
from opora.school.signals.roll import Pupil, named, pupil_of, roll

FEW = 8  # offered at once: more letters make fewer


@dataclass(frozen=True)
class Choice:
    """One line of the suggestions."""

    public_id: str
    name: str
    room: str
    is_known: bool


def found(actor: Actor, text: str, *, without: Iterable[str] = ()) -> list[Choice]:
    """Pupils whom typed letters mean, the known ones first, surnames before other names; two queries."""
    left_out = set(without)
    if not text.strip():
        return []
    pupils = [one for one in named(roll(actor), text[:80]) if one.public_id not in left_out]
    known = _known(actor, pupils)
    lines = [Choice(one.public_id, one.name, one.room, one.public_id in known) for one in pupils]
    first = words_of(text)[:1]
    begun = {one.public_id for one in pupils if first and one.search_name.startswith(first[0])}
    return sorted(lines, key=lambda one: (not one.is_known, one.public_id not in begun))[:FEW]


def _known(actor: Actor, pupils: list[Pupil]) -> set[str]:
    rows = Child.objects.visible_to(actor).filter(public_id__in=[one.public_id for one in pupils])
    return set(rows.values_list("public_id", flat=True))


def names_of(actor: Actor, ids: Iterable[str]) -> dict[str, Choice]:
    """Names and classes of pupils who are chosen already: of the roll, or of one's own work; two queries."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    placed = Placement.objects.present().of(actor.at).filter(child__public_id__in=wanted)
    rooms = dict(placed.values_list("child__public_id", "school_class__title"))
    known = {one.public_id: one for one in Child.objects.visible_to(actor).filter(public_id__in=wanted)}
    strangers = [one for one in rooms if one not in known]
    answer = dict(known)
    if strangers:
        others = not_frozen(Child.objects.of(actor.at).filter(public_id__in=strangers), "public_id")
        answer |= {one.public_id: one for one in others}
    return {
        key: Choice(key, answer[key].full_name, rooms.get(key, ""), key in known) for key in wanted if key in answer
    }


def known_among(actor: Actor, ids: Iterable[str]) -> dict[str, Child]:
    """Those of some children whom the actor knows; one query for all of them."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {one.public_id: one for one in Child.objects.visible_to(actor).filter(public_id__in=wanted)}


def stranger_for(actor: Actor, public_id: str) -> Child:
    """A child for an entry of somebody who did not know him before.

    Raises Refusal for whoever is no pupil of the school now, `Frozen` for a stopped card.
    """
    try:
        return pupil_of(actor, public_id)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, refusal.clause, "children") from refusal
