"""The one door for writes while a programme runs: marks of fulfilment and observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import may, require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.school.pupils.models import Placement
from opora.school.pupils.permissions import LEADS

from .. import events
from ..expecting import AT_THE_END
from ..flow import LETTER, Status
from ..models import Activity, Criterion, Mark, Observation, Programme
from .steps import programme_lock

ORGANISES = f"{LETTER}: куратор ИПС организовывает и контролирует выполнение мероприятий"
TRACKS = f"{LETTER}: куратор ИПС отслеживает изменения в состоянии обучающегося"
ONCE = ("однократно", "один раз", "1 раз", "разово")
# The least and the greatest value of each scale.
SPANS = {"five": (1, 5), "ten": (1, 10), "count": (0, 9999), "percent": (0, 100)}


def may_mark(actor: Actor, activity: Activity) -> bool:
    """Marks are set by whoever answers for the activity, by the curator and by those who lead the support."""
    if isinstance(actor, SystemActor) or actor.roles & LEADS:
        return True
    if actor.user is None or not may(actor, "activity.mark"):
        return False
    curator = activity.programme.curator.user_id == actor.user.pk
    return curator or (activity.responsible is not None and activity.responsible.user_id == actor.user.pk)


def may_observe(actor: Actor, programme: Programme) -> bool:
    """Observations are written down by the curator, those who take part, the class teacher and the leads."""
    if isinstance(actor, SystemActor) or actor.roles & LEADS or programme.curator.user_id == actor.person.pk:
        return True
    if programme.activities.filter(responsible__user=actor.user).exists():
        return True
    classes = Placement.objects.present().filter(child=programme.child_id, school_class__teacher__user=actor.user)
    return classes.exists()


@transaction.atomic
def mark_set(
    *, actor: Actor, activity: Activity, state: str, on: date | None = None, result: str | None = None,
    recommendation: str | None = None,
) -> Mark:  # fmt: skip
    """Mark how an activity went; a second mark of the same day takes the place of the first, its words stay.

    Raises PermissionDenied for others' activities; Refusal for a programme that does not run, a day that has not
    come or is before the programme, and an unknown state.
    """
    require(actor, "activity.mark")
    fresh = _activity_lock(actor, activity)
    day = on or timezone.localdate()
    _require_day(fresh.programme, day)
    if state not in Mark.State.values:
        raise Refusal("unknown_state", "Выберите отметку: выполнено, частично, не выполнено или идёт.", field="state")
    mark = fresh.marks.filter(on=day).last() or Mark(organisation=actor.at, activity=fresh, on=day)
    mark.state, mark.marked_by = state, actor.person
    _word(mark, result, recommendation)
    mark.full_clean(exclude=["organisation", "activity", "marked_by"])
    mark.save()
    _summarise(fresh)
    _told(events.MARK_SET, actor, mark, state=mark.get_state_display())
    return mark


@transaction.atomic
def mark_word(*, actor: Actor, mark: Mark, result: str | None = None, recommendation: str | None = None) -> Mark:
    """Write the result and the recommendation of a mark; what is None stays. Raises PermissionDenied, Refusal."""
    require(actor, "activity.mark")
    fresh = _activity_lock(actor, mark.activity)
    _require_running(fresh.programme)
    row = Mark.objects.select_for_update().get(pk=mark.pk)
    before = (row.result, row.recommendation)
    _word(row, result, recommendation)
    if (row.result, row.recommendation) == before:
        return row
    row.full_clean(exclude=["organisation", "activity", "marked_by"])
    row.save()
    _told(events.MARK_WORDED, actor, row)
    return row


@transaction.atomic
def mark_undo(*, actor: Actor, mark: Mark) -> Activity:
    """Take back a mark on the day it was made. Raises Refusal later: then a new mark says what has changed."""
    require(actor, "activity.mark")
    fresh = _activity_lock(actor, mark.activity)
    _require_running(fresh.programme)
    row = Mark.objects.select_for_update().filter(pk=mark.pk).first()
    if row is None:
        return fresh  # taken back already
    if timezone.localdate(row.marked_at) != timezone.localdate():
        raise Refusal("old_mark", "Отметку прежнего дня не убирают. Поставьте новую: в истории останутся обе.")
    state = row.get_state_display()
    _told(events.MARK_UNDONE, actor, row, state=state)
    row.delete()
    _summarise(fresh)
    return fresh


def _activity_lock(actor: Actor, activity: Activity) -> Activity:
    """The activity read anew, its programme locked: two people marking at once come one after another."""
    require_own(actor, activity)
    programme_lock(activity.programme, actor)
    rows = Activity.objects.select_related("programme__child", "programme__curator__user", "responsible__user")
    fresh: Activity = rows.get(pk=activity.pk)
    if not may_mark(actor, fresh):
        raise PermissionDenied("Отмечает тот, кто отвечает за мероприятие, куратор программы или председатель ППк.")
    return fresh


def _require_running(programme: Programme) -> None:
    if programme.status == Status.RUNNING:
        return
    state = programme.get_status_display()
    raise Refusal("not_running", f"Отмечать можно, пока программа действует; сейчас она — «{state}».", ORGANISES)


def _require_day(programme: Programme, day: date) -> None:
    _require_running(programme)
    if day > timezone.localdate():
        raise Refusal("future", "Этот день ещё не наступил.", field="on")
    if programme.starts_on and day < programme.starts_on:
        begun = f"{programme.starts_on:%d.%m.%Y}"
        raise Refusal("before_start", f"Программа начинается {begun}: раньше этого дня отмечать нечего.", field="on")


def _word(mark: Mark, result: str | None, recommendation: str | None) -> None:
    if result is not None:
        mark.result = result.strip()
    if recommendation is not None:
        mark.recommendation = recommendation.strip()


def _summarise(activity: Activity) -> None:
    """Keep beside the activity what its last mark says; not a change of the plan, so its version stays."""
    last = activity.marks.order_by("on", "pk").last()
    activity.last_mark, activity.last_mark_on = (last.state, last.on) if last else ("", None)
    activity.is_over = last is not None and _closes(activity, last)
    Activity.objects.filter(pk=activity.pk).update(
        last_mark=activity.last_mark, last_mark_on=activity.last_mark_on, is_over=activity.is_over
    )


def _closes(activity: Activity, last: Mark) -> bool:
    """At its end any mark but «идёт» is the final one; before it only «выполнено» of what is done once."""
    at_end = activity.ends_on is None or last.on >= activity.ends_on - AT_THE_END
    if last.state == Mark.State.UNDER_WAY:
        return False
    return at_end or (last.state == Mark.State.DONE and not repeats(activity.frequency))


def repeats(frequency: str) -> bool:
    """Whether the words say that the activity comes again: anything written but «однократно»."""
    words = frequency.strip().lower().rstrip(".")
    return bool(words) and words not in ONCE


@dataclass(frozen=True)
class Given:
    """What one voice says of one criterion on a day."""

    criterion: Criterion
    value: Decimal | None
    words: str = ""


@transaction.atomic
def observations_record(
    *, actor: Actor, programme: Programme, on: date, voice: str, given: Sequence[Given], words: str = "", who: str = ""
) -> list[Observation]:
    """Write down values of criteria in one voice on a day, and words on the whole; a value of the day is replaced.

    Raises PermissionDenied for those who do not take part; Refusal for an empty form, a value outside of its scale,
    a day that has not come, a programme that does not run.
    """
    require(actor, "observation.record")
    fresh = programme_lock(programme, actor)
    if not may_observe(actor, fresh):
        raise PermissionDenied("Наблюдения записывают участники программы, классный руководитель и председатель ППк.")
    _require_day(fresh, on)
    if voice not in Observation.Voice.values:
        raise Refusal("unknown_voice", "Укажите, чьими глазами это увидено.", field="voice")
    said = [one for one in given if one.value is not None or one.words.strip()]
    if not said and not words.strip():
        raise Refusal("empty", "Запишите хотя бы одно значение или наблюдение.", TRACKS)
    rows = [_observe(actor, fresh, on, voice, one, who) for one in said]
    if words.strip():
        rows.append(_observation(actor, fresh, on, voice, None, words, who))
    record(
        events.OBSERVED, actor=actor, subject=fresh, person_id=fresh.person_id,
        voice=Observation.Voice(voice).label, count=len(rows),
    )  # fmt: skip
    return rows


def _observe(actor: Actor, programme: Programme, on: date, voice: str, given: Given, who: str) -> Observation:
    one = given.criterion
    if one.programme_id != programme.pk:
        raise Refusal("other_criterion", "Этот критерий — из другой программы.")
    field = f"value-{one.public_id}"
    if given.value is not None:
        least, most = SPANS[one.scale]
        if not least <= given.value <= most:
            raise Refusal("outside", f"Значение — от {least} до {most}.", field=field)
    kept = Observation.objects.filter(criterion=one, on=on, voice=voice).first()
    if kept is None:
        return _observation(actor, programme, on, voice, given, given.words, who)
    kept.value = given.value if given.value is not None else kept.value
    kept.words, kept.who, kept.recorded_by = given.words.strip() or kept.words, who.strip() or kept.who, actor.person
    return _saved(kept)


def _observation(
    actor: Actor, programme: Programme, on: date, voice: str, given: Given | None, words: str, who: str
) -> Observation:
    row = Observation(
        organisation=actor.at, programme=programme, criterion=given.criterion if given else None, on=on, voice=voice,
        value=given.value if given else None, words=words.strip(), who=who.strip(), recorded_by=actor.person,
    )  # fmt: skip
    return _saved(row)


def _saved(row: Observation) -> Observation:
    row.full_clean(exclude=["organisation", "programme", "criterion", "recorded_by"], validate_constraints=False)
    row.save()
    return row


def _told(event: EventType, actor: Actor, mark: Mark, **details: str) -> None:
    record(event, actor=actor, subject=mark.activity, person_id=mark.person_id, on=f"{mark.on:%d.%m.%Y}", **details)
