"""Places, usual days and the slots made from them (P-04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.regulations.calendar import Overrides, is_working_day

from .. import events
from ..models import DayTemplate, Place, Slot
from ..querysets import LIVE

LONGEST_RANGE = 184
MOST_SLOTS = 10_000


@transaction.atomic
def place_save(*, actor: Actor, place: Place) -> Place:
    """Save a new or changed place of reception."""
    require(actor, "reception.setup")
    _own(actor, place)
    place.full_clean()
    place.save()
    record(events.PLACE_SAVED, actor=actor, subject=place)
    return place


@transaction.atomic
def template_save(*, actor: Actor, template: DayTemplate) -> DayTemplate:
    """Save a new or changed usual day. Raises Refusal when no slot fits into it."""
    require(actor, "reception.setup")
    _own(actor, template)
    if template.place.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Это место другой комиссии.", field="place")
    if bool(template.lunch_starts) != bool(template.lunch_ends):
        raise Refusal(
            "half_lunch", "Укажите и начало, и конец обеда или не указывайте ни того, ни другого.", field="lunch_ends"
        )
    if template.lunch_starts and template.lunch_ends and template.lunch_starts >= template.lunch_ends:
        raise Refusal("lunch", "Обед кончается раньше, чем начинается.", field="lunch_ends")
    template.full_clean()
    if not day_hours(template):
        raise Refusal("no_slot", "В такой день не помещается ни одного приёма.", field="minutes")
    template.save()
    record(events.TEMPLATE_SAVED, actor=actor, subject=template)
    return template


def _own(actor: Actor, row: Place | DayTemplate) -> None:
    if row.organisation_id is None:
        row.organisation = actor.at
    elif row.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Это настройки другой комиссии.")


def day_hours(template: DayTemplate) -> list[tuple[time, time]]:
    """Hours of a usual day: one after another, none over lunch or past the end; after lunch they start anew."""
    anchor = date(2000, 1, 3)
    length = timedelta(minutes=template.minutes)
    clock, end = datetime.combine(anchor, template.starts), datetime.combine(anchor, template.ends)
    hours = []
    while clock + length <= end:
        lunch = _lunch(template, anchor)
        if lunch and clock < lunch[1] and clock + length > lunch[0]:
            clock = lunch[1]
            continue
        hours.append((clock.time(), (clock + length).time()))
        clock += length
    return hours


def _lunch(template: DayTemplate, anchor: date) -> tuple[datetime, datetime] | None:
    if template.lunch_starts is None or template.lunch_ends is None:
        return None
    return datetime.combine(anchor, template.lunch_starts), datetime.combine(anchor, template.lunch_ends)


def template_days(template: DayTemplate, first: date, last: date, overrides: Overrides | None = None) -> Iterator[date]:
    """Working days of the range on which the template holds; without weekdays it holds on all of them."""
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        if is_working_day(day, overrides) and (not template.weekdays or day.weekday() in template.weekdays):
            yield day


@transaction.atomic
def slots_open(
    *, actor: Actor, template: DayTemplate, first: date, last: date, on: date, overrides: Overrides | None = None
) -> int:
    """Open the slots of a usual day over a range, days off left out. Doing it twice adds nothing.

    Hours that overlap a slot of the same place made by another template are left out too. Returns how many slots
    are new.
    """
    require(actor, "reception.setup")
    require_own(actor, template)
    if first > last:
        raise Refusal("range", "Конец периода раньше начала.", field="last")
    if first < on:
        raise Refusal("past", "Окна открывают на будущие дни.", field="first")
    if (last - first).days >= LONGEST_RANGE:
        raise Refusal("too_long", "Открывайте окна не больше чем на полгода.", field="last")
    here = Slot.objects.of(actor.at).filter(place=template.place, day__range=(first, last))
    taken: dict[date, list[tuple[time, time]]] = {}
    for day, starts, ends in here.values_list("day", "starts", "ends"):
        taken.setdefault(day, []).append((starts, ends))
    new = [slot for day in template_days(template, first, last, overrides) for slot in _slots(template, day, taken)]
    if len(new) > MOST_SLOTS:
        raise Refusal("too_many", f"Получилось бы {len(new)} окон: возьмите период короче.", field="last")
    Slot.objects.bulk_create(new, ignore_conflicts=True)
    record(
        events.SLOTS_OPENED, actor=actor, subject=template, count=len(new),
        first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}",
    )  # fmt: skip
    return len(new)


def _slots(template: DayTemplate, day: date, taken: dict[date, list[tuple[time, time]]]) -> Iterator[Slot]:
    for starts, ends in day_hours(template):
        if any(starts < other_ends and other_starts < ends for other_starts, other_ends in taken.get(day, [])):
            continue
        for seat in range(1, template.capacity + 1):
            yield Slot(
                organisation_id=template.organisation_id,
                place=template.place,
                day=day,
                starts=starts,
                ends=ends,
                seat=seat,
            )


@transaction.atomic
def slot_close(*, actor: Actor, slot: Slot, closed: bool = True) -> Slot:
    """Close a free slot (someone is ill, the room is taken) or open it again. A taken one is moved first."""
    require(actor, "reception.setup")
    require_own(actor, slot)
    fresh = Slot.objects.select_for_update().get(pk=slot.pk)
    if closed and fresh.bookings.filter(state__in=LIVE).exists():
        raise Refusal("taken", f"На {fresh.when} записан ребёнок: сначала перенесите запись.")
    fresh.is_closed = closed
    fresh.save(update_fields=["is_closed"])
    record(events.SLOT_CLOSED if closed else events.SLOT_REOPENED, actor=actor, subject=fresh, slot=fresh.when)
    return fresh
