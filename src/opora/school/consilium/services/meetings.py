"""Planning, calling, starting and ending meetings; who sits at them (K-01, K-02)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.people.children.models import Child
from opora.school.signals.models import Concern

from .. import events
from ..models import AgendaItem, ConsiliumMeeting, MeetingMember
from ..terms import quorum, statute_of, term
from .locking import keeper_require, meeting_lock, not_over_require

# A person with several posts sits in the first of them.
STANDING = (Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST)
EDITABLE = frozenset({"day", "starts", "place", "purpose", "chair", "secretary"})


def composition_on(actor: Actor, day: date) -> list[Position]:
    """Who may sit as a member on a day: one post of each sworn colleague, chair and service head first."""
    sworn = Undertaking.objects.visible_to(actor).values("user")
    posts = Position.objects.visible_to(actor).held_on(day).filter(user__in=sworn).select_related("user")
    order = [*STANDING, Role.CURATOR, Role.CLASS_TEACHER, Role.DIRECTOR]
    ranked = sorted((one for one in posts if one.role in order), key=lambda one: order.index(Role(one.role)))
    first: dict[int, Position] = {}
    for one in ranked:
        first.setdefault(one.user_id, one)
    return sorted(first.values(), key=lambda one: (order.index(Role(one.role)), one.user.last_name, one.pk))


def usual_posts(actor: Actor, day: date) -> list[Position]:
    """The composition that the last meeting remembers, without those who left; else chair, head and specialists."""
    may_sit = composition_on(actor, day)
    last = ConsiliumMeeting.objects.of(actor.at).exclude(state="cancelled").order_by("-day", "-pk").first()
    kept = set(last.members.values_list("position__user_id", flat=True)) if last else set()
    remembered = [one for one in may_sit if one.user_id in kept]
    return remembered or [one for one in may_sit if one.role in STANDING]


def usual_chair(actor: Actor, day: date) -> Position:
    """The chair of the consilium, else the deputy. Raises Refusal when the school has named neither."""
    posts = Position.objects.visible_to(actor).held_on(day).select_related("user")
    chair = posts.filter(role=Role.CONSILIUM_CHAIR).order_by("started_on", "pk").first()
    deputy = statute_of(actor.at).deputy
    found = chair or (posts.filter(pk=deputy.pk).first() if deputy else None)
    if found is None:
        clause = term("quorum_percent", day).clause
        raise Refusal("no_chair", "В списке сотрудников нет председателя ППк на этот день.", clause, field="chair")
    return found


@transaction.atomic
def meeting_plan(
    *, actor: Actor, day: date, on: date, starts: time | None = None, place: str = "", purpose: str = "",
    kind: str = ConsiliumMeeting.Kind.PLANNED, chair: Position | None = None, secretary: Position | None = None,
) -> ConsiliumMeeting:  # fmt: skip
    """Appoint a meeting with its usual members. `on` is today. Raises Refusal for a past day, a stranger's post."""
    require(actor, "meeting.plan")
    return _made(actor, on, day=day, starts=starts, place=place, purpose=purpose, kind=kind, chair=chair,
                 secretary=secretary)  # fmt: skip


def _made(actor: Actor, on: date, **values: Any) -> ConsiliumMeeting:
    day: date = values["day"]
    if day < on:
        raise Refusal("past", "Этот день уже прошёл: назначьте заседание на сегодня или позже.", field="day")
    values["chair"] = values.get("chair") or usual_chair(actor, day)
    values["secretary"] = values.get("secretary") or statute_of(actor.at).secretary
    _require_posts(actor, day, values)
    sitting = {one.user_id: one for one in usual_posts(actor, day)}
    meeting = ConsiliumMeeting(organisation=actor.at, **values)
    meeting.full_clean()
    meeting.save()
    for post in filter(None, (meeting.chair, meeting.secretary)):
        sitting[post.user_id] = post
    MeetingMember.objects.bulk_create(
        MeetingMember(organisation=actor.at, meeting=meeting, position=one) for one in sitting.values()
    )
    record(events.MEETING_PLANNED, actor=actor, subject=meeting, day=f"{day:%d.%m.%Y}")
    return meeting


def _require_posts(actor: Actor, day: date, values: dict[str, Any]) -> None:
    for name in ("chair", "secretary"):
        post = values.get(name)
        if post is None:
            continue
        if not Position.objects.visible_to(actor).held_on(day).filter(pk=post.pk).exists():
            raise Refusal("not_here", f"{post.user}: в этот день не работает в организации.", field=name)


@transaction.atomic
def meeting_call(
    *, actor: Actor, child: Child, day: date, on: date, starts: time | None = None, place: str = "",
    ground: str = AgendaItem.Ground.OTHER, words: str = "", concern: Concern | None = None,
) -> AgendaItem:  # fmt: skip
    """Call an unplanned meeting about one child; at a risk for its life for today. The caller takes part.

    Raises Refusal: a past day, a later day at risk, a child who is on a coming agenda of the same day.
    """
    from .agenda import item_put

    require(actor, "meeting.call")
    require_own(actor, child)
    if concern is not None and concern.suicide_risk and day > on:
        message = "При признаках суицидального риска заседание проводят сегодня."
        raise Refusal("today", message, "Методические рекомендации по ИПС: внеплановый консилиум", field="day")
    meeting = _made(
        actor, on, day=day, starts=starts, place=place, kind=ConsiliumMeeting.Kind.UNPLANNED, chair=None,
        secretary=None, purpose="внеплановое обсуждение",
    )  # fmt: skip
    item = item_put(actor=actor, meeting=meeting, child=child, ground=ground, words=words, concern=concern)
    record(events.MEETING_CALLED, actor=actor, subject=meeting, person_id=item.person_id, day=f"{day:%d.%m.%Y}")
    return item


@transaction.atomic
def meeting_change(*, actor: Actor, meeting: ConsiliumMeeting, on: date, **values: Any) -> ConsiliumMeeting:
    """Change day, time, place, topic, chair or secretary of a meeting that is not over."""
    require(actor, "meeting.plan")
    unknown = values.keys() - EDITABLE
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    fresh = meeting_lock(meeting, actor)
    not_over_require(fresh)
    day = values.get("day", fresh.day)
    if day != fresh.day and day < on:
        raise Refusal("past", "Этот день уже прошёл: назначьте заседание на сегодня или позже.", field="day")
    values = {name: value for name, value in values.items() if name != "chair" or value is not None}
    _require_posts(actor, day, values)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    for post in filter(None, (fresh.chair, fresh.secretary)):
        if not fresh.members.filter(position__user=post.user_id).exists():
            MeetingMember.objects.create(organisation=actor.at, meeting=fresh, position=post)
    record(events.MEETING_CHANGED, actor=actor, subject=fresh, fields=sorted(values))
    return fresh


@transaction.atomic
def meeting_cancel(*, actor: Actor, meeting: ConsiliumMeeting) -> ConsiliumMeeting:
    """Cancel a meeting at which nothing was signed; its children wait for another one."""
    require(actor, "meeting.plan")
    fresh = meeting_lock(meeting, actor)
    not_over_require(fresh)
    if fresh.items.filter(state__in=("signing", "signed")).exists():
        raise Refusal("signed", "На заседании уже подписывают заключения: завершите его, а не отменяйте.")
    for item in fresh.items.exclude(state=AgendaItem.State.POSTPONED):
        item.state = AgendaItem.State.POSTPONED
        item.save(update_fields=["state"])
    fresh.state = ConsiliumMeeting.State.CANCELLED
    fresh.save(update_fields=["state"])
    record(events.MEETING_CANCELLED, actor=actor, subject=fresh)
    return fresh


@transaction.atomic
def member_set_present(
    *, actor: Actor, meeting: ConsiliumMeeting, position: Position, is_present: bool
) -> MeetingMember:
    """Tick a member present or absent; whoever is not on the list yet is added to it.

    Raises Refusal for a post that may not sit, and for one who has signed already.
    """
    require(actor, "meeting.run")
    fresh = meeting_lock(meeting, actor)
    keeper_require(actor, fresh)
    not_over_require(fresh)
    known = fresh.members.filter(position=position).exists()
    if not known and position.pk not in {one.pk for one in composition_on(actor, fresh.day)}:
        raise Refusal("not_sworn", f"{position.user}: нет действующей должности или обязательства о неразглашении.")
    if not is_present and fresh.items.filter(signatures__position=position).exists():
        raise Refusal("has_signed", f"{position.user}: уже подписал заключение этого заседания.")
    member, added = MeetingMember.objects.get_or_create(
        meeting=fresh, position=position, defaults={"organisation": actor.at, "is_present": is_present}
    )
    if added or member.is_present != is_present:
        member.is_present = is_present
        member.save(update_fields=["is_present"])
        record(events.MEMBER_MARKED, actor=actor, subject=fresh, member=position.public_id, present=is_present)
    return member


@transaction.atomic
def meeting_start(*, actor: Actor, meeting: ConsiliumMeeting, on: date) -> ConsiliumMeeting:
    """Begin the meeting on its day. Raises Refusal before the day."""
    require(actor, "meeting.run")
    fresh = meeting_lock(meeting, actor)
    keeper_require(actor, fresh)
    not_over_require(fresh)
    if on < fresh.day:
        raise Refusal("early", f"Заседание назначено на {fresh.day:%d.%m.%Y}. Если оно раньше, измените день.")
    if fresh.state == ConsiliumMeeting.State.PLANNED:
        fresh.state = ConsiliumMeeting.State.RUNNING
        fresh.save(update_fields=["state"])
        record(events.MEETING_STARTED, actor=actor, subject=fresh)
    return fresh


@transaction.atomic
def meeting_end(*, actor: Actor, meeting: ConsiliumMeeting, on: date) -> ConsiliumMeeting:
    """End the meeting: each child has a signed opinion or was postponed, and there was a quorum."""
    require(actor, "meeting.run")
    fresh = meeting_lock(meeting, actor)
    keeper_require(actor, fresh)
    not_over_require(fresh)
    if on < fresh.day:
        raise Refusal("early", f"Заседание назначено на {fresh.day:%d.%m.%Y}.")
    left = fresh.items.exclude(state__in=("signed", "postponed")).count()
    if left:
        raise Refusal("left", f"Остались вопросы без подписанного заключения: {left}. Подпишите или перенесите их.")
    counted = quorum(fresh)
    if not counted.is_met:
        clause = term("quorum_percent", fresh.day).clause
        raise Refusal("no_quorum", f"{counted.words}. Отметьте присутствующих.", clause)
    fresh.state, fresh.held_at = ConsiliumMeeting.State.HELD, timezone.now()
    fresh.save(update_fields=["state", "held_at"])
    record(events.MEETING_ENDED, actor=actor, subject=fresh)
    return fresh
