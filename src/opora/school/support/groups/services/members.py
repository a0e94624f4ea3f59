"""Children join a group on a ground and leave it with a result."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Child
from opora.school.pupils.models import Placement

from .. import events
from ..clauses import LIMIT_SETTING, ON_GROUND
from ..conflicts import Wanted, lesson_conflicts
from ..grounds import NOTE_LIMIT, Offer, grounds_of
from ..leading import group_lock
from ..models import Group, GroupMember

NO_GROUND = (
    "Нет основания для занятий: нужны заключение ППк или ПМПК, ИПРА либо программа сопровождения, "
    "которые действуют в этот день."
)


@transaction.atomic
def member_join(*, actor: Actor, group: Group, child: Child, offer: Offer | None, joined_on: date) -> GroupMember:
    """Put a child into a group on a ground that held on the day (`grounds.grounds_of`, `typed_offer`).

    Raises Refusal: without a ground (001, 3.3, 3.4), above the limit, twice, out of the term, when the child is at
    another lesson at the time of one of this group.
    """
    require(actor, "group.keep")
    require_own(actor, child)
    fresh = group_lock(actor, group)
    # No other group plans its time now; `no_key` as in `times_lock`.
    list(Child.objects.filter(pk=child.pk).values_list("pk").select_for_update(no_key=True))
    if not fresh.starts_on <= joined_on <= fresh.ends_on:
        term = f"с {fresh.starts_on:%d.%m.%Y} по {fresh.ends_on:%d.%m.%Y}"
        raise Refusal("term", f"Группа занимается {term}: укажите день в этом сроке.", field="joined_on")
    if not Placement.objects.present().of(actor.at).filter(child=child).exists():
        raise Refusal("gone", "Ребёнка нет ни в одном классе школы.", field="child")
    _require_place(fresh, child, joined_on)
    chosen = _require_ground(actor, child, offer, joined_on)
    member = GroupMember(
        organisation=actor.at, group=fresh, child=child, ground=chosen.ground, agenda_item=chosen.item,
        brought=chosen.brought, duty=chosen.duty, programme=chosen.programme, joined_on=joined_on,
        ground_note=chosen.words[:NOTE_LIMIT],
    )  # fmt: skip
    member.full_clean()
    member.save()
    _require_free(actor, fresh, member)
    record(events.MEMBER_JOINED, actor=actor, subject=member, person_id=child.public_id)
    return member


@transaction.atomic
def member_leave(*, actor: Actor, member: GroupMember, on: date, outcome: str = "") -> GroupMember:
    """A child leaves; `on` is its last day. Raises Refusal for a day before it joined or when it has left."""
    require_own(actor, member)
    group_lock(actor, member.group)
    fresh = _locked(member)
    if fresh.left_on:
        raise Refusal("left", f"Ребёнок выбыл с занятий {fresh.left_on:%d.%m.%Y}.")
    if on < fresh.joined_on:
        raise Refusal("day", f"Ребёнок занимается с {fresh.joined_on:%d.%m.%Y}: раньше он не выбывает.", field="on")
    if on > max(fresh.group.ends_on, fresh.joined_on):
        raise Refusal("day", f"Группа занимается по {fresh.group.ends_on:%d.%m.%Y}.", field="on")
    fresh.left_on = on
    fresh.full_clean()
    fresh.save(update_fields=["left_on"])
    outcome_keep(actor, fresh, outcome)
    record(events.MEMBER_LEFT, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def member_sum(*, actor: Actor, member: GroupMember, outcome: str) -> GroupMember:
    """Write down what the lessons gave a child; also after the group was closed. Raises Refusal for an empty text."""
    require_own(actor, member)
    group_lock(actor, member.group, even_closed=True)
    fresh = _locked(member)
    if not outcome.strip():
        raise Refusal("outcome", "Напишите, что изменилось у ребёнка.", field="outcome")
    outcome_keep(actor, fresh, outcome)
    return fresh


def outcome_keep(actor: Actor, member: GroupMember, outcome: str) -> None:
    """Save a result that was given. Called by the services of the room alone."""
    if not outcome.strip() or outcome.strip() == member.outcome:
        return
    member.outcome = outcome.strip()
    member.full_clean()
    member.save(update_fields=["outcome"])
    record(events.MEMBER_SUMMED, actor=actor, subject=member, person_id=member.person_id)


def member_end(*, actor: Actor, member: GroupMember, on: date) -> None:
    """The pupil has left the school, or its processing stops: called inside that deed, which has its own right."""
    member.left_on = max(on, member.joined_on)
    member.save(update_fields=["left_on"])
    record(events.MEMBER_LEFT, actor=actor, subject=member, person_id=member.person_id)


def _locked(member: GroupMember) -> GroupMember:
    rows = GroupMember.objects.select_for_update(of=("self",)).select_related("child", "group__leader__user")
    return rows.get(pk=member.pk)


def _require_place(group: Group, child: Child, day: date) -> None:
    members = GroupMember.objects.filter(group=group).present_or_later(day)
    if members.filter(child=child).exists():
        raise Refusal("twice", "Этот ребёнок уже в списке группы: дважды его не записывают.", field="child")
    count = members.count()
    if count >= group.limit:
        single = group.kind == Group.Kind.INDIVIDUAL
        words = "На индивидуальных занятиях один ребёнок" if single else f"В группе мест {group.limit}, все заняты"
        raise Refusal("full", f"{words}.", "" if single else LIMIT_SETTING, "child")


def _require_ground(actor: Actor, child: Child, offer: Offer | None, day: date) -> Offer:
    if offer is None:
        raise Refusal("no_ground", NO_GROUND, ON_GROUND, "ground")
    if offer.is_typed:
        if not offer.words:
            raise Refusal("no_details", "Впишите номер и дату ИПРА.", ON_GROUND, "ground_note")
        return offer
    held = {one.key: one for one in grounds_of(actor, child, day)}
    if offer.key not in held:
        raise Refusal("no_ground", NO_GROUND, ON_GROUND, "ground")
    return held[offer.key]


def _require_free(actor: Actor, group: Group, member: GroupMember) -> None:
    ahead = group.lessons.planned().filter(on__gte=member.joined_on).order_by("on")
    wanted = [Wanted(one.on, one.starts_at, one.minutes) for one in ahead]
    for one, found in zip(wanted, lesson_conflicts(actor, group, wanted), strict=True):
        busy = next((conflict for conflict in found if conflict.code == "child"), None)
        if busy:
            raise Refusal("child_busy", f"{one.on:%d.%m.%Y}: {busy.words}", field="child")
