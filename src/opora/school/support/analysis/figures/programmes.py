"""Individual programmes: how many ran, how they ended, what became of their criteria (K-09).

Programmes because of a suicidal risk stand in no figure: a small number beside a known case would name the child.
"""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from opora.school.programmes.flow import LETTER, Status
from opora.school.programmes.models import Criterion, Observation, Programme
from opora.school.programmes.querysets import AT_RISK
from opora.school.programmes.summing import CriterionResult

from .tables import PERCENT, Behind, Counted, Measure, Rule, lines_of, share
from .year import Year

UNKNOWN = "unknown"
NOTE = "Программы по суицидальному риску сюда не входят: их ведёт председатель ППк."
PROGRAMMES = (Measure("programmes", "программ"),)
CRITERIA = (Measure("criteria", "критериев", opens=False), Measure("share", "доля, %", PERCENT, opens=False))
STATES = (
    ("ran", "действовали в году"), ("begun", "из них начаты в году"), ("finished", "завершены по итогам"),
    ("continued", "продолжены новой программой"), ("cancelled", "прекращены"),
)  # fmt: skip
SUCCESS = (
    ("reached", "достигнуто"), ("closer", "есть продвижение"), ("same", "без перемен"), ("worse", "стало хуже"),
    (UNKNOWN, "оценить нельзя: нет значений"),
)  # fmt: skip


def _rows(year: Year) -> QuerySet[Programme]:
    return Programme.objects.of(year.organisation).exclude(kind=AT_RISK).order_by()


def _states(year: Year) -> dict[str, Q]:
    ran = year.lasting("starts_on", "finished_on") & ~Q(status__in=(Status.DRAFT, Status.FAMILY, Status.AGREED))
    ended = year.days("finished_on")
    return {
        "ran": ran,
        "begun": ran & year.days("starts_on"),
        "finished": ended & Q(status=Status.FINISHED),
        "continued": ended & Q(status=Status.CONTINUED),
        "cancelled": ended & Q(status=Status.CANCELLED),
    }


def _programmes(year: Year) -> Counted:
    found = _rows(year).aggregate(**{code: Count("pk", filter=asked) for code, asked in _states(year).items()})
    return Counted(lines_of(STATES, {code: (n,) for code, n in found.items()}))


def _of_state(year: Year, row: str, _: str) -> Behind | None:
    asked = _states(year).get(row)
    return Behind(Programme, asked & ~Q(kind=AT_RISK)) if asked is not None else None


def _success(year: Year) -> Counted:
    """What became of the criteria of programmes that ended in the year, by their last value; one query."""
    ended = _rows(year).filter(year.days("finished_on"), status__in=(Status.FINISHED, Status.CONTINUED))
    seen = Observation.objects.filter(criterion=OuterRef("pk"), value__isnull=False).order_by("-on", "-pk")
    rows = Criterion.objects.of(year.organisation).filter(programme__in=ended.values("pk")).order_by()
    found = dict.fromkeys((code for code, _ in SUCCESS), 0)
    last = Subquery(seen.values("value")[:1])
    for scale, start, wanted, value in rows.values_list("scale", "starts_at", "wanted", last):
        criterion = Criterion(scale=scale, starts_at=start, wanted=wanted)
        result = CriterionResult(criterion, [Observation(value=value)] if value is not None else [])
        found[result.state or UNKNOWN] += 1
    every = sum(found.values())
    shares = {code: (n, share(n, every)) for code, n in found.items()}
    return Counted(lines_of(SUCCESS, shares, 2), (every, 100 if every else 0))


PROGRAMME_COUNT = Rule(
    "programmes", "Индивидуальные программы сопровождения", LETTER, PROGRAMMES, _programmes, _of_state, note=NOTE
)
CRITERIA_REACHED = Rule(
    "criteria", "Критерии завершённых и продолженных программ", f"{LETTER}: анализируются результаты программы",
    CRITERIA, _success, lambda *_: None, note=NOTE,
)  # fmt: skip
