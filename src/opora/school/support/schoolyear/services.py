"""The settings of the service: saved by its head or the director, each change with its event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.school.pupils import titles

from . import events
from .bounds import year_require
from .models import MOST_HOURS, Cabinet, DayOff, HourNorm, ServiceSettings, Workload
from .vacations import usual_vacations

KEEP = "schoolyear.keep"
LONGEST_RANGE = 120  # days: a summer is 97 days long, a longer range is a slip of the pen
MOST_RATE = Decimal(2)


@transaction.atomic
def settings_save(
    *, actor: Actor, lesson_minutes: int, group_limit: int, days_to_log: int, works_saturdays: bool = False
) -> ServiceSettings:
    """Set what the school decides for its service. Raises ValidationError for what is out of bounds."""
    require(actor, KEEP)
    row = ServiceSettings.objects.of(actor.at).select_for_update().first() or ServiceSettings(organisation=actor.at)
    changed = _changed(
        row, lesson_minutes=lesson_minutes, group_limit=group_limit, days_to_log=days_to_log,
        works_saturdays=works_saturdays,
    )  # fmt: skip
    if row.pk and not changed:
        return row
    row.full_clean()
    row.save()
    record(events.SETTINGS_CHANGED, actor=actor, subject=row, fields=", ".join(changed) or "обычные")
    return row


def _changed(row: Any, **values: Any) -> list[str]:
    """Put values into a row; returns the names of those that are new, as they stand on the screen."""
    found = [name for name, value in values.items() if getattr(row, name) != value]
    for name in found:
        setattr(row, name, values[name])
    return [str(row._meta.get_field(name).verbose_name) for name in found]


@transaction.atomic
def day_off_add(
    *, actor: Actor, title: str, starts_on: date, ends_on: date | None = None, works: bool = False
) -> DayOff:
    """Days on which the school does not work, or works in spite of the calendar; without an end a single day.

    Raises Refusal for a year that is none, an end before the start, a range of months, a range that is there already.
    """
    require(actor, KEEP)
    row = _day_off(actor, title, starts_on, ends_on or starts_on, works)
    record(events.DAYS_ADDED, actor=actor, subject=row, count=1)
    return row


def _day_off(actor: Actor, title: str, starts_on: date, ends_on: date, works: bool) -> DayOff:
    year_require(starts_on, "starts_on")
    year_require(ends_on, "ends_on")
    if ends_on < starts_on:
        raise Refusal("order", "Последний день раньше первого.", field="ends_on")
    if (ends_on - starts_on).days >= LONGEST_RANGE:
        raise Refusal("long", f"Больше {LONGEST_RANGE} дней подряд: проверьте год.", field="ends_on")
    row = DayOff(organisation=actor.at, title=title.strip(), starts_on=starts_on, ends_on=ends_on, works=works)
    if DayOff.objects.of(actor.at).filter(starts_on=starts_on, ends_on=ends_on, works=works).exists():
        raise Refusal("known", "Эти дни уже внесены.", field="starts_on")
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def vacations_add(*, actor: Actor, year: int) -> list[DayOff]:
    """The usual vacations of a school year; those that meet a range of the school already are left out."""
    require(actor, KEEP)
    added = []
    for title, starts_on, ends_on in usual_vacations(year):
        met = DayOff.objects.of(actor.at).filter(starts_on__lte=ends_on, ends_on__gte=starts_on, works=False)
        if not met.exists():
            added.append(_day_off(actor, title, starts_on, ends_on, works=False))
    if added:
        record(events.DAYS_ADDED, actor=actor, subject=added[0], count=len(added))
    return added


@transaction.atomic
def day_off_remove(*, actor: Actor, day_off: DayOff) -> None:
    """Take a range back; the calendar counts again."""
    require(actor, KEEP)
    require_own(actor, day_off)
    record(events.DAYS_REMOVED, actor=actor, subject=day_off)
    DayOff.objects.filter(pk=day_off.pk).delete()


@transaction.atomic
def cabinet_save(
    *, actor: Actor, title: str, seats: int | None = None, is_retired: bool = False, cabinet: Cabinet | None = None
) -> Cabinet:
    """Add a cabinet or change one. Raises Refusal for a title that is taken."""
    require(actor, KEEP)
    if cabinet is not None:
        require_own(actor, cabinet)
    row = Cabinet.objects.select_for_update().get(pk=cabinet.pk) if cabinet else Cabinet(organisation=actor.at)
    changed = _changed(row, title=" ".join(title.split()), seats=seats, is_retired=is_retired)
    if cabinet is not None and not changed:
        return row
    others = Cabinet.objects.of(actor.at).exclude(pk=row.pk).values_list("title", flat=True)
    if row.title.casefold() in {title.casefold() for title in others}:
        raise Refusal("known", "Такой кабинет уже есть.", field="title")
    row.full_clean()
    row.save()
    if cabinet is None:
        record(events.CABINET_ADDED, actor=actor, subject=row)
    else:
        record(events.CABINET_CHANGED, actor=actor, subject=row, fields=", ".join(changed))
    return row


@transaction.atomic
def norms_save(*, actor: Actor, norms: Mapping[str, tuple[Decimal, Decimal]]) -> int:
    """Set hours of a full rate as the school has compared them: speciality -> (hours a week, of them with people).

    Returns how many are new. Raises Refusal for hours out of bounds and for more hours with people than hours.
    """
    require(actor, KEEP)
    kept = {row.speciality: row for row in HourNorm.objects.of(actor.at).select_for_update()}
    count = 0
    for speciality, (week, direct) in norms.items():
        if not 0 < week <= MOST_HOURS:
            raise Refusal("hours", f"Часов в неделю больше нуля и не больше {MOST_HOURS}.", field=f"week-{speciality}")
        if direct < 0:
            raise Refusal("hours", "Часов с людьми не бывает меньше нуля.", field=f"direct-{speciality}")
        if direct > week:
            raise Refusal("order", "Часов с людьми больше, чем часов в неделю.", field=f"direct-{speciality}")
        row = kept.get(speciality) or HourNorm(organisation=actor.at, speciality=speciality)
        if row.pk and (row.week_hours, row.direct_hours) == (week, direct):
            continue
        row.week_hours, row.direct_hours = week, direct
        row.full_clean()
        row.save()
        count += 1
    if count:
        record(events.NORMS_CHANGED, actor=actor, subject=actor.at, count=count)
    return count


@transaction.atomic
def rates_save(*, actor: Actor, year: int, rates: Sequence[tuple[Position, Decimal]]) -> int:
    """Set the rates of posts in a school year. Returns how many are new. Raises Refusal for a rate out of bounds."""
    require(actor, KEEP)
    kept = {row.position_id: row for row in Workload.objects.of(actor.at).filter(year=year).select_for_update()}
    count = 0
    for position, rate in rates:
        require_own(actor, position)
        if not 0 < rate <= MOST_RATE:
            raise Refusal("rate", "Ставка больше нуля и не больше двух.", field=f"rate-{position.public_id}")
        row = kept.get(position.pk) or Workload(organisation=actor.at, position=position, year=year, rate=rate)
        if row.pk and row.rate == rate:
            continue
        row.rate = rate
        row.full_clean()
        row.save()
        count += 1
    if count:
        record(events.RATES_CHANGED, actor=actor, subject=actor.at, year=titles.year_title(year), count=count)
    return count
