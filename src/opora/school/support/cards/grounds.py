"""On what ground a card may be opened: what is already known of the child is offered, the rest is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.foundation.access.actions import may
from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child, Disability
from opora.school.consilium.models import AgendaItem
from opora.school.duties.models import BroughtConclusion
from opora.school.programmes.models import Programme

from .models import SupportCard

Ground = SupportCard.Ground
NBSP = "\u00a0"


@dataclass(frozen=True)
class Offer:
    """A ground that exists: `key` is the value of the form, the rows are kept as links of the card."""

    key: str
    words: str
    ground: str
    agenda_item: AgendaItem | None = None
    brought: BroughtConclusion | None = None
    programme: Programme | None = None


def grounds_of(actor: Actor, child: Child, on: date) -> list[Offer]:
    """What the actor may see of: opinions of the consilium, the conclusion in force, the programme, ИПРА."""
    offers = [*_opinions(actor, child), *_conclusions(actor, child, on), *_programmes(actor, child)]
    if sees(actor, "diagnoses"):
        for one in Disability.objects.visible_to(actor).filter(child=child):
            if one.rehabilitation_number and (one.rehabilitation_to is None or one.rehabilitation_to >= on):
                words = f"ИПРА №{NBSP}{one.rehabilitation_number.removeprefix('№').strip()}"
                offers.append(Offer(f"rehabilitation:{one.public_id}", words, Ground.REHABILITATION))
    return offers


def _opinions(actor: Actor, child: Child) -> list[Offer]:
    if not may(actor, "meeting.view"):
        return []
    signed = AgendaItem.objects.visible_to(actor).filter(child=child, state=AgendaItem.State.SIGNED)
    rows = signed.exclude(outcome=AgendaItem.Outcome.NO_DIFFICULTIES).select_related("meeting")
    return [
        Offer(
            f"consilium:{one.public_id}", f"заключение ППк от{NBSP}{one.meeting.day:%d.%m.%Y}", Ground.CONSILIUM,
            agenda_item=one,
        )
        for one in rows.order_by("-meeting__day", "-pk")[:3]
    ]  # fmt: skip


def _conclusions(actor: Actor, child: Child, on: date) -> list[Offer]:
    rows = BroughtConclusion.objects.visible_to(actor).in_force(on).filter(child=child)
    return [
        Offer(
            f"commission:{one.public_id}", f"{str(one)[:1].lower()}{str(one)[1:]}", Ground.COMMISSION, brought=one
        )
        for one in rows
    ]  # fmt: skip


def _programmes(actor: Actor, child: Child) -> list[Offer]:
    rows = Programme.objects.visible_to(actor).open().filter(child=child, number__isnull=False)
    return [Offer(f"programme:{one.public_id}", str(one), Ground.PROGRAMME, programme=one) for one in rows]
