"""Papers of a meeting of the consilium as they stand today, and who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from opora.foundation.access.knowledge import knows_all
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.registers.models import Snapshot
from opora.foundation.registers.services import snapshot_is_whole
from opora.foundation.vault.fields import is_erased
from opora.school.consilium.content import opinion_content, referral_content
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting
from opora.school.consilium.querysets import seated
from opora.school.consilium.services.protocols import protocol_read

CLAUSE = "распоряжение Р-93 (по памяти, сверить с официальным текстом)"


def protocol(meeting: ConsiliumMeeting, actor: Actor, on: date) -> Mapping[str, Any]:
    """The protocol as it was frozen in parts, or as it stands; a point that is not the actor's stays closed in it.

    Raises Refusal when what was frozen is no longer what it was.
    """
    if meeting.snapshot is not None:
        _require_whole(actor, meeting.snapshot)
    return {**protocol_read(actor=actor, meeting=meeting), "draft": meeting.snapshot is None}


def _require_whole(actor: Actor, frame: Snapshot) -> None:
    named = [part["snapshot"] for part in frame.content.get("parts", ())]
    parts = Snapshot.objects.of(actor.at).filter(public_id__in=named)
    if not all(snapshot_is_whole(one) or is_erased(one, "content") for one in (frame, *parts)):
        raise Refusal(
            "snapshot_broken",
            "Содержание протокола не сходится с тем, что было оформлено, поэтому он не выдан. Сообщите администратору.",
        )


def opinion(item: AgendaItem, actor: Actor, on: date) -> Mapping[str, Any]:
    """The collegial opinion before its signature."""
    return {**opinion_content(item), "draft": True}


def referral(item: AgendaItem, actor: Actor, on: date) -> Mapping[str, Any]:
    """The referral in force. Raises Refusal when the child is not sent to ПМПК."""
    found = item.referral
    if found is None:
        raise Refusal("no_referral", "Направления на ПМПК по этому вопросу нет: его составляют после решения.", CLAUSE)
    return dict(referral_content(found, director=director_name(actor, on)))


def director_name(actor: Actor, on: date) -> str:
    """«Давыдов Д. Д.»; empty when nobody is the director that day."""
    held = Position.objects.filter(organisation=actor.at, role=Role.DIRECTOR).held_on(on).select_related("user")
    post = held.order_by("started_on", "pk").first()
    return post.user.short_name if post else ""


def reads_item(actor: Actor, item: AgendaItem) -> bool:
    """Leads, the director, and those who sat at the talk about the child; a mark of risk narrows it as everywhere."""
    if not AgendaItem.objects.kept_for(actor).filter(pk=item.pk).exists():
        return False
    return knows_all(actor) or AgendaItem.objects.filter(seated(actor), pk=item.pk).exists()


def reads_meeting(actor: Actor, meeting: ConsiliumMeeting) -> bool:
    """Whoever answers for the protocol or signs it: leads, the director, the secretary and the members."""
    if knows_all(actor) or actor.user is None:
        return knows_all(actor)
    is_secretary = meeting.secretary is not None and meeting.secretary.user_id == actor.user.pk
    return is_secretary or meeting.members.filter(position__user=actor.user).exists()


def signed_opinion(item: AgendaItem) -> Snapshot | None:
    found = item.opinion
    return found.snapshot if found else None


def signed_referral(item: AgendaItem) -> Snapshot | None:
    found = item.referral
    return found.snapshot if found else None
