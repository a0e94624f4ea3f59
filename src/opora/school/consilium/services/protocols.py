"""The protocol of a meeting: its number, its parts frozen under the key of each child, its line (K-03, Р-93)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze

from .. import events
from ..content import item_content, protocol_frame, protocol_joined
from ..lines import meeting_line
from ..models import AgendaItem, ConsiliumMeeting
from ..shapes import ProtocolContent
from ..terms import quorum
from .locking import keeper_require, meeting_lock

SERIES = "consilium-meeting"
FORM = "consilium_protocol"
PART = "consilium_protocol_part"
HIDDEN = "сведения об этом вопросе открыты председателю и членам этого заседания"


@transaction.atomic
def protocol_issue(*, actor: Actor, meeting: ConsiliumMeeting, on: date) -> ConsiliumMeeting:
    """Number and freeze the protocol of a meeting that was held, and write it into the journal of meetings."""
    require(actor, "meeting.run")
    fresh = meeting_lock(meeting, actor)
    keeper_require(actor, fresh)
    if fresh.number:
        raise Refusal("issued", f"Протокол уже оформлен: № {fresh.number_title}.")
    if fresh.state != ConsiliumMeeting.State.HELD:
        raise Refusal("not_held", "Сначала завершите заседание.")
    if on < fresh.day:
        raise Refusal("early", "Дата протокола раньше дня заседания.", field="on")
    number = number_next(actor=actor, series=SERIES, day=on)
    items = list(fresh.items.filter(state=AgendaItem.State.SIGNED).select_related("child", "meeting", "leading__user"))
    frame = protocol_frame(fresh, number=f"{number}/{on.year}", quorum=quorum(fresh).words)
    frame["parts"] = [_part(actor, item) for item in items]
    frozen = snapshot_freeze(actor=actor, form=FORM, subject=fresh, content=frame)
    fresh.number, fresh.year, fresh.protocol_on, fresh.snapshot = number, on.year, on, frozen
    line = meeting_line(fresh, number=number, sha256=frozen.sha256, children=len(items))
    fresh.entry = entry_add(actor=actor, series=SERIES, day=on, subject=fresh, content=dict(line))
    fresh.full_clean()
    fresh.save()
    record(events.PROTOCOL_ISSUED, actor=actor, subject=fresh, number=number)
    return fresh


def _part(actor: Actor, item: AgendaItem) -> dict[str, Any]:
    content = dict(item_content(item))
    frozen = snapshot_freeze(actor=actor, form=PART, subject=item, content=content, person_id=item.person_id)
    return {"item": item.public_id, "snapshot": frozen.public_id, "sha256": frozen.sha256}


def protocol_read(*, actor: Actor, meeting: ConsiliumMeeting) -> ProtocolContent:
    """The protocol as it was frozen, or as it would be frozen now; what the actor may not know stands closed in it."""
    require(actor, "meeting.view")
    require_own(actor, meeting)
    known = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
    if meeting.snapshot is None:
        rows = known.exclude(state=AgendaItem.State.POSTPONED).select_related("child", "meeting", "leading__user")
        frame = protocol_frame(meeting, number="", quorum=quorum(meeting).words)
        return protocol_joined(frame, [dict(item_content(one)) for one in rows.order_by("order", "pk")])
    frame = dict(meeting.snapshot.content)
    visible = set(known.values_list("public_id", flat=True))
    parts = frame.pop("parts")
    ids = [one["snapshot"] for one in parts]
    frozen = {one.public_id: one.content for one in Snapshot.objects.of(actor.at).filter(public_id__in=ids)}
    closed = {"order": 0, "title": HIDDEN, "talk": "", "decision": "", "others": [], "opinions": []}
    return protocol_joined(
        frame, [frozen.get(one["snapshot"], {}) if one["item"] in visible else closed for one in parts]
    )


@transaction.atomic
def protocol_annul(*, actor: Actor, meeting: ConsiliumMeeting, on: date, reason: str) -> ConsiliumMeeting:
    """Annul the number of a protocol: the meeting waits for a new one, the number stays taken (C-13)."""
    require(actor, "opinion.annul")
    fresh = meeting_lock(meeting, actor)
    if not fresh.number or fresh.entry is None or fresh.protocol_on is None:
        raise Refusal("not_issued", "Протокол ещё не оформлен.")
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему протокол аннулируется.", field="reason")
    if on < fresh.protocol_on:
        raise Refusal("before", "Дата аннулирования раньше даты протокола.", field="on")
    number = fresh.number
    entry_add(
        actor=actor, series=SERIES, day=on, subject=fresh, kind=Entry.Kind.ANNULMENT, corrects=fresh.entry,
        content={"annuls": number, "year": fresh.year, "reason": reason.strip()[:300]},
    )  # fmt: skip
    fresh.number = fresh.year = fresh.protocol_on = fresh.snapshot = fresh.entry = None
    fresh.save()
    record(events.PROTOCOL_ANNULLED, actor=actor, subject=fresh, number=number)
    return fresh
