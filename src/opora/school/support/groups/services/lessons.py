"""Lessons are planned in a series, moved, cancelled with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Child

from ...materials.models import MaterialTopic
from ...schoolyear.models import Cabinet
from .. import events
from ..conflicts import Wanted, lesson_conflicts
from ..holding import held_among
from ..leading import group_lock
from ..models import Group, GroupMember, Lesson
from ..series import LONGEST, MOST, SHORTEST

LAST_MINUTE = 24 * 60


@transaction.atomic
def lessons_plan(
    *, actor: Actor, group: Group, wanted: Sequence[Wanted], topics: Sequence[MaterialTopic | None] = ()
) -> list[Lesson]:
    """Plan lessons of a group, each with the topic at its place. All of them or none.

    Raises Refusal for a day off, a day out of the term, an overlap for the specialist, the cabinet or a child.
    """
    fresh = group_lock(actor, group)
    if not wanted:
        raise Refusal("empty", "В этом сроке нет ни одного учебного дня для занятий.", field="count")
    if len(wanted) > MOST:
        raise Refusal("many", f"За один раз создают не больше {MOST} занятий.", field="count")
    _require_free(actor, fresh, wanted)
    laid = [*topics, *[None] * (len(wanted) - len(topics))]
    made = [
        Lesson(
            organisation=actor.at, group=fresh, on=one.on, starts_at=one.starts_at, minutes=one.minutes,
            cabinet=one.cabinet, topic=topic,
        )
        for one, topic in zip(wanted, laid, strict=False)
    ]  # fmt: skip
    for lesson in made:
        lesson.clean_fields()
    Lesson.objects.bulk_create(made)
    record(events.LESSONS_PLANNED, actor=actor, subject=fresh, count=len(made))
    return made


@transaction.atomic
def lesson_move(
    *, actor: Actor, lesson: Lesson, on: date, starts_at: time, minutes: int, cabinet: Cabinet | None = None
) -> Lesson:
    """Hold a lesson at another time. Raises Refusal for one that was held or cancelled, and as `lessons_plan`."""
    fresh = _open(actor, lesson)
    cabinet_require(actor, cabinet, fresh.cabinet)
    _require_free(actor, fresh.group, [Wanted(on, starts_at, minutes, cabinet)], moved=fresh)
    new = {"on": on, "starts_at": starts_at, "minutes": minutes, "cabinet": cabinet}
    changed = sorted(name for name, value in new.items() if getattr(fresh, name) != value)
    for name, value in new.items():
        setattr(fresh, name, value)
    if changed:
        fresh.full_clean()
        fresh.save(update_fields=list(new))
        record(events.LESSON_MOVED, actor=actor, subject=fresh, fields=", ".join(changed))
    return fresh


@transaction.atomic
def lesson_cancel(*, actor: Actor, lesson: Lesson, reason: str, on: date | None = None) -> Lesson:
    """A lesson will not be held; its topic goes to the next series. Raises Refusal without a reason, or when held."""
    fresh = _open(actor, lesson)
    if not reason.strip():
        raise Refusal("reason", "Напишите, почему занятия не будет.", field="reason")
    fresh.cancelled_on, fresh.cancel_reason = on or timezone.localdate(), reason.strip()
    fresh.full_clean()
    fresh.save(update_fields=["cancelled_on", "cancel_reason"])
    record(events.LESSON_CANCELLED, actor=actor, subject=fresh)
    return fresh


def times_lock(position: Position, cabinets: Iterable[Cabinet | None], groups: Iterable[Group | None] = ()) -> None:
    """Let nobody else fill the time of a specialist, a cabinet or the children of a group until the transaction ends.

    A specialist has the time of all his posts; each kind of rows is locked in the order of its keys. What refers to
    them is still written meanwhile (`no_key`): else two deeds that both add such rows would wait for each other.
    """
    posts = Position.objects.filter(organisation=position.organisation_id, user=position.user_id)
    rooms = Cabinet.objects.filter(pk__in={one.pk for one in cabinets if one is not None})
    taught = GroupMember.objects.filter(group__in={one.pk for one in groups if one is not None})
    children = Child.objects.filter(pk__in=taught.order_by().values("child"))
    for rows in (posts, rooms, children):
        list(rows.order_by("pk").values_list("pk").select_for_update(no_key=True))


def cabinet_require(actor: Actor, cabinet: Cabinet | None, kept: Cabinet | None = None) -> None:
    """Raises Refusal for a cabinet of another school, or for one out of use that did not stand there before."""
    if cabinet is None or cabinet == kept:
        return
    if cabinet.organisation_id != actor.at.pk or cabinet.is_retired:
        raise Refusal("cabinet", "Выберите кабинет школы, который используется.", field="cabinet")


def _open(actor: Actor, lesson: Lesson) -> Lesson:
    require_own(actor, lesson)
    group_lock(actor, lesson.group)
    rows = Lesson.objects.select_for_update(of=("self",))
    fresh = rows.select_related("group__leader__user", "group__organisation", "cabinet").get(pk=lesson.pk)
    if fresh.cancelled_on:
        raise Refusal("cancelled", f"Занятие отменено {fresh.cancelled_on:%d.%m.%Y}: {fresh.cancel_reason}.")
    if held_among([fresh.pk]):
        raise Refusal("held", "Занятие проведено и записано в журнал: его не переносят и не отменяют.")
    return fresh


def _require_free(actor: Actor, group: Group, wanted: Sequence[Wanted], moved: Lesson | None = None) -> None:
    """Raises Refusal with the first conflict; how many more there are is said too."""
    for one in wanted:
        if not SHORTEST <= one.minutes <= LONGEST or one.span[1] >= LAST_MINUTE:
            raise Refusal("minutes", f"Занятие длится от {SHORTEST} до {LONGEST} минут.", field="minutes")
    times_lock(group.leader, [one.cabinet for one in wanted], [group])
    met = [
        (one, found) for one, found in zip(wanted, lesson_conflicts(actor, group, wanted, moved=moved), strict=True)
        if found
    ]  # fmt: skip
    if not met:
        return
    one, found = met[0]
    day = f"{one.on:%d.%m.%Y}: " if len(wanted) > 1 and found[0].code != "day_off" else ""
    rest = f" Есть ещё дни с накладками: {len(met) - 1}." if len(met) > 1 else ""
    raise Refusal(found[0].code, f"{day}{found[0].words}{rest}", field=found[0].field)
