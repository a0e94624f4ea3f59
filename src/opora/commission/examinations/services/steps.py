"""From the examinations to the discussion, and back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_lock, step_require
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

from ..models import Examination, Visit
from .sessions import SECTION_2
from .visits import visit_release

FEWEST = 2  # «индивидуально каждым специалистом или несколькими специалистами» (letter, section 2)


def obstacles(case: Case) -> list[str]:
    """What speaks against the discussion now, in words; empty when nothing does."""
    sheets = list(Examination.objects.filter(case=case).select_related("specialist"))
    found = [
        f"Лист не завершён: {sheet.specialist.short_name}, {sheet.get_speciality_display()}."
        for sheet in sheets
        if not sheet.is_finished
    ]
    finished = len(sheets) - len(found)
    if finished == 0:
        found.append("Нет ни одного завершённого обследования.")
    elif finished < FEWEST:
        found.append("Завершён лист только одного специалиста, а заключение составляют по листам нескольких.")
    return found


@transaction.atomic
def case_discuss(*, actor: Actor, case: Case, on: date, reason: str = "") -> Case:
    """Pass to the discussion: all sheets are finished, two specialists at least.

    The head may go on otherwise with a written reason. Raises PermissionDenied, Refusal.
    """
    require(actor, "case.discuss")
    fresh = case_lock(case, actor)
    step_require(fresh, "case.discuss")
    against = obstacles(fresh)
    reason = reason.strip()
    if against:
        if not actor.has(Role.COMMISSION_HEAD):
            raise Refusal("not_ready", " ".join([*against, "Перейти к обсуждению может руководитель."]), SECTION_2)
        if not reason:
            raise Refusal("reason_needed", "Напишите, почему обсуждение начинается сейчас.", SECTION_2, field="reason")
        last = Visit.objects.filter(case=fresh).order_by("session__day", "pk").last()
        if last is None:
            raise Refusal("never_came", "По этому делу не отмечен ни один приход.", SECTION_2)
        last.early_reason = reason
        last.full_clean(exclude=["case", "session", "booking"])
        last.save(update_fields=["early_reason"])
    for visit in Visit.objects.filter(case=fresh, state__in=(Visit.State.WAITING, Visit.State.WITH)):
        visit_release(actor=actor, visit=visit)
    return case_advance(actor=actor, case=fresh, action="case.discuss", on=on, due_on=fresh.due_on)


@transaction.atomic
def case_reexamine(*, actor: Actor, case: Case, on: date) -> Case:
    """Back to the examination: sheets may be opened again, the case may come to another session."""
    require(actor, "case.reexamine")
    fresh = case_lock(case, actor)
    return case_advance(actor=actor, case=fresh, action="case.reexamine", on=on, due_on=fresh.due_on)
