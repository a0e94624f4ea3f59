"""The talk about one child: five steps written down together, the decision, the parents' own words (K-03)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.worksheets.services import SaveResult, section_save

from .. import events
from ..models import AgendaItem, AgendaSection
from .agenda import leading_require
from .locking import is_keeper, item_lock, keeper_require, writable_require

READERS_ONLY = "Обсуждение записывают члены консилиума и те, кто приглашён к этому вопросу."


def may_write(actor: Actor, item: AgendaItem) -> bool:
    """Whether the actor writes in the talk: whoever keeps the meeting, its members, colleagues invited to the child."""
    if is_keeper(actor, item.meeting):
        return True
    invited = Q(participants__position__user=actor.user) | Q(leading__user=actor.user)
    seated = AgendaItem.objects.filter(pk=item.pk).filter(invited | Q(meeting__members__position__user=actor.user))
    return seated.exists()


@transaction.atomic
def section_write(
    *, actor: Actor, section: AgendaSection, text: str, base_version: int, settled: bool = False
) -> SaveResult[AgendaSection]:
    """Save one section as it is typed. Raises PermissionDenied for a reader, Refusal once the opinion is on its way."""
    require(actor, "meeting.talk")
    item = item_lock(section.item, actor)
    if not may_write(actor, item):
        raise PermissionDenied(READERS_ONLY)
    writable_require(item)
    return section_save(actor=actor, section=section, text=text, base_version=base_version, settled=settled)


@transaction.atomic
def decision_set(
    *, actor: Actor, item: AgendaItem, outcome: str, recommendation: str = "", leading: Position | None = None
) -> AgendaItem:
    """Write down the outcome, the group of recommendations and the leading specialist."""
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    writable_require(fresh)
    leading_require(actor, fresh, leading)
    if outcome == AgendaItem.Outcome.NO_DIFFICULTIES:
        recommendation = ""
    fresh.outcome, fresh.recommendation, fresh.leading = outcome, recommendation, leading
    fresh.full_clean()
    fresh.save(update_fields=["outcome", "recommendation", "leading"])
    record(events.DECISION_SET, actor=actor, subject=fresh, person_id=fresh.person_id, outcome=outcome)
    return fresh


@transaction.atomic
def parents_hear(*, actor: Actor, item: AgendaItem, answer: str, words: str = "") -> AgendaItem:
    """Write down what the parents say of the decision, in their own words; disagreement is said in words."""
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    writable_require(fresh)
    _put_answer(fresh, answer, words)
    fresh.save(update_fields=["parents_answer", "parents_words"])
    _seat_the_only_parent(fresh)
    record(events.PARENTS_HEARD, actor=actor, subject=fresh, person_id=fresh.person_id, answer=answer)
    return fresh


def _seat_the_only_parent(item: AgendaItem) -> None:
    """Who has answered is here: said once, where one representative alone is invited; of several the page is told."""
    invited = list(item.participants.filter(kind="guardian")[:2])
    if len(invited) == 1 and item.parents_answer != AgendaItem.ParentsAnswer.ABSENT and not invited[0].is_present:
        invited[0].is_present = True
        invited[0].save(update_fields=["is_present"])


def _put_answer(item: AgendaItem, answer: str, words: str) -> None:
    partly = (AgendaItem.ParentsAnswer.PARTLY, AgendaItem.ParentsAnswer.DISAGREE)
    if answer in partly and not words.strip():
        raise Refusal("no_words", "Запишите словами родителей, с чем они не согласны.", field="parents_words")
    item.parents_answer, item.parents_words = answer, words.strip()
    item.full_clean()


def put_late_answer(item: AgendaItem, answer: str, words: str) -> list[str]:
    """The answer of parents who were absent, given with their signature after the meeting; the changed fields."""
    if not answer or item.parents_answer != AgendaItem.ParentsAnswer.ABSENT:
        return []
    _put_answer(item, answer, words)
    return ["parents_answer", "parents_words"]
