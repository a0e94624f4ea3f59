"""Who was told of the opinion: the parents on the day, the teachers within the term (Р-93)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import Acquaintance, AgendaItem
from .locking import item_lock, keeper_require, opinion_require
from .talk import put_late_answer


@transaction.atomic
def parents_tell(*, actor: Actor, item: AgendaItem, on: date, answer: str = "", words: str = "") -> AgendaItem:
    """Record the day on which the parents read the opinion and got a copy; with the answer of those who were absent."""
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    opinion = opinion_require(fresh)
    if on < opinion.signed_on:
        raise Refusal("before", "Дата раньше, чем подписано заключение.", field="on")
    changed = put_late_answer(fresh, answer, words)
    fresh.parents_told_on = on
    fresh.save(update_fields=["parents_told_on", *changed])
    record(events.PARENTS_TOLD, actor=actor, subject=fresh, person_id=fresh.person_id, on=f"{on:%d.%m.%Y}")
    return fresh


@transaction.atomic
def teachers_tell(*, actor: Actor, item: AgendaItem, teachers: Sequence[Position], on: date) -> AgendaItem:
    """Record which teachers were told of the opinion; those told before stay with their day."""
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    opinion = opinion_require(fresh)
    if on < opinion.signed_on:
        raise Refusal("before", "Дата раньше, чем подписано заключение.", field="on")
    own = set(
        Position.objects.visible_to(actor).filter(pk__in=[one.pk for one in teachers]).values_list("pk", flat=True)
    )
    if not own:
        raise Refusal("nobody", "Отметьте, кто из педагогов ознакомлен.", field="teachers")
    for post in (one for one in teachers if one.pk in own):
        Acquaintance.objects.get_or_create(
            item=fresh, position=post, defaults={"organisation": actor.at, "told_on": on}
        )
    fresh.teachers_told_on = on
    fresh.save(update_fields=["teachers_told_on"])
    record(events.TEACHERS_TOLD, actor=actor, subject=fresh, person_id=fresh.person_id, count=len(own))
    return fresh
