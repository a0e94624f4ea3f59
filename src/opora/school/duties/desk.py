"""Conditions that somebody answers for, those without anybody, and the next examinations at ПМПК."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural
from opora.people.law import law_on
from opora.regulations.calendar import add_years
from opora.regulations.reexamination.entries import Reminder

from .models import BroughtConclusion, SchoolDuty
from .querysets import BroughtConclusionQuerySet

AHEAD = timedelta(days=14)
REMINDERS = "reminder"
MONTH = 30
LOADED = 300  # conditions of one desk
FEW_CHILDREN = 3  # others' late conditions of more children are one row that leads to the list


def _days(one: Reminder) -> int:
    return one.value * MONTH if one.unit == "months" else one.value


def reminder_days(today: date) -> tuple[int, int]:
    """How many days before an examination the school is reminded: first, and with urgency. By the edition."""
    days = sorted({_days(one) for one in law_on(today).entries(REMINDERS, Reminder)}, reverse=True)
    return days[0], next((one for one in days if one <= MONTH), days[-1])


def _address(duty: SchoolDuty) -> str:
    return f"{reverse('duties:brought', args=[duty.brought.public_id])}#duty-{duty.public_id}"


def to_create(actor: Actor, today: date) -> Iterator[Duty]:
    """Own conditions that are due within two weeks or late, a row for each child.

    Whoever keeps all of them sees the late ones of others too: by child while they are few, else in one row.
    """
    rows = SchoolDuty.objects.visible_to(actor).open().exclude(kind=SchoolDuty.Kind.REEXAMINATION)
    mine = Q(responsible__user=actor.user) & Q(due_on__lte=today + AHEAD)
    # A condition that is known not to be created stands in the list with its reason, not on the desk each day.
    wanted = mine & Q(state=SchoolDuty.State.PLANNED)
    if may(actor, "duty.keep"):
        wanted |= Q(state=SchoolDuty.State.PLANNED, due_on__lt=today)
    found = rows.filter(wanted).select_related("brought__child", "responsible__user").order_by("due_on", "pk")
    own: dict[int, list[SchoolDuty]] = {}
    others: dict[int, list[SchoolDuty]] = {}
    for one in found[:LOADED]:
        is_own = one.responsible is not None and actor.user is not None and one.responsible.user_id == actor.user.pk
        (own if is_own else others).setdefault(one.brought.child_id, []).append(one)
    yield from (_of_one_child(some) for some in own.values())
    if len(others) <= FEW_CHILDREN:
        yield from (_of_one_child(some, named=True) for some in others.values())
        return
    every = [one for some in others.values() for one in some]
    yield Duty(
        who=plural(len(others), "ребёнок,ребёнка,детей"),
        todo=f"Создать {plural(len(every), 'условие,условия,условий')} по заключениям ПМПК",
        on=min(one.due_on for one in every),
        address=f"{reverse('duties:list')}?state=late",
        note="отвечают другие",
    )


def _of_one_child(some: list[SchoolDuty], *, named: bool = False) -> Duty:
    """One condition by its kind, more of them by their number; the earliest day. `named`: with those who answer."""
    first = some[0]
    posts = {one.responsible_id: one.responsible for one in some if named and one.responsible is not None}
    names = ", ".join(post.user.short_name for post in posts.values() if post is not None)
    single = len(some) == 1
    words = first.get_kind_display() if single else plural(len(some), "условие,условия,условий")
    return Duty(
        who=first.brought.child.full_name,
        todo=f"Создать условие: {words}" if single else f"Создать {words} по заключению ПМПК",
        on=first.due_on,
        address=_address(first),
        note=f"{'отвечает' if len(posts) == 1 else 'отвечают'} {names}" if names else "",
    )


def _nobody(today: date) -> Q:
    return Q(responsible__isnull=True) | Q(responsible__ended_on__lt=today)


def to_entrust(actor: Actor, today: date) -> Iterator[Duty]:
    """Conditions for which nobody answers any more, or nobody did."""
    rows = SchoolDuty.objects.visible_to(actor).open().filter(_nobody(today)).select_related("brought__child")
    for one in rows.order_by("due_on")[:ENOUGH]:
        yield Duty(
            who=one.brought.child.full_name,
            todo=f"Назначить ответственного: {one.get_kind_display()}",
            on=None,
            address=reverse("duties:duty", args=[one.public_id]),
        )


def _examined_soon(rows: BroughtConclusionQuerySet, today: date) -> BroughtConclusionQuerySet:
    after = add_years(today, -1)  # a date forgotten for a year is no reminder
    return rows.examined_before(today + timedelta(days=reminder_days(today)[0])).filter(next_on__gte=after)


def to_examine(actor: Actor, today: date) -> Iterator[Duty]:
    """Children whose next examination at ПМПК comes near."""
    _, urgent = reminder_days(today)
    rows = _examined_soon(BroughtConclusion.objects.visible_to(actor), today)
    for one in rows.select_related("child").order_by("next_on")[:ENOUGH]:
        if one.next_on is None:
            continue
        yield Duty(
            who=one.child.full_name,
            todo="Подготовить повторное обследование на ПМПК",
            on=one.next_on,
            address=reverse("duties:brought", args=[one.public_id]),
            is_urgent=one.next_on - today <= timedelta(days=urgent),
        )


def to_ask_parents(actor: Actor, today: date) -> Iterator[Duty]:
    """Families whose answer to the conditions is awaited."""
    waiting = BroughtConclusion.ParentsAnswer.WAITING
    rows = BroughtConclusion.objects.visible_to(actor).in_force(today).filter(parents_answer=waiting)
    for one in rows.select_related("child").order_by("brought_on")[:ENOUGH]:
        yield Duty(
            who=one.child.full_name,
            todo="Записать ответ родителей на условия ПМПК",
            on=None,
            address=reverse("duties:answer", args=[one.public_id]),
        )


duties(
    "duty.mark",
    to_create,
    unless_none=lambda actor, today: SchoolDuty.objects.filter(
        state=SchoolDuty.State.PLANNED, due_on__lte=today + AHEAD
    ),
)
duties("duty.keep", to_entrust, unless_none=lambda actor, today: SchoolDuty.objects.open().filter(_nobody(today)))
duties("duty.keep", to_examine, unless_none=lambda actor, today: _examined_soon(BroughtConclusion.objects.all(), today))
duties(
    "duty.keep",
    to_ask_parents,
    unless_none=lambda actor, today: BroughtConclusion.objects.in_force(today).filter(
        parents_answer=BroughtConclusion.ParentsAnswer.WAITING
    ),
)
