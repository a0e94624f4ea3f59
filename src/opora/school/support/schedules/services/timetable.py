"""The timetable of a class is entered anew as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS, Role
from opora.foundation.audit.services import record
from opora.school.pupils.models import SchoolClass

from .. import events
from ..models import ClassLesson
from ..reading import MOST, LessonLine


def may_keep(actor: Actor, room: SchoolClass) -> bool:
    """Those who lead and specialists keep every timetable, a class teacher that of his class."""
    own = room.teacher is not None and actor.user is not None and room.teacher.user_id == actor.user.pk
    return bool(actor.roles & (SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST})) or own


@transaction.atomic
def timetable_save(*, actor: Actor, school_class: SchoolClass, lessons: Sequence[LessonLine]) -> list[ClassLesson]:
    """Put the lessons in the place of those that stood. Raises PermissionDenied, Refusal for overlaps."""
    require(actor, "timetable.keep")
    require_own(actor, school_class)
    if not may_keep(actor, school_class):
        raise PermissionDenied("Расписание этого класса вносят его классный руководитель и Служба.")
    if len(lessons) > MOST:
        raise Refusal("many", f"Уроков больше {MOST}: вставьте расписание одного класса.", field="text")
    every = sorted(lessons)
    for one, other in pairwise(every):
        if one.weekday == other.weekday and other.starts_at < one.ends_at:
            raise Refusal("overlap", f"«{one.subject}» и «{other.subject}» идут одновременно.", field="text")
    list(SchoolClass.objects.select_for_update().filter(pk=school_class.pk).values_list("pk"))  # one writer at a time
    ClassLesson.objects.filter(school_class=school_class).delete()
    made = [
        ClassLesson(
            organisation=actor.at, school_class=school_class, weekday=one.weekday, starts_at=one.starts_at,
            ends_at=one.ends_at, subject=one.subject,
        )
        for one in every
    ]  # fmt: skip
    for lesson in made:
        lesson.clean_fields()
    ClassLesson.objects.bulk_create(made)
    record(events.TIMETABLE_SAVED, actor=actor, subject=school_class, count=len(made))
    return made
