"""Groups and schedules of the service in the house of the permission tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.people.children.models import Child
from opora.school.pupils.models import SchoolClass
from opora.school.support.groups import services as grouping
from opora.school.support.groups.grounds import typed_offer
from opora.school.support.groups.models import Group, GroupMember
from opora.school.support.schedules import services as scheduling
from opora.school.support.schedules.models import WorkSchedule
from opora.school.support.schedules.reading import LessonLine

if TYPE_CHECKING:
    from .house import House

OTHER = "own school_specialist, other case"
OWN_GROUP = "a group is kept by whoever leads it and by the head of the service"
OWN_SCHEDULE = "a schedule is written by its specialist and by the head of the service"
OWN_CLASS = "a class teacher keeps the timetable of the own class"
NARROWER = {
    **{(f"groups:{one}", OTHER): OWN_GROUP for one in ("edit", "join", "series", "close", "lesson", "cancel")},
    **{
        (f"schedules:{one}", OTHER): OWN_SCHEDULE
        for one in ("term", "slot", "slot_new", "slot_move", "slot_remove", "copy", "lessons", "submit", "change")
    },
    ("schedules:timetable", "own class_teacher, other class"): OWN_CLASS,
}


def groups(house: House, children: list[Child]) -> None:
    """Of the specialist: a group that was closed with a result of its child, and one that goes on."""
    head, post = house.actor(house.school[Role.SERVICE_HEAD]), _post(house, Role.SCHOOL_SPECIALIST)
    term = {"starts_on": house.today - timedelta(days=20), "ends_on": house.today + timedelta(days=100)}
    for is_closed in (True, False):
        group = grouping.group_start(actor=head, leader=post, title="Внимание", **term)
        for child in children[:3]:
            grouping.member_join(
                actor=head, group=group, child=child, offer=typed_offer(f"ИПРА: {child.last_name}"),
                joined_on=house.today,
            )  # fmt: skip
        if is_closed:
            results = {one.public_id: f"Стало: {one.child.last_name}" for one in group.members.all()}
            grouping.group_close(actor=head, group=group, on=house.today, outcome="Итоги", results=results)


def schedules(house: House) -> None:
    """Of the specialist: an approved one, one to approve, one to examine, a draft; the timetable of the class."""
    specialist, post = house.actor(house.school[Role.SCHOOL_SPECIALIST]), _post(house, Role.SCHOOL_SPECIALIST)
    head, director = (house.actor(house.school[role]) for role in (Role.SERVICE_HEAD, Role.DIRECTOR))
    group = Group.objects.filter(organisation=house.place, closed_on=None, leader=post).latest("pk")

    def begun(number: int) -> WorkSchedule:
        starts = house.today + timedelta(days=40 * number)
        made = scheduling.schedule_start(
            actor=specialist, position=post, period="month", starts_on=starts, ends_on=starts + timedelta(days=30)
        )
        scheduling.slot_add(
            actor=specialist, schedule=made, weekday=1, starts_at=time(9), ends_at=time(10), group=group, note="Окно",
            confirmed=True,
        )  # fmt: skip
        return made

    approved, examined, submitted, _ = (begun(number) for number in range(4))
    for schedule in (approved, examined, submitted):
        scheduling.schedule_submit(actor=specialist, schedule=schedule)
    for schedule in (approved, examined):
        scheduling.schedule_examine(actor=head, schedule=schedule)
    scheduling.schedule_approve(actor=director, schedule=approved, on=house.today)
    room = SchoolClass.objects.filter(organisation=house.place).latest("pk")
    lines = [LessonLine(2, time(8, 30), time(9, 15), "Математика")]
    scheduling.timetable_save(actor=head, school_class=room, lessons=lines)


def _post(house: House, role: Role) -> Position:
    return Position.objects.get(organisation=house.place, user=house.school[role])


# Which row of the house a route is tried on.
WHERE: dict[str, dict[str, Any]] = {
    **{f"groups:{one}": {"closed_on": None} for one in ("group", "edit", "join", "series", "close")},
    "groups:leave": {"left_on": None},
    "groups:lesson": {"entry": None},
    "groups:cancel": {"entry": None},
    **{
        f"schedules:{one}": {"status": "draft"}
        for one in ("schedule", "term", "slot_new", "check", "copy", "month", "lessons", "submit")
    },
    **{f"schedules:{one}": {"schedule__status": "draft"} for one in ("slot", "slot_move", "slot_remove")},
    **{f"schedules:{one}": {"status": "submitted"} for one in ("examine", "return")},
    "schedules:approve": {"status": "examined"},
    "schedules:change": {"status": "approved"},
}


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _pick(house: House, user: User) -> dict[str, Any]:
    child = GroupMember.objects.filter(organisation=house.place).latest("pk").child
    return {"pick": f"{child.public_id}/rehabilitation", "joined_on": _day(house.today), f"note-{child.public_id}": "7"}


POSTED: dict[str, Callable[[House, User], dict[str, Any]]] = {
    "groups:join": _pick,
    "groups:series": lambda h, user: {
        "weekdays": ["2"], "starts_at": "15:00", "minutes": "40", "count": "2", "first": _day(h.today),
    },
    "groups:close": lambda h, user: {"on": _day(h.today), "outcome": "Итоги"},
    "groups:leave": lambda h, user: {"on": _day(h.today)},
    "groups:outcome": lambda h, user: {"outcome": "Лучше"},
    "groups:cancel": lambda h, user: {"reason": "карантин"},
    "schedules:slot_new": lambda h, user: {"weekday": "3", "starts_at": "9:00", "ends_at": "10:00", "kind": "methods"},
    "schedules:slot_move": lambda h, user: {"weekday": "4", "starts_at": "9:00", "ends_at": "10:00"},
    "schedules:copy": lambda h, user: {"source": "1", "targets": ["5"]},
    "schedules:return": lambda h, user: {"words": "Мало"},
    "schedules:change": lambda h, user: {"words": "Новая группа"},
    "schedules:timetable": lambda h, user: {"text": "Пн 8:30—9:15 Чтение"},
}  # fmt: skip
