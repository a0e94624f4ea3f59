"""What waits at a session: for the specialist his children and sheets, for the head sessions and discussions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .models import Examination, Session, SessionMember, Visit

WAITS = {
    Visit.State.EXPECTED: "обследование",
    Visit.State.WAITING: "ждёт обследования",
    Visit.State.WITH: "на обследовании",
}


def todays_children(actor: Actor, today: date) -> Iterator[Duty]:
    """Children of today's sessions of which the specialist is a member."""
    if not actor.has(Role.COMMISSION_SPECIALIST) or actor.user is None:
        return
    mine = SessionMember.objects.visible_to(actor).filter(position__user=actor.user, session__day=today)
    visits = (
        Visit.objects.visible_to(actor)
        .filter(session__in=mine.values("session"), state__in=WAITS)
        .exclude(examinations__specialist=actor.user)
        .select_related("case__child", "session")
    )
    for visit in visits[:ENOUGH]:
        address = f"{reverse('examinations:session', args=[visit.session.public_id])}#child-{visit.public_id}"
        at = f", запись на {visit.starts:%H:%M}" if visit.starts else ""
        yield Duty(visit.case.child.full_name, f"{WAITS[Visit.State(visit.state)]}{at}", today, address)


def unfinished_sheets(actor: Actor, today: date) -> Iterator[Duty]:
    """Own sheets that are not finished, due on the day of their session."""
    if actor.user is None:
        return
    sheets = (
        Examination.objects.visible_to(actor)
        .filter(specialist=actor.user, case__status__in=(Status.EXAMINATION, Status.DISCUSSION))
        .unfinished()
        .with_people()
        .order_by("started_at")
    )
    for sheet in sheets[:ENOUGH]:
        address = reverse("examinations:sheet", args=[sheet.public_id])
        todo = f"завершить лист: {sheet.get_speciality_display()}"
        yield Duty(sheet.case.child.full_name, todo, sheet.visit.session.day, address)


def sessions_to_run(actor: Actor, today: date) -> Iterator[Duty]:
    """Sessions that are not closed: today's, late ones, the next ones."""
    rows = Session.objects.visible_to(actor).exclude(state=Session.State.CLOSED).with_counts().order_by("day")
    for session in rows[:ENOUGH]:
        todo = "завершить заседание" if session.day < today else "провести заседание"
        note = f"детей в списке: {session.children}"
        address = reverse("examinations:session", args=[session.public_id])
        yield Duty(session.place.title, todo, session.day, address, note)


def cases_to_discuss(actor: Actor, today: date) -> Iterator[Duty]:
    """Cases of which every sheet is finished: the discussion may begin."""
    if not actor.has(Role.COMMISSION_HEAD):
        return
    ready = (
        Case.objects.visible_to(actor)
        .filter(status=Status.EXAMINATION, examinations__state=Examination.State.FINISHED)
        .exclude(examinations__state=Examination.State.DRAFT)
        .with_child()
        .order_by("due_on", "pk")
        .distinct()
    )
    for case in ready[:ENOUGH]:
        address = reverse("examinations:case_discuss", args=[case.public_id])
        yield Duty(
            case.child.full_name,
            "все листы завершены: перейти к обсуждению",
            case.due_on if case.due_on and case.due_on < today else None,
            address,
            case.title,
        )


duties("examination.write", todays_children)
duties("examination.write", unfinished_sheets)
duties("session.plan", sessions_to_run)
duties("case.discuss", cases_to_discuss)
