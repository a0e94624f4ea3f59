"""Whom a group may take: children whose conclusions name lessons of its specialist, or whom typed letters mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.children.search import children_matching
from opora.school.duties.models import SchoolDuty
from opora.school.pupils.models import Placement

from .grounds import Offer, grounds_of_many
from .models import Group, GroupMember

MOST = 12


@dataclass(frozen=True)
class Candidate:
    """A child with its class, its grounds, and where it is taught by the same speciality already."""

    child: Child
    room: str
    offers: list[Offer]
    taught_in: str
    is_member: bool


def candidates_of(actor: Actor, group: Group, on: date, text: str = "") -> list[Candidate]:
    """Without a text those who wait for lessons of the group's specialist; a fixed number of queries."""
    children = _named(actor, text, on) if text.strip() else _waiting(actor, group, on)
    keys = [one.pk for one in children]
    rooms = dict(Placement.objects.present().filter(child__in=keys).values_list("child", "school_class__title"))
    members = set(group.members.present_or_later(on).values_list("child", flat=True))
    speciality = group.leader.speciality
    same = GroupMember.objects.of(actor.at).present(on).filter(child__in=keys, group__leader__speciality=speciality)
    taught = dict(same.exclude(group=group).values_list("child", "group__title")) if speciality else {}
    offers = grounds_of_many(actor, children, on, speciality=speciality)
    return [
        Candidate(
            one, rooms.get(one.pk, ""), _fitting(offers[one.pk], speciality), taught.get(one.pk, ""), one.pk in members
        )
        for one in children
    ]


def _fitting(offers: list[Offer], speciality: str) -> list[Offer]:
    """Without the conditions that are for another specialist, and of the opinions the newest."""
    kept: list[Offer] = []
    for one in offers:
        foreign = one.duty is not None and one.duty.speciality not in ("", speciality)
        older = one.item is not None and any(other.item is not None for other in kept)
        if not foreign and not older:
            kept.append(one)
    return kept


def _named(actor: Actor, text: str, on: date) -> list[Child]:
    placed = Placement.objects.present().of(actor.at).order_by().values("child")
    rows = Child.objects.visible_to(actor).filter(pk__in=placed)
    return list(children_matching(rows, text[:200], organisation=actor.at, today=on)[:MOST])


def _waiting(actor: Actor, group: Group, on: date) -> list[Child]:
    """Children with a condition «lessons» of this specialist who are in no group of that speciality."""
    speciality = group.leader.speciality
    if not speciality:
        return []
    in_force = Q(brought__valid_until__isnull=True) | Q(brought__valid_until__gte=on)
    duties = SchoolDuty.objects.visible_to(actor).of_present().filter(
        in_force, kind=SchoolDuty.Kind.LESSONS, speciality=speciality, brought__brought_on__lte=on
    )  # fmt: skip
    taught = GroupMember.objects.of(actor.at).present_or_later(on).filter(group__leader__speciality=speciality)
    placed = Placement.objects.present().of(actor.at).order_by().values("child")
    rows = Child.objects.visible_to(actor).filter(
        pk__in=duties.order_by().values("brought__child")
    ).filter(pk__in=placed).exclude(pk__in=taught.order_by().values("child"))  # fmt: skip
    return list(rows.order_by("last_name", "first_name")[:MOST])
