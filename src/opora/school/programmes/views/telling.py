"""A short plain page about the programme for the child or for the parents: shown on a screen or printed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route

from .. import events
from ..bank import age_of
from ..models import Audience, Observation, Programme
from ..plan import responsible_label
from ..summing import ActivityResult, CriterionResult, Summary, summary_of
from ..writing import figure

YOUNG, TEEN = 11, 15


@dataclass(frozen=True)
class Address:
    """How a page speaks to its reader."""

    title: str
    lead: str
    deeds: str
    questions: tuple[str, ...]


CHILD = {
    "young": Address(
        "Твой план",
        "Взрослые придумали этот план вместе, чтобы тебе в школе и дома стало легче.",
        "Что мы делаем с тобой",
        ("Что тебе нравится?", "Что трудно или не нравится?", "Чего ещё хочется?"),
    ),
    "middle": Address(
        "Твой план",
        "Этот план составили школа и твоя семья, чтобы помочь тебе. Его можно менять: скажи, что не подходит.",
        "Что в плане для тебя",
        ("Что помогает?", "Что мешает или не подходит?", "Что добавить или убрать?"),
    ),
    "older": Address(
        "Твой план поддержки",
        "В плане — то, о чём договорились школа, семья и ты. Он конфиденциальный. "
        "Если что-то не подходит, его изменят.",
        "Что запланировано для тебя",
        ("Что из этого работает?", "Что не работает и почему?", "Какая помощь нужна сейчас?"),
    ),
}
PARENTS = Address(
    "О программе сопровождения вашего ребёнка",
    "Здесь коротко: что делает школа, что зависит от вас и что уже получилось. Саму программу вы получили на бумаге.",
    "Что делает школа с ребёнком",
    ("Что изменилось дома?", "Что беспокоит сейчас?", "Что изменить в программе?"),
)


@dataclass(frozen=True)
class Line:
    """One deed in plain words: what, when, with whom, how it goes."""

    key: str
    title: str
    when: str
    whom: str
    state: str
    is_done: bool


@dataclass(frozen=True)
class Progress:
    """One criterion in plain words."""

    title: str
    words: str
    is_reached: bool


@route("programme.view", Programme, opens=events.TOLD_OPENED)
def told(request: ActorRequest, programme: Programme) -> HttpResponse:
    """`?for=child` or `?for=parents`; `without` leaves out lines that the reader should not see on paper."""
    for_child = request.GET.get("for") != "parents"
    summary = summary_of(request.actor, programme)
    hidden = frozenset(request.GET.getlist("without")[:200])
    address = CHILD[_age_group(programme)] if for_child else PARENTS
    context = {
        "programme": programme,
        "for_child": for_child,
        "address": address,
        "goals": [] if for_child else list(programme.goals.all()),
        "pupil": _lines(summary, Audience.PUPIL, hidden),
        "parents": [] if for_child else _lines(summary, Audience.PARENTS, hidden),
        "every": [*_lines(summary, Audience.PUPIL, ()), *([] if for_child else _lines(summary, Audience.PARENTS, ()))],
        "hidden": hidden,
        "progress": [_progress(one) for one in summary.criteria if _is_told(one, for_child)],
        "voice": Observation.Voice.CHILD if for_child else Observation.Voice.PARENT,
        "today": timezone.localdate(),
        "tab": "told",
    }
    return render(request, "programmes/told.html", context)


def _age_group(programme: Programme) -> str:
    years = age_of(programme.child)
    return "young" if years < YOUNG else "middle" if years < TEEN else "older"


def _lines(summary: Summary, audience: str, hidden: Collection[str]) -> list[Line]:
    return [
        _line(one)
        for one in summary.activities
        if one.activity.audience == audience and one.activity.public_id not in hidden
    ]


def _line(one: ActivityResult) -> Line:
    activity = one.activity
    days = [f"{day:%d.%m.%Y}" for day in (activity.starts_on, activity.ends_on) if day is not None]
    when = ", ".join(filter(None, (activity.frequency, " — ".join(dict.fromkeys(days)))))
    state = one.last.get_state_display() if one.last else "ещё впереди"
    is_done = one.last is not None and one.last.state == "done"
    return Line(activity.public_id, activity.title, when, responsible_label(activity), state, is_done)


def _is_told(one: CriterionResult, for_child: bool) -> bool:
    """A child is told of what he was asked about himself; parents of everything that was observed."""
    voices = {seen.voice for seen in one.valued}
    return Observation.Voice.CHILD in voices if for_child else bool(voices)


def _progress(one: CriterionResult) -> Progress:
    last = one.last
    parts = [
        f"было {figure(one.criterion.starts_at)}" if one.criterion.starts_at is not None else "",
        f"сейчас {figure(last.value)}" if last is not None else "",
        f"хотим {figure(one.criterion.wanted)}" if one.criterion.wanted is not None else "",
    ]
    return Progress(one.criterion.title, ", ".join(filter(None, parts)), one.state == "reached")
