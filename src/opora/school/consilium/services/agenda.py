"""The agenda: children in their order, each with the sections of its talk (K-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from opora.foundation.access.actions import may, require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.regulations.consilium.reading import sections_of
from opora.school.pupils.selectors import left_among
from opora.school.signals.attention import attention_list
from opora.school.signals.models import Concern
from opora.school.signals.services.screenings import result_settle

from .. import events
from ..models import AgendaItem, AgendaSection, ConsiliumMeeting, Participant
from .locking import item_lock, keeper_require, meeting_lock, not_over_require, writable_require

OPEN = (AgendaItem.State.PLANNED, AgendaItem.State.TALK)


@transaction.atomic
def item_add(
    *, actor: Actor, meeting: ConsiliumMeeting, child: Child, ground: str, words: str = "",
    concern: Concern | None = None,
) -> AgendaItem:  # fmt: skip
    """Put a child on the agenda. Raises Refusal when it is there already, or the meeting is over."""
    require(actor, "meeting.plan")
    return item_put(actor=actor, meeting=meeting, child=child, ground=ground, words=words, concern=concern)


def item_put(
    *, actor: Actor, meeting: ConsiliumMeeting, child: Child, ground: str, words: str = "",
    concern: Concern | None = None,
) -> AgendaItem:  # fmt: skip
    """Put a child on the agenda once the caller's own right was checked; the representatives are invited at once.

    Raises Refusal: it is there already, the meeting is over, the pupil has left.
    """
    fresh = meeting_lock(meeting, actor)
    not_over_require(fresh)
    require_own(actor, child)
    if concern is not None and (concern.child_id != child.pk or concern.organisation_id != actor.at.pk):
        raise Refusal("stranger", "Этот сигнал — о другом ребёнке.", field="concern")
    if left_among(actor.at, [child.pk]).exists():
        raise Refusal("left", f"{child.short_name} выбыл: консилиум школы о нём не собирают.", field="child")
    present = fresh.items.filter(child=child).first()
    if present is not None and present.state != AgendaItem.State.POSTPONED:
        raise Refusal("twice", f"{child.short_name} уже в повестке этого заседания.", field="child")
    last = fresh.items.aggregate(last=Max("order"))["last"] or 0
    item = present or AgendaItem(organisation=actor.at, meeting=fresh, child=child)
    item.state, item.order, item.ground = AgendaItem.State.PLANNED, last + 1, ground
    item.ground_words, item.concern = words.strip(), concern
    item.full_clean()
    item.save()
    if present is None:
        _prepare(actor, item)
    if ground == AgendaItem.Ground.SCREENING and may(actor, "screening.settle"):
        for result in attention_list(actor).filter(child=child):
            result_settle(actor=actor, result=result, how="meeting")
    record(events.ITEM_ADDED, actor=actor, subject=item, person_id=item.person_id, meeting=fresh.public_id)
    return item


def _prepare(actor: Actor, item: AgendaItem) -> None:
    """Sections of the talk; the representatives, the class teacher and the caller as those who are invited."""
    AgendaSection.objects.bulk_create(
        AgendaSection(organisation=actor.at, item=item, code=one.code) for one in sections_of(law_on(item.meeting.day))
    )
    for bond in item.child.guardianships.filter(ended_on__isnull=True).select_related("guardian"):
        Participant.objects.create(organisation=actor.at, item=item, kind="guardian", guardian=bond.guardian)
    members = set(item.meeting.members.values_list("position__user_id", flat=True))
    for post in _staff_of(actor, item):
        if post.user_id not in members:
            members.add(post.user_id)
            Participant.objects.create(organisation=actor.at, item=item, kind="staff", position=post)


def _staff_of(actor: Actor, item: AgendaItem) -> list[Position]:
    posts = Position.objects.visible_to(actor).held_on(item.meeting.day).select_related("user")
    placement = item.child.placements.filter(ended_on__isnull=True).select_related("school_class").first()
    teacher = placement.school_class.teacher_id if placement else None
    found = list(posts.filter(pk=teacher)) if teacher else []
    if actor.user is not None:
        found += list(posts.filter(user=actor.user, role__in=("curator", "class_teacher"))[:1])
    return found


@transaction.atomic
def item_remove(*, actor: Actor, item: AgendaItem) -> None:
    """Take a child off an agenda before the talk has begun; what was typed about it would not be lost: postpone it."""
    require(actor, "meeting.plan")
    fresh = item_lock(item, actor)
    not_over_require(fresh.meeting)
    written = any(one.text.strip() for one in fresh.sections.all())
    if fresh.state != AgendaItem.State.PLANNED or written:
        raise Refusal("begun", "Обсуждение уже начато: перенесите вопрос на другое заседание.")
    _take_off(actor, fresh)


def _take_off(actor: Actor, item: AgendaItem) -> None:
    item.participants.all().delete()
    item.sections.all().delete()
    record(events.ITEM_REMOVED, actor=actor, subject=item, person_id=item.person_id, meeting=item.meeting.public_id)
    item.delete()


@transaction.atomic
def items_leave(*, actor: Actor, child: Child) -> None:
    """The pupil has left: he is on no agenda any more; what was already said of him stays, as a talk put off.

    It follows from the child's leaving and so does the right to it; called by `leaving.py` inside that deed. An
    opinion that waits for signatures keeps waiting: the talk took place. Raises PermissionDenied.
    """
    require(actor, "class.keep")
    require_own(actor, child)
    rows = AgendaItem.objects.of(actor.at).select_for_update(of=("self",)).select_related("child", "meeting")
    for item in rows.filter(child=child, state__in=OPEN).waiting():
        if item.state == AgendaItem.State.PLANNED and not any(one.text.strip() for one in item.sections.all()):
            _take_off(actor, item)
            continue
        item.state = AgendaItem.State.POSTPONED
        item.save(update_fields=["state"])
        record(events.ITEM_POSTPONED, actor=actor, subject=item, person_id=item.person_id)


@transaction.atomic
def item_move(*, actor: Actor, item: AgendaItem, up: bool) -> None:
    """Change places with the neighbour; the first stays first, the last stays last."""
    require(actor, "meeting.plan")
    fresh = item_lock(item, actor)
    not_over_require(fresh.meeting)
    rows = list(fresh.meeting.items.exclude(state=AgendaItem.State.POSTPONED).order_by("order", "pk"))
    place = next((index for index, one in enumerate(rows) if one.pk == fresh.pk), None)
    target = None if place is None else place + (-1 if up else 1)
    if place is None or target is None or not 0 <= target < len(rows):
        return
    rows[place], rows[target] = rows[target], rows[place]
    for number, one in enumerate(rows, 1):
        if one.order != number:
            one.order = number
            one.save(update_fields=["order"])
    record(events.ITEM_MOVED, actor=actor, subject=fresh, person_id=fresh.person_id)


@transaction.atomic
def item_change(*, actor: Actor, item: AgendaItem, **values: Any) -> AgendaItem:
    """Change ground, its words or the leading specialist while the talk is open."""
    require(actor, "meeting.run")
    unknown = values.keys() - {"ground", "ground_words", "leading"}
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    writable_require(fresh)
    leading_require(actor, fresh, values.get("leading"))
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    record(events.ITEM_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, fields=sorted(values))
    return fresh


def leading_require(actor: Actor, item: AgendaItem, post: Position | None) -> None:
    """Raise Refusal for a post of another organisation or one that is not held on the day of the meeting."""
    if post is None:
        return
    if not Position.objects.visible_to(actor).held_on(item.meeting.day).filter(pk=post.pk).exists():
        raise Refusal("not_here", f"{post.user}: в день заседания не работает в организации.", field="leading")


@transaction.atomic
def item_open(*, actor: Actor, item: AgendaItem, on: date) -> AgendaItem:
    """Begin the talk about a child; the first one starts the meeting."""
    from .meetings import meeting_start

    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    meeting_start(actor=actor, meeting=fresh.meeting, on=on)
    if fresh.state == AgendaItem.State.PLANNED:
        fresh.state = AgendaItem.State.TALK
        fresh.save(update_fields=["state"])
    return fresh


@transaction.atomic
def item_postpone(*, actor: Actor, item: AgendaItem, to: ConsiliumMeeting | None = None) -> AgendaItem | None:
    """Leave a child for another meeting: for `to` when it is known, with what was typed copied there."""
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    writable_require(fresh)
    fresh.state = AgendaItem.State.POSTPONED
    fresh.save(update_fields=["state"])
    record(events.ITEM_POSTPONED, actor=actor, subject=fresh, person_id=fresh.person_id)
    if to is None:
        return None
    made = item_put(
        actor=actor, meeting=to, child=fresh.child, ground=fresh.ground, words=fresh.ground_words,
        concern=fresh.concern,
    )  # fmt: skip
    texts = {one.code: one for one in fresh.sections.all() if one.text.strip()}
    for section in made.sections.all():
        if section.code in texts and not section.text:
            section.text, section.user, section.version = texts[section.code].text, texts[section.code].user, 1
            section.save()
    return made
