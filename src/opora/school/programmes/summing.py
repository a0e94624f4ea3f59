"""A programme summed up for its final meeting (K-09): planned against achieved, and what is not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from opora.foundation.accounts.actors import Actor
from opora.school.consilium.models import AgendaItem

from .flow import LETTER
from .models import Activity, Criterion, Mark, Observation, Programme
from .pictures import Point, Voice, criterion_svg
from .services.following import SPANS

RESULTS = f"{LETTER}: по итогам реализации ИПС проводится консилиум, на котором анализируются результаты программы"
OPINIONS = f"{LETTER}: с учётом мнения членов консилиума, родителей (законных представителей) обучающегося"
INDICATORS = f"{LETTER}: критерии — индикаторы оценки достижения планируемых результатов"
VOICES = tuple(Observation.Voice)


@dataclass(frozen=True)
class Seen:
    """What one voice saw last of a criterion."""

    voice: str
    title: str
    on: date
    value: Decimal
    words: str


@dataclass
class CriterionResult:
    """A criterion with everything observed of it; `last` is the newest value, of whichever voice."""

    criterion: Criterion
    observations: list[Observation] = field(default_factory=list)

    @property
    def valued(self) -> list[Observation]:
        return [one for one in self.observations if one.value is not None]

    @property
    def last(self) -> Observation | None:
        return self.valued[-1] if self.valued else None

    @property
    def by_voice(self) -> list[Seen]:
        newest = {one.voice: one for one in self.valued}
        return [
            Seen(voice, str(voice.label), newest[voice].on, newest[voice].value or Decimal(0), newest[voice].words)
            for voice in VOICES
            if voice in newest
        ]

    @property
    def change(self) -> Decimal | None:
        """By how much the newest value differs from the first."""
        if self.last is None or self.last.value is None or self.criterion.starts_at is None:
            return None
        return self.last.value - self.criterion.starts_at

    @property
    def state(self) -> str:
        """«reached», «closer», «same», «worse», or an empty string where it cannot be said."""
        start, wanted = self.criterion.starts_at, self.criterion.wanted
        if self.last is None or self.last.value is None or start is None or wanted is None:
            return ""
        value, up = self.last.value, wanted >= start
        if (value >= wanted) if up else (value <= wanted):
            return "reached"
        if value == start:
            return "same"
        return "closer" if (value > start) == up else "worse"

    def svg(self, programme: Programme) -> str:
        """The picture of the values over time."""
        return criterion_picture(programme, self.criterion, self.valued)


def criterion_picture(programme: Programme, criterion: Criterion, valued: Iterable[Observation]) -> str:
    """The picture of a criterion: a line for each voice. The same for the page and for paper."""
    points: dict[str, list[Point]] = {voice: [] for voice in VOICES}
    for one in valued:
        if one.value is not None:
            points[one.voice].append(Point(one.on, float(one.value)))
    least, most = SPANS[criterion.scale]
    return criterion_svg(
        criterion.title,
        [Voice(str(voice.label), tuple(points[voice])) for voice in VOICES],
        starts_on=programme.starts_on or programme.created_at.date(),
        ends_on=programme.ends_on,
        wanted=float(criterion.wanted) if criterion.wanted is not None else None,
        least=float(least),
        most=None if criterion.scale == Criterion.Scale.COUNT else float(most),
        key=criterion.public_id,
    )


@dataclass
class ActivityResult:
    """An activity with its marks."""

    activity: Activity
    marks: list[Mark] = field(default_factory=list)

    @property
    def last(self) -> Mark | None:
        return self.marks[-1] if self.marks else None


@dataclass(frozen=True)
class Missing:
    """What the final meeting does not know yet; deciding without it needs a reason."""

    code: str
    message: str
    clause: str


@dataclass(frozen=True)
class Summary:
    criteria: list[CriterionResult]
    activities: list[ActivityResult]
    opinions: list[Observation]
    remarks: list[Observation]
    missing: list[Missing]

    def count(self, *states: str) -> int:
        """How many activities have one of these as their last mark; «» counts those without any."""
        return sum((one.last.state if one.last else "") in states for one in self.activities)

    @property
    def done(self) -> int:
        return self.count(Mark.State.DONE)

    @property
    def partly(self) -> int:
        return self.count(Mark.State.PARTLY, Mark.State.UNDER_WAY)

    @property
    def not_done(self) -> int:
        return self.count(Mark.State.NOT_DONE)

    @property
    def bare(self) -> int:
        return self.count("")


def summary_of(actor: Actor, programme: Programme, *, item: AgendaItem | None = None) -> Summary:
    """Everything that was marked and observed in a programme; five queries."""
    criteria = [
        CriterionResult(one)
        for one in Criterion.objects.visible_to(actor).filter(programme=programme).select_related("programme__child")
    ]
    of = {one.criterion.pk: one for one in criteria}
    seen = list(_observations(actor, programme))
    for one in seen:
        if one.criterion_id in of:
            of[one.criterion_id].observations.append(one)
    activities = activity_results(actor, programme)
    opinions = [one for one in seen if one.at_end]
    remarks = [one for one in seen if one.criterion_id is None and not one.at_end]
    missing = list(_missing(criteria, activities, opinions, item))
    return Summary(criteria, activities, opinions, remarks, missing)


def _observations(actor: Actor, programme: Programme) -> Iterable[Observation]:
    rows = Observation.objects.visible_to(actor).filter(programme=programme)
    return rows.select_related("programme__child", "recorded_by").order_by("on", "pk")


def activity_results(actor: Actor, programme: Programme) -> list[ActivityResult]:
    """Activities in the order of the plan with their marks; two queries."""
    rows = Activity.objects.visible_to(actor).filter(programme=programme).with_people()
    found = [ActivityResult(one) for one in rows.order_by("task__goal__order", "task__order", "order", "pk")]
    of = {one.activity.pk: one for one in found}
    marks = Mark.objects.visible_to(actor).filter(activity__programme=programme)
    for mark in marks.select_related("activity__programme__child", "marked_by").order_by("on", "pk"):
        if mark.activity_id in of:
            of[mark.activity_id].marks.append(mark)
    return found


def _missing(
    criteria: list[CriterionResult], activities: list[ActivityResult], opinions: list[Observation],
    item: AgendaItem | None,
) -> Iterable[Missing]:  # fmt: skip
    bare = [one for one in criteria if one.last is None]
    if bare:
        titles = "; ".join(f"«{one.criterion.title}»" for one in bare[:3])
        yield Missing("no_values", f"Нет ни одного значения: {titles}{' и другие' if bare[3:] else ''}.", INDICATORS)
    unmarked = sum(one.last is None for one in activities)
    if unmarked:
        yield Missing("no_marks", f"Мероприятий без единой отметки: {unmarked}.", RESULTS)
    voices = {one.voice for one in opinions}
    if not voices & {Observation.Voice.SPECIALIST, Observation.Voice.TEACHER}:
        yield Missing("no_members", "Не записано мнение членов консилиума.", OPINIONS)
    if Observation.Voice.PARENT not in voices:
        yield Missing("no_parents", "Не записано мнение родителей.", OPINIONS)
    if item is None:
        yield Missing("no_meeting", "Не указано заседание консилиума, на котором подведены итоги.", RESULTS)
