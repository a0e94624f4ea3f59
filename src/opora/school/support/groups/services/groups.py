"""A group is begun, changed and closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.school.pupils.surnames import advice_on, surname_in

from ...materials.models import Material
from ...schoolyear.bounds import year_require
from ...schoolyear.models import Cabinet
from ...schoolyear.reading import settings_of
from .. import events
from ..clauses import LIMIT_SETTING
from ..holding import held_among
from ..leading import group_lock, leader_require
from ..models import Group, GroupMember, Lesson
from .lessons import cabinet_require
from .members import outcome_keep

LONGEST_TERM = 400  # days: a school year and its summer
TITLE = "Название: "  # a title is no sentence: its first word too may be a surname


class GroupFields(TypedDict):
    """What a group is; without a title it is called by its kind and specialist, without a limit by the setting."""

    leader: Position
    starts_on: date
    ends_on: date
    kind: NotRequired[str]
    title: NotRequired[str]
    direction: NotRequired[str]
    material: NotRequired[Material | None]
    hours: NotRequired[Decimal | None]
    limit: NotRequired[int | None]
    cabinet: NotRequired[Cabinet | None]


@transaction.atomic
def group_start(*, actor: Actor, **fields: Unpack[GroupFields]) -> Group:
    """Begin a group or an individual course.

    Raises PermissionDenied for another specialist's, Refusal for a term, limit, title or programme that do not fit.
    """
    require(actor, "group.keep")
    group = Group(organisation=actor.at)
    leader_require(actor, fields["leader"], max(fields["starts_on"], fields["leader"].started_on))
    _fill(actor, group, fields)
    group.full_clean()
    group.save()
    record(events.GROUP_STARTED, actor=actor, subject=group, kind=group.get_kind_display())
    return group


@transaction.atomic
def group_change(*, actor: Actor, group: Group, **fields: Unpack[GroupFields]) -> Group:
    """Change what a group is; its children, lessons and kind stay. Raises as `group_start`."""
    fresh = group_lock(actor, group)
    names = [*fields]
    before = {name: getattr(fresh, name) for name in names}
    if fields["leader"] != fresh.leader:
        leader_require(actor, fields["leader"], timezone.localdate())
    fields["kind"] = fresh.kind
    _fill(actor, fresh, fields)
    _require_room(fresh)
    changed = sorted(name for name, value in before.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    fresh.full_clean()
    fresh.save()
    record(events.GROUP_CHANGED, actor=actor, subject=fresh, fields=", ".join(changed))
    return fresh


@transaction.atomic
def group_close(
    *, actor: Actor, group: Group, on: date, outcome: str, results: Mapping[str, str] | None = None
) -> Group:
    """Sum a group up: what came of it (without names), the result of each child by the public id of its place.

    Children leave on the day, lessons after it are cancelled. Raises Refusal without an outcome or for a wrong day.
    """
    fresh = group_lock(actor, group)
    if not outcome.strip():
        raise Refusal("outcome", "Напишите, что получилось: итоги читает руководитель Службы.", field="outcome")
    if not fresh.starts_on <= on <= max(fresh.ends_on, timezone.localdate()):
        raise Refusal("day", "Группа закрывается не раньше, чем началась, и не позже последнего дня.", field="on")
    fresh.closed_on, fresh.outcome = on, outcome.strip()
    fresh.full_clean()
    fresh.save(update_fields=["closed_on", "outcome"])
    given = results or {}
    for member in fresh.members.present_or_later(on).select_related("child"):
        outcome_keep(actor, member, given.get(member.public_id, ""))
        member.left_on = max(on, member.joined_on)
        member.save(update_fields=["left_on"])
    ahead = fresh.lessons.planned().filter(on__gt=on)
    idle = set(ahead.values_list("pk", flat=True)) - held_among(list(ahead.values_list("pk", flat=True)))
    Lesson.objects.filter(pk__in=idle).update(cancelled_on=on, cancel_reason="группа закрыта")
    record(events.GROUP_CLOSED, actor=actor, subject=fresh)
    return fresh


def _fill(actor: Actor, group: Group, fields: GroupFields) -> None:
    title, taught_by, limit, cabinet = group.title, group.material, group.limit, group.cabinet
    for name, value in fields.items():
        setattr(group, name, value)
    is_course = group.kind == Group.Kind.INDIVIDUAL
    group.title = " ".join(group.title.split()) or _usual_title(group, is_course)
    most = settings_of(actor.at).group_limit
    group.limit = 1 if is_course else (fields.get("limit") or group.limit or most)
    _require_sound(group)
    if group.title != title:
        _require_nameless(actor, group)
    if group.limit != limit and group.limit > most:  # a group that was begun under a wider setting keeps its limit
        raise Refusal("limit", f"В группе не больше {most} детей.", LIMIT_SETTING, "limit")
    cabinet_require(actor, group.cabinet, cabinet)
    if group.material is not None and group.material != taught_by:
        _require_approved(actor, group.material)


def _usual_title(group: Group, is_course: bool) -> str:
    return f"{'Индивидуальные занятия' if is_course else 'Группа'}, {group.leader.inner_caption}"


def _require_sound(group: Group) -> None:
    year_require(group.starts_on, "starts_on")
    if group.ends_on < group.starts_on:
        raise Refusal("term", "Последний день раньше первого.", field="ends_on")
    if (group.ends_on - group.starts_on).days > LONGEST_TERM:
        raise Refusal(
            "term", "Группа длится не дольше учебного года: на следующий год создайте новую.", field="ends_on"
        )


def _require_nameless(actor: Actor, group: Group) -> None:
    word = surname_in(actor.at, [TITLE + group.title])
    if word:
        raise Refusal(
            "name", f"«{word}» похоже на фамилию, а название видят все сотрудники Службы. Если это не фамилия ребёнка, "
            f"{advice_on(word)}.", field="title",
        )  # fmt: skip


def _require_approved(actor: Actor, material: Material) -> None:
    """A group begins with an approved programme; the one that it has stays while it is changed or retired."""
    wrong = material.organisation_id != actor.at.pk or material.kind != Material.Kind.PROGRAMME
    if wrong or material.status != Material.Status.IN_USE:
        raise Refusal("material", "Выберите рабочую программу, которая утверждена и в работе.", field="material")


def _require_room(group: Group) -> None:
    """The children who are in it already fit into its limit and term."""
    today = timezone.localdate()
    count = GroupMember.objects.filter(group=group).present_or_later(today).count()
    if count > group.limit:
        raise Refusal("limit", f"В группе уже детей: {count}. Предел не может быть меньше.", LIMIT_SETTING, "limit")
    late = group.lessons.planned().filter(on__gt=group.ends_on).exists()
    early = group.lessons.planned().filter(on__lt=group.starts_on).exists()
    if late or early:
        raise Refusal("lessons", "Есть занятия вне этого срока: сначала перенесите или отмените их.", field="ends_on")
