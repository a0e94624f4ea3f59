"""Lessons that nobody has logged, and drafts that are left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural, plural_word

from ..groups.models import Lesson
from .models import WorkEntry
from .terms import due_on, lessons_without_entry


def _address(day: date) -> str:
    return f"{reverse('worklog:day')}?day={day:%Y-%m-%d}"


def to_log(actor: Actor, today: date) -> Iterator[Duty]:
    """A row for today's lessons, and one for each day before whose lessons wait."""
    rows = Lesson.objects.of(actor.at).filter(group__leader__user=actor.user, on=today, cancelled_on__isnull=True)
    waiting = rows.filter(entry__isnull=True).count()
    if waiting:
        words = f"Внести {plural(waiting, 'занятие,занятия,занятий')}"
        yield Duty(who="Мой день", todo=words, on=today, address=_address(today))
    for day, count in list(lessons_without_entry(actor.at, actor.person.pk, today).items())[:ENOUGH]:
        missing = plural_word(count, "занятие,занятия,занятий")
        yield Duty(
            who=f"{day:%d.%m.%Y}", todo=f"Внести {count} {missing} без записи", on=due_on(actor.at, day),
            address=_address(day),
        )  # fmt: skip


def to_finish(actor: Actor, today: date) -> Iterator[Duty]:
    """Days with drafts."""
    rows = WorkEntry.objects.visible_to(actor).filter(position__user=actor.user, is_draft=True)
    counted = rows.order_by("on").values_list("on").annotate(n=Count("pk"))
    for day, count in counted[:ENOUGH]:
        words = f"Дописать {plural(count, 'черновик,черновика,черновиков')}"
        yield Duty(who=f"{day:%d.%m.%Y}", todo=words, on=due_on(actor.at, day), address=_address(day))


duties("work.log", to_log)
duties("work.log", to_finish)
