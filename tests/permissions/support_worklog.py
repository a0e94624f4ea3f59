"""The daily log in the house of the permission tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.people.children.models import Child
from opora.school.support.groups.models import Group, GroupMember, Lesson
from opora.school.support.worklog import services as logging
from opora.school.support.worklog.services import ChildWork, Work

if TYPE_CHECKING:
    from .house import House


def worklog(house: House, children: list[Child]) -> None:
    """Of each child an entry of the specialist; a group with a logged lesson and one that waits; a draft."""
    specialist = house.actor(house.school[Role.SCHOOL_SPECIALIST])
    post = Position.objects.get(organisation=house.place, user=specialist.person)
    group = Group.objects.create(
        organisation=house.place, title="Развитие внимания", limit=20, leader=post,
        starts_on=house.today - timedelta(days=30), ends_on=house.today + timedelta(days=100),
    )  # fmt: skip
    for child in children:
        GroupMember.objects.create(
            organisation=house.place, group=group, child=child, ground="consilium",
            ground_note=f"Протокол: {child.last_name}", joined_on=group.starts_on,
        )  # fmt: skip
    held, _ = (
        Lesson.objects.create(organisation=house.place, group=group, on=house.today, starts_at=at, minutes=40)
        for at in (time(8), time(9))
    )
    for child in children:
        said = ChildWork(child.public_id, note=f"Видно: {child.last_name}", dynamics="up")
        logging.entry_record(
            actor=specialist, on=house.today, work=Work("individual", "Внимание", 10, children=[said]),
            day_off_allowed=True,
        )  # fmt: skip
    logging.lesson_log(actor=specialist, lesson=held)
    begun = [ChildWork(children[0].public_id, note=f"Начато: {children[0].last_name}")]
    logging.draft_keep(actor=specialist, on=house.today, work=Work("consultation", "Черновик", 30, children=begun))


OWN_LOG = "an entry is read by its author and those who lead the service, changed by its author and the head"
OWN_DRAFT = "a draft and a lesson are their author's alone"
OTHER = "own school_specialist, other case"
NARROWER = {
    **{(f"worklog:{one}", OTHER): OWN_LOG for one in ("entry", "change", "remove")},
    **{
        (f"worklog:{one}", label): OWN_DRAFT
        for one in ("draft_drop", "lesson")
        for label in (OTHER, "own service_head", "own, every role")
    },
}
WHERE: dict[str, dict[str, Any]] = {
    **{f"worklog:{one}": {"kind": "individual", "is_draft": False} for one in ("entry", "change", "remove")},
    "worklog:draft_drop": {"is_draft": True},
    "worklog:lesson": {"entry": None},
    "worklog:cell": {"entry__is_draft": False, "entry__lesson__isnull": False},
}


def _line(house: House, user: User) -> dict[str, Any]:
    return {"work": "methods", "topic": "Отчёт", "minutes": "5", "on": f"{house.today:%Y-%m-%d}", "day_off": "1"}


POSTED: dict[str, Callable[[House, User], dict[str, Any]]] = {
    **{f"worklog:{one}": _line for one in ("add", "draft", "change", "children")},
    "worklog:cell": lambda h, user: {"what": "attendance"},
}
