"""Classes of a school year, and the move of all of them into the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.ui.typography import plural

from .. import events, titles
from ..models import Placement, SchoolClass
from .placing import pupil_leave, pupil_place


@transaction.atomic
def class_add(
    *, actor: Actor, title: str, year: int | None = None, level: str = "", teacher: Position | None = None
) -> SchoolClass:
    """Make a class of a school year; the level follows from the grade. Raises Refusal for a title in use."""
    require(actor, "class.keep")
    _require_colleague(actor, teacher)
    room = SchoolClass(
        organisation=actor.at, title=titles.class_title(title), teacher=teacher,
        year=titles.year_of(timezone.localdate()) if year is None else year,
    )  # fmt: skip
    room.level = level or titles.level_of(room.title)
    _require_free(room)
    room.full_clean()
    room.save()
    record(events.CLASS_ADDED, actor=actor, subject=room, title=room.title, year=titles.year_title(room.year))
    return room


@transaction.atomic
def class_change(
    *, actor: Actor, school_class: SchoolClass, title: str, level: str = "", teacher: Position | None = None
) -> SchoolClass:
    """Change the title, the level or the teacher of a class."""
    require(actor, "class.keep")
    require_own(actor, school_class)
    _require_colleague(actor, teacher)
    wanted = {"title": titles.class_title(title), "teacher": teacher}
    wanted["level"] = level or titles.level_of(str(wanted["title"]))
    changed = [name for name, value in wanted.items() if getattr(school_class, name) != value]
    for name in changed:
        setattr(school_class, name, wanted[name])
    if not changed:
        return school_class
    _require_free(school_class)
    school_class.full_clean()
    school_class.save()
    called = (str(SchoolClass._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    record(events.CLASS_CHANGED, actor=actor, subject=school_class, title=school_class.title, fields=", ".join(called))
    return school_class


@dataclass(frozen=True)
class Next:
    """Where a class goes: the title of the next year, empty when its children leave the school; its teacher."""

    title: str
    teacher: Position | None = None


@transaction.atomic
def year_begin(*, actor: Actor, year: int, plan: Mapping[str, Next], on: date | None = None) -> list[SchoolClass]:
    """Move the classes of the year before into `year`: the old places end on 31 August, the new begin on 1 September.

    `plan` says by the public id of a class where its children go; a class that is not in it stays. A class without
    a next title is over: its children leave. Raises Refusal before 31 August and for two classes of one title.
    """
    require(actor, "class.keep")
    today = on or timezone.localdate()
    ends, begins = titles.last_day(year - 1), titles.first_day(year)
    if today < ends:
        raise Refusal("early", f"Перевод записывают с {ends:%d.%m.%Y}: до этого дня дети учатся в прежних классах.")
    old = {one.public_id: one for one in SchoolClass.objects.visible_to(actor).of_year(year - 1)}
    moved = []
    for key, following in plan.items():
        room = old.get(key)
        if room is None:
            raise Refusal("stranger", "Такого класса прошлого года нет.")
        _require_colleague(actor, following.teacher)
        places = list(Placement.objects.present().filter(school_class=room).select_related("child", "school_class"))
        target = _next_class(actor, room, following, year) if following.title else None
        for place in places:
            if target is None:
                pupil_leave(actor=actor, child=place.child, on=ends)
            else:
                pupil_place(actor=actor, child=place.child, school_class=target, on=begins)
        if target is not None:
            moved.append(target)
    record(
        events.YEAR_BEGUN, actor=actor, year=titles.year_title(year), count=plural(len(moved), "класс,класса,классов")
    )
    return moved


def _next_class(actor: Actor, room: SchoolClass, following: Next, year: int) -> SchoolClass:
    """The class of the next year: one that was made by hand before, or a new one."""
    title = titles.class_title(following.title)
    known = SchoolClass.objects.visible_to(actor).of_year(year).filter(title=title).first()
    if known is not None:
        return known
    level = room.level if titles.grade_of(title) is None else ""
    return class_add(actor=actor, title=title, year=year, level=level, teacher=following.teacher)


def _require_free(room: SchoolClass) -> None:
    same = SchoolClass.objects.filter(organisation=room.organisation, year=room.year, title=room.title)
    if same.exclude(pk=room.pk).exists():
        raise Refusal("title_taken", f"Класс {room.title} в этом учебном году уже есть.", field="title")


def _require_colleague(actor: Actor, teacher: Position | None) -> None:
    if teacher is None:
        return
    if teacher.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот человек работает в другой организации.", field="teacher")
    if teacher.ended_on is not None and teacher.ended_on < timezone.localdate():
        raise Refusal("gone", "Этот сотрудник больше не работает.", field="teacher")
