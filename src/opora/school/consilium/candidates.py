"""Who waits for a meeting: upper rooms add their own reasons, the child stands once with the most urgent of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import any_rows
from opora.people.children.models import Child
from opora.school.duties.models import BroughtConclusion
from opora.school.pupils.selectors import left_among
from opora.school.signals.attention import attention_list
from opora.school.signals.models import Concern, ScreeningResult

from .models import AgendaItem

NEWS = timedelta(days=180)  # how far back a brought conclusion is still news
ENOUGH = 200  # candidates of one source on one page


@dataclass(frozen=True)
class Candidate:
    """A child and why it should be talked about. `due` is the day by which; `ground` one of AgendaItem.Ground."""

    child: Child
    ground: str
    words: str
    due: date | None = None
    is_urgent: bool = False
    concern: Concern | None = None

    @property
    def key(self) -> str:
        """What a form sends back: the child is enough, its first reason is found anew."""
        return self.child.public_id

    @property
    def ground_title(self) -> str:
        return str(AgendaItem.Ground(self.ground).label)


Source = Callable[[Actor, date], Iterable[Candidate]]
Rows = Callable[[date], QuerySet[Any]]
_sources: list[tuple[Source, Rows]] = []


def agenda_candidates(unless_none: Rows) -> Callable[[Source], Source]:
    """Register a source of children who wait for a meeting; a fixed number of queries, rows the actor may see.

    Without any of the rows of `unless_none` it has nothing for anybody, and is not asked.
    """

    def register(source: Source) -> Source:
        _sources.append((source, unless_none))
        return source

    return register


def candidates_of(actor: Actor, today: date) -> list[Candidate]:
    """Everyone who waits and is on no coming agenda nor has left, the urgent first, then by day."""
    found: dict[int, Candidate] = {}
    answers = any_rows(actor, [rows(today) for _, rows in _sources])
    asked = [source for (source, _), answer in zip(_sources, answers, strict=True) if answer]
    for one in (candidate for source in asked for candidate in source(actor, today)):
        known = found.get(one.child.pk)
        if known is None or _rank(one) < _rank(known):
            found[one.child.pk] = one
    if not found:
        return []
    seated = AgendaItem.objects.of(actor.at).waiting().order_by().values_list("child_id", flat=True)
    gone = left_among(actor.at, list(found)).order_by().values_list("child_id", flat=True)
    for child_id in seated.union(gone):
        found.pop(child_id, None)
    return sorted(found.values(), key=lambda one: (*_rank(one), one.child.last_name, one.child.first_name))


def _rank(one: Candidate) -> tuple[bool, date]:
    return not one.is_urgent, one.due or date.max


@agenda_candidates(lambda today: Concern.objects.filter(state=Concern.State.CONFIRMED))
def confirmed_concerns(actor: Actor, today: date) -> Iterable[Candidate]:
    """Concerns that the psychologist confirmed and no meeting has taken up."""
    rows = (
        Concern.objects.visible_to(actor)
        .filter(state=Concern.State.CONFIRMED)
        .exclude(agenda_items__state__in=("planned", "talk", "signing", "signed"))
        .select_related("child")
    )
    for one in rows[:ENOUGH]:
        words = f"от {one.noticed_on:%d.%m.%Y}"
        urgent = one.urgency == Concern.Urgency.TODAY or one.suicide_risk
        yield Candidate(one.child, AgendaItem.Ground.CONCERN, words, today if urgent else None, urgent, one)


@agenda_candidates(lambda today: ScreeningResult.objects.waiting())
def screening_results(actor: Actor, today: date) -> Iterable[Candidate]:
    """Results that ask for attention and on which nobody has decided."""
    for one in attention_list(actor).order_by("-screening__held_on", "-pk")[:ENOUGH]:
        words = f"{one.screening.title}, {one.screening.held_on:%d.%m.%Y}: {one.get_level_display()}"
        yield Candidate(one.child, AgendaItem.Ground.SCREENING, words, None, one.suicide_risk)


@agenda_candidates(lambda today: AgendaItem.objects.filter(state=AgendaItem.State.SIGNED))
def controls(actor: Actor, today: date) -> Iterable[Candidate]:
    """Decisions whose day of control has come, or comes within two weeks, without a later talk."""
    rows = AgendaItem.objects.visible_to(actor).controls_due(today).select_related("child", "meeting")
    for one in rows[:ENOUGH]:
        due = one.control_due(today)
        words = f"заседание {one.meeting.day:%d.%m.%Y}"
        yield Candidate(one.child, AgendaItem.Ground.CONTROL, words, due)


@agenda_candidates(lambda today: BroughtConclusion.objects.in_force(today).brought_since(today - NEWS))
def brought_conclusions(actor: Actor, today: date) -> Iterable[Candidate]:
    """Conclusions of ПМПК that a parent brought and that no meeting has talked about since."""
    rows = BroughtConclusion.objects.visible_to(actor).in_force(today).brought_since(today - NEWS)
    found = list(rows.select_related("child").order_by("brought_on")[:ENOUGH])
    talks = AgendaItem.objects.of(actor.at).filter(child__in=[one.child_id for one in found], state="signed")
    last = dict(talks.order_by("meeting__day").values_list("child_id", "meeting__day"))
    for one in found:
        talked = last.get(one.child_id)
        if talked is None or talked < one.brought_on:
            yield Candidate(one.child, AgendaItem.Ground.CONCLUSION, f"принесено {one.brought_on:%d.%m.%Y}")
