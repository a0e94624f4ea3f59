"""Special opinions: any member present records his own until the conclusion is signed (P-24)."""

from __future__ import annotations

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record

from .. import events
from ..models import Conclusion, DissentingOpinion
from ..sources import present_positions
from .drafting import draft_lock

CLAUSE = "письмо ВК-1074/07, разд. 2, абзац об особом мнении; прил. 2.15"


@transaction.atomic
def opinion_add(*, actor: Actor, conclusion: Conclusion, text: str, expert: str = "") -> DissentingOpinion:
    """Record the actor's own opinion, or that of a named expert when the head records it.

    Raises Refusal for a member who was not present, an expert's opinion by anyone but the head, an empty text.
    """
    require(actor, "conclusion.dissent")
    fresh = draft_lock(conclusion, actor)
    if not text.strip():
        raise Refusal("empty", "Напишите, в чём состоит особое мнение.", field="text")
    opinion = DissentingOpinion(
        organisation=fresh.organisation, conclusion=fresh, text=text.replace("\x00", "").strip(), user=actor.user
    )
    if expert.strip():
        if not actor.has(Role.COMMISSION_HEAD):
            raise Refusal("head_only", "Мнение эксперта вносит руководитель комиссии.", CLAUSE, "expert")
        opinion.author = expert.strip()
    else:
        own = next((post for post in present_positions(fresh.visit) if post.user_id == actor.person.pk), None)
        if own is None:
            raise Refusal("not_present", "Особое мнение вносит член комиссии, который был на заседании.", CLAUSE)
        opinion.position, opinion.author = own, actor.person.short_name
    opinion.full_clean()
    opinion.save()
    record(events.OPINION_ADDED, actor=actor, subject=opinion, person_id=fresh.person_id)
    return opinion


@transaction.atomic
def opinion_withdraw(*, actor: Actor, opinion: DissentingOpinion) -> None:
    """Take back an opinion before signing: one's own, an expert's by the head who recorded it."""
    require(actor, "conclusion.dissent")
    draft_lock(opinion.conclusion, actor)
    if opinion.user_id != actor.person.pk:
        raise Refusal("not_own", "Снять особое мнение может только тот, кто его внёс.", CLAUSE)
    record(events.OPINION_WITHDRAWN, actor=actor, subject=opinion, person_id=opinion.person_id)
    opinion.delete()
