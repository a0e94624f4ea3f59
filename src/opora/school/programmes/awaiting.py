"""What following brings to the desk, to the agenda of the consilium and to the page of a programme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import Duty, duties
from opora.foundation.ui.panels import panel
from opora.foundation.ui.typography import plural
from opora.school.consilium.candidates import ENOUGH as CANDIDATES
from opora.school.consilium.candidates import Candidate, agenda_candidates
from opora.school.consilium.models import AgendaItem
from opora.school.consilium.terms import control_days, statute_of

from .board import NEAR_CONTROL, NEAR_END, control_of, last_seen, running_of
from .expecting import due_on
from .flow import Status
from .models import Activity, Programme
from .summing import summary_of

HORIZON = timedelta(days=7)
MANY = 300  # activities of one desk
FEW = 4  # more of them are one row that leads to «Мои мероприятия»


def to_mark(actor: Actor, today: date) -> Iterator[Duty]:
    """Own activities whose mark is due: a row for each while they are few, else one for the late and one for the rest.

    For a curator one row more for those of others (`marks_of_others`).
    """
    rows = Activity.objects.of(actor.at).filter(programme__in=running_of(actor), responsible__user=actor.user)
    rows = rows.expecting(today + HORIZON)
    found = [
        (due_on(one.starts_on, one.ends_on, one.last_mark_on), one)
        for one in rows.with_people().order_by("ends_on", "pk")[:MANY]
    ]
    late = [pair for pair in found if pair[0] is not None and pair[0] < today]
    for some in (late, [pair for pair in found if pair not in late]):
        if len(some) > FEW:
            yield _marks_together([one for _, one in some], min((day for day, _ in some if day), default=today))
        else:
            yield from (_mark_duty(day, one) for day, one in some)


def _marks_together(some: list[Activity], on: date) -> Duty:
    children = plural(len({one.programme.child_id for one in some}), "обучающийся,обучающихся,обучающихся")
    words = plural(len(some), "мероприятие,мероприятия,мероприятий")
    return Duty(who=children, todo=f"Отметить {words}", on=on, address=reverse("programmes:mine"))


def _mark_duty(on: date | None, activity: Activity) -> Duty:
    child = activity.programme.child
    return Duty(
        who=f"{child.last_name} {child.first_name}",
        todo=f"Отметить: {activity.title}",
        on=on,
        address=f"{reverse('programmes:mine')}#activity-{activity.public_id}",
    )


def marks_of_others(actor: Actor, today: date) -> Iterator[Duty]:
    """How many marks of others a curator waits for: one row leads to the board."""
    late = Activity.objects.of(actor.at).expecting(today - timedelta(days=1)).filter(programme__in=running_of(actor))
    found = late.filter(programme__curator__user=actor.user).exclude(responsible__user=actor.user)
    counted = found.aggregate(count=Count("pk"), since=Min("ends_on"))
    if counted["count"]:
        words = plural(counted["count"], "мероприятие,мероприятия,мероприятий")
        address = f"{reverse('programmes:board')}?what=late"
        yield Duty("Программы сопровождения", f"{words} без отметки в срок", min(counted["since"], today), address)


def to_control(actor: Actor, today: date) -> Iterator[Duty]:
    """Control days and ends of the programmes that one leads."""
    rows = Programme.objects.visible_to(actor).filter(status=Status.RUNNING, curator__user=actor.user)
    programmes = list(rows.select_related("child").order_by("ends_on")[:200])
    seen, statute = last_seen(actor, [one.pk for one in programmes]), statute_of(actor.at)
    for one in programmes:
        who = f"{one.child.last_name} {one.child.first_name}"
        if one.starts_on is None:
            continue
        control = control_of(control_days(one.starts_on, statute), one.ends_on, seen.get(one.pk), today)
        if control is not None:
            address = reverse("programmes:observe", args=[one.public_id])
            yield Duty(who, f"Записать наблюдения: {control.title}", control.on, address)
        if one.ends_on is not None and one.ends_on <= today + NEAR_END:
            address = reverse("programmes:ending", args=[one.public_id])
            yield Duty(who, "Подвести итоги программы на консилиуме", one.ends_on, address)


@agenda_candidates(lambda today: Programme.objects.filter(status=Status.RUNNING, starts_on__isnull=False))
def programmes_to_discuss(actor: Actor, today: date) -> Iterable[Candidate]:
    """Children whose programme comes to its end, or to a control day of the consilium."""
    rows = Programme.objects.visible_to(actor).filter(status=Status.RUNNING, starts_on__isnull=False)
    programmes = list(rows.select_related("child").order_by("ends_on")[:CANDIDATES])
    seen, statute = last_seen(actor, [one.pk for one in programmes]), statute_of(actor.at)
    for one in programmes:
        if one.ends_on is not None and one.ends_on <= today + NEAR_END:
            words = f"программа заканчивается {one.ends_on:%d.%m.%Y}"
            yield Candidate(one.child, AgendaItem.Ground.FINAL, words, one.ends_on)
            continue
        days = control_days(one.starts_on or today, statute)
        control = control_of(days, one.ends_on, seen.get(one.pk), today)
        if control is not None and control.on <= today + NEAR_CONTROL:
            yield Candidate(one.child, AgendaItem.Ground.CONTROL, f"{control.title} программы", control.on)


def programme_following(actor: Actor, programme: Programme) -> dict[str, Any] | None:
    """On the page of a programme that runs or is over: how it goes, in figures that lead to their places."""
    if programme.status not in (Status.RUNNING, Status.FINISHED, Status.CONTINUED) and not programme.approved_on:
        return None
    summary = summary_of(actor, programme)
    return {"programme": programme, "summary": summary, "tab": ""}


duties(
    "activity.mark",
    to_mark,
    unless_none=lambda actor, today: Activity.objects.filter(responsible__user=actor.user, is_over=False),
)
duties(
    "programme.write",
    marks_of_others,
    unless_none=lambda actor, today: Programme.objects.filter(curator__user=actor.user, status=Status.RUNNING),
)
duties(
    "programme.write",
    to_control,
    unless_none=lambda actor, today: Programme.objects.filter(curator__user=actor.user, status=Status.RUNNING),
)
panel("programme", 20, "Ход программы", "programmes/programme_following.html", "programme.view", programme_following)
