"""What waits in plans: drafts, remarks, lines without an entry; examination for the head, approval by the director."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from ..approval import Status
from .doing import done_of
from .models import PlanItem, WorkPlan
from .naming import plan_title, whose
from .selectors import narrowest, with_origins

BEFORE = timedelta(days=14)  # a draft is a duty once its term is so near


def to_draw_up(actor: Actor, today: date) -> Iterator[Duty]:
    """Own drafts whose term is near, and plans that came back with remarks."""
    if actor.user is None:
        return
    rows = WorkPlan.objects.visible_to(actor).filter(owner__user=actor.user, ends_on__gte=today - timedelta(days=31))
    rows = rows.filter(status__in=(Status.DRAFT, Status.RETURNED), starts_on__lte=today + BEFORE).with_people()
    for one in rows.order_by("starts_on", "pk")[:ENOUGH]:
        returned = one.status == Status.RETURNED
        todo = "исправить план по замечаниям" if returned else "составить план и отдать на рассмотрение"
        yield Duty(plan_title(one), todo, None if returned else one.starts_on, _page(one), is_urgent=returned)


def to_examine(actor: Actor, today: date) -> Iterator[Duty]:
    """Plans of specialists that wait for the head, and the service's own drafts that wait for him."""
    rows = WorkPlan.objects.visible_to(actor).with_people()
    for one in rows.filter(status=Status.SUBMITTED).order_by("submitted_on", "pk")[:ENOUGH]:
        yield Duty(whose(one), "рассмотреть план", None, _page(one), plan_title(one))
    own = rows.filter(owner__isnull=True, status__in=(Status.DRAFT, Status.RETURNED), starts_on__lte=today + BEFORE)
    for one in own.filter(ends_on__gte=today - timedelta(days=31)).order_by("starts_on", "pk")[:ENOUGH]:
        yield Duty(plan_title(one), "составить план Службы", one.starts_on, _page(one), one.get_status_display())


def to_approve(actor: Actor, today: date) -> Iterator[Duty]:
    """Examined plans that wait for the director."""
    rows = WorkPlan.objects.visible_to(actor).filter(status=Status.EXAMINED).with_people()
    for one in rows.order_by("examined_on", "pk")[:ENOUGH]:
        yield Duty(whose(one), "утвердить план", None, _page(one), plan_title(one))


def to_log(actor: Actor, today: date) -> Iterator[Duty]:
    """Lines of approved plans whose days are over and for which nothing was logged, each at its narrowest plan.

    Those who log work are asked: they are the ones who draw plans up. Others who answer for a line log nothing.
    """
    if actor.user is None:
        return
    over = PlanItem.objects.visible_to(actor).meeting(today - BEFORE, today).filter(ends_on__lt=today)
    rows = over.filter(ends_on__gte=today - BEFORE, responsible__user=actor.user, plan__status=Status.APPROVED)
    found = narrowest(with_origins(rows).order_by("ends_on", "pk"))
    done = done_of(one.pk for one in found)
    for one in [one for one in found if not done[one.pk].entries][:ENOUGH]:
        yield Duty(one.title, "записать, что сделано по плану", one.ends_on, f"{_page(one.plan)}#lines")


def _page(plan: WorkPlan) -> str:
    return reverse("plans:plan", args=[plan.public_id])


duties(
    "plan.write",
    to_draw_up,
    unless_none=lambda actor, today: WorkPlan.objects.filter(
        owner__user=actor.user, status__in=(Status.DRAFT, Status.RETURNED)
    ),
)
duties("plan.write", to_log)
duties(
    "plan.examine",
    to_examine,
    unless_none=lambda actor, today: WorkPlan.objects.filter(
        status__in=(Status.DRAFT, Status.RETURNED, Status.SUBMITTED)
    ),
)
duties("plan.approve", to_approve, unless_none=lambda actor, today: WorkPlan.objects.filter(status=Status.EXAMINED))
