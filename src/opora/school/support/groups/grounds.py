"""On what ground a child is taught: what exists about the child is offered, so that one click names it (001, 3.3, 3.4).

A consilium's recommendation, a conclusion of ПМПК with its condition, a rehabilitation programme (ИПРА), a programme
of support (ИПС). Only what the actor may read is offered; an ИПРА that he may not see is written down by its details.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Speciality
from opora.foundation.ui.typography import NBSP
from opora.people.children.models import Child, Disability
from opora.school.consilium.models import AgendaItem, ConsiliumOpinion
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Programme

from .clauses import BY_COMMISSION, BY_CONSILIUM
from .models import GroupMember

Ground = GroupMember.Ground
BY_HAND = "rehabilitation"
NOTE_LIMIT = 300
WITHHELD = "основание хранит Служба"
CLAUSES = {
    Ground.CONSILIUM: BY_CONSILIUM, Ground.PROGRAMME: BY_CONSILIUM, Ground.COMMISSION: BY_COMMISSION,
    Ground.REHABILITATION: BY_COMMISSION,
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """One ground of one child: `key` stands in the form, `words` are its details as the journal shows them."""

    key: str
    ground: GroupMember.Ground
    words: str
    item: AgendaItem | None = None
    brought: BroughtConclusion | None = None
    duty: SchoolDuty | None = None
    programme: Programme | None = None

    @property
    def clause(self) -> str:
        return CLAUSES[self.ground]

    @property
    def is_typed(self) -> bool:
        return self.key == BY_HAND


Found = Iterator[tuple[int, Offer]]


def typed_offer(words: str) -> Offer:
    """An ИПРА whose details are written by hand."""
    return Offer(BY_HAND, Ground.REHABILITATION, words.strip())


def grounds_of(actor: Actor, child: Child, on: date, *, speciality: str = "") -> list[Offer]:
    """Grounds that held on a day, those of the speciality first; five queries at most."""
    return grounds_of_many(actor, [child], on, speciality=speciality)[child.pk]


def grounds_of_many(
    actor: Actor, children: Sequence[Child], on: date, *, speciality: str = ""
) -> dict[int, list[Offer]]:
    """The same for several children by their keys, in as many queries."""
    keys = [child.pk for child in children]
    answer: dict[int, list[Offer]] = {key: [] for key in keys}
    for source in (_conditions, _opinions, _programmes, _rehabilitations):
        for key, offer in source(actor, keys, on) if keys else ():
            answer[key].append(offer)
    for offers in answer.values():
        offers.sort(key=lambda one: not (speciality and one.duty and one.duty.speciality == speciality))
    return answer


def _conditions(actor: Actor, children: Sequence[int], on: date) -> Found:
    """The conclusion in force: each of its conditions «lessons», or the conclusion itself where it has none."""
    in_force = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    rows = BroughtConclusion.objects.visible_to(actor).filter(in_force, valid, child__in=children, brought_on__lte=on)
    for brought in rows.exclude(end_reason="mistake").prefetch_related("duties"):
        lessons = [one for one in brought.duties.all() if one.kind == SchoolDuty.Kind.LESSONS]
        for duty in lessons:
            words = f"{brought}: {_of_duty(duty)}"
            yield (
                brought.child_id,
                Offer(f"duty:{duty.public_id}", Ground.COMMISSION, words, brought=brought, duty=duty),
            )
        if not lessons:
            yield (
                brought.child_id,
                Offer(f"brought:{brought.public_id}", Ground.COMMISSION, str(brought), brought=brought),
            )


def _of_duty(duty: SchoolDuty) -> str:
    who = Speciality(duty.speciality).label if duty.speciality in Speciality.values else "занятия"
    hours = f"{duty.hours.normalize():f}".replace(".", ",") if duty.hours else ""
    return f"{who}, {hours}{NBSP}ч в{NBSP}неделю" if hours else who


def _opinions(actor: Actor, children: Sequence[int], on: date) -> Found:
    items = AgendaItem.objects.visible_to(actor).filter(child__in=children)
    rows = ConsiliumOpinion.objects.filter(
        item__in=items.order_by().values("pk"), annulled_on__isnull=True, signed_on__lte=on
    )  # fmt: skip
    helped = rows.exclude(item__outcome=AgendaItem.Outcome.NO_DIFFICULTIES).select_related("item")
    for one in helped.order_by("-signed_on"):
        words = f"Заключение ППк {one} от{NBSP}{one.signed_on:%d.%m.%Y}"
        yield one.item.child_id, Offer(f"item:{one.item.public_id}", Ground.CONSILIUM, words, item=one.item)


def _programmes(actor: Actor, children: Sequence[int], on: date) -> Found:
    led = (Status.RUNNING, Status.FINISHED, Status.CONTINUED)
    rows = Programme.objects.visible_to(actor).filter(child__in=children, status__in=led, starts_on__lte=on)
    for one in rows.filter(Q(finished_on__isnull=True) | Q(finished_on__gt=on)):
        words = f"{one} с{NBSP}{one.starts_on:%d.%m.%Y}"
        yield one.child_id, Offer(f"programme:{one.public_id}", Ground.PROGRAMME, words, programme=one)


def _rehabilitations(actor: Actor, children: Sequence[int], on: date) -> Found:
    if not sees(actor, "diagnoses"):
        return
    for one in Disability.objects.visible_to(actor).filter(child__in=children):
        ended = one.rehabilitation_to is not None and one.rehabilitation_to < on
        if one.rehabilitation_number and not ended:
            number = one.rehabilitation_number.removeprefix("№").strip()
            words = f"ИПРА №{NBSP}{number}"
            yield one.child_id, Offer(f"disability:{one.public_id}", Ground.REHABILITATION, words)


def ground_words(actor: Actor, members: Iterable[GroupMember]) -> dict[int, str]:
    """What each member's ground reads like for the actor: what he may not read elsewhere is withheld here too.

    Two queries for all of them.
    """
    every = list(members)
    items = _readable(AgendaItem.objects.visible_to(actor), [one.agenda_item_id for one in every])
    programmes = _readable(Programme.objects.visible_to(actor), [one.programme_id for one in every])
    reads, reads_health = sees(actor, "support_texts"), sees(actor, "diagnoses")
    words = {}
    for one in every:
        hidden = (
            not reads
            or (one.agenda_item_id and one.agenda_item_id not in items)
            or (one.programme_id and one.programme_id not in programmes)
            or (one.ground == Ground.REHABILITATION and not reads_health and not _leads(actor, one))
        )
        words[one.pk] = WITHHELD if hidden else (one.ground_note or str(one.get_ground_display()))
    return words


def _leads(actor: Actor, member: GroupMember) -> bool:
    return actor.user is not None and member.group.leader.user_id == actor.user.pk


def _readable(rows: QuerySet[Any], keys: Iterable[int | None]) -> frozenset[int]:
    wanted = [key for key in keys if key]
    return frozenset(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else frozenset()
