"""Locks and the states they guard: meeting first, then the agenda item."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from opora.foundation.access.actions import require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS as LEADS

from ..models import AgendaItem, ConsiliumMeeting, ConsiliumOpinion

KEEPERS_ONLY = "Решение и отметки записывают председатель, его заместитель и секретарь заседания."
NOT_OPEN = "Этот вопрос ведут председатель ППк и участники его обсуждения."
STATES_OVER = {
    ConsiliumMeeting.State.HELD: "Заседание завершено.",
    ConsiliumMeeting.State.CANCELLED: "Заседание отменено.",
}


def meeting_lock(meeting: ConsiliumMeeting, actor: Actor) -> ConsiliumMeeting:
    """The meeting read anew and locked. Raises PermissionDenied for another organisation's."""
    require_own(actor, meeting)
    rows = ConsiliumMeeting.objects.select_for_update(of=("self",))
    return rows.select_related("chair__user", "secretary__user", "organisation").get(pk=meeting.pk)


def item_lock(item: AgendaItem, actor: Actor) -> AgendaItem:
    """The item read anew and locked, its meeting locked before. Raises PermissionDenied for what is not his."""
    require_own(actor, item)
    if not AgendaItem.objects.kept_for(actor).filter(pk=item.pk).exists():
        raise PermissionDenied(NOT_OPEN)
    meeting = meeting_lock(item.meeting, actor)
    rows = AgendaItem.objects.select_for_update(of=("self",))
    fresh = rows.select_related("child", "concern", "leading__user", "organisation").get(pk=item.pk)
    fresh.meeting = meeting
    return fresh


def is_keeper(actor: Actor, meeting: ConsiliumMeeting) -> bool:
    """Whether the actor writes down what the meeting decides: a lead, its chair or its secretary."""
    if actor.user is None or actor.roles & LEADS:
        return True
    posts = [meeting.chair] + ([meeting.secretary] if meeting.secretary else [])
    return any(post.user_id == actor.user.pk for post in posts)


def keeper_require(actor: Actor, meeting: ConsiliumMeeting) -> None:
    """Raise PermissionDenied unless `is_keeper`."""
    if not is_keeper(actor, meeting):
        raise PermissionDenied(KEEPERS_ONLY)


def not_over_require(meeting: ConsiliumMeeting) -> None:
    """Raise Refusal when the meeting is held or cancelled."""
    if meeting.is_over:
        raise Refusal("over", STATES_OVER[ConsiliumMeeting.State(meeting.state)])


def writable_require(item: AgendaItem) -> None:
    """Raise Refusal when the talk is not written down any more."""
    if item.meeting.state == ConsiliumMeeting.State.CANCELLED:
        raise Refusal("over", STATES_OVER[ConsiliumMeeting.State.CANCELLED])
    if not item.is_writable:
        state = item.get_state_display()
        way = " Верните его к обсуждению, если нужно исправить." if item.state == AgendaItem.State.SIGNING else ""
        raise Refusal("settled", f"Вопрос — «{state}»: обсуждение больше не меняется.{way}")


def opinion_require(item: AgendaItem) -> ConsiliumOpinion:
    """The opinion in force. Raises Refusal when there is none."""
    opinion = item.opinion
    if opinion is None:
        raise Refusal("not_signed", "Заключение ещё не подписано.")
    return opinion
