"""Who waits for a meeting: upper rooms add their own reasons, the child stands once with the most urgent of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.duties.models import BroughtConclusion
from opora.school.pupils.selectors import left_among
from opora.school.signals.attention import attention_list
from opora.school.signals.models import Concern

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
_sources: list[Source] = []


def agenda_candidates(source: Source) -> Source:
    """Register a source of children who wait for a meeting; a fixed number of queries, rows the actor may see."""
    _sources.append(source)
    return source


def candidates_of(actor: Actor, today: date) -> list[Candidate]:
    """Everyone who waits and is on no coming agenda nor has left, the urgent first, then by day."""
    found: dict[int, Candidate] = {}
    for one in (candidate for source in _sources for candidate in source(actor, today)):
        known = found.get(one.child.pk)
        if known is None or _rank(one) < _rank(known):
            found[one.child.pk] = one
    seated = AgendaItem.objects.of(actor.at).waiting().order_by().values_list("child_id", flat=True)
    gone = left_among(actor.at, list(found)).order_by().values_list("child_id", flat=True)
    for child_id in seated.union(gone):
        found.pop(child_id, None)
    return sorted(found.values(), key=lambda one: (*_rank(one), one.child.last_name, one.child.first_name))


def _rank(one: Candidate) -> tuple[bool, date]:
    return not one.is_urgent, one.due or date.max


@agenda_candidates
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


@agenda_candidates
def screening_results(actor: Actor, today: date) -> Iterable[Candidate]:
    """Results that ask for attention and on which nobody has decided."""
    for one in attention_list(actor).order_by("-screening__held_on", "-pk")[:ENOUGH]:
        words = f"{one.screening.title}, {one.screening.held_on:%d.%m.%Y}: {one.get_level_display()}"
        yield Candidate(one.child, AgendaItem.Ground.SCREENING, words, None, one.suicide_risk)


@agenda_candidates
def controls(actor: Actor, today: date) -> Iterable[Candidate]:
    """Decisions whose day of control has come, or comes within two weeks, without a later talk."""
    rows = AgendaItem.objects.visible_to(actor).controls_due(today).select_related("child", "meeting")
    for one in rows[:ENOUGH]:
        due = one.control_due(today)
        words = f"заседание {one.meeting.day:%d.%m.%Y}"
        yield Candidate(one.child, AgendaItem.Ground.CONTROL, words, due)


@agenda_candidates
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
