"""Screenings and teachers' signals. Rows with a mark of suicidal risk stand in no figure.

Those rows are closed to most readers of the analysis; a figure that held them would differ from the list behind it by
their number, and of a number so small one can tell the child. So the figure is what every reader may open.
"""

from __future__ import annotations

from django.db.models import Case, Count, F, Q, Value, When

from opora.school.signals.models import Concern, ScreeningResult

from .tables import TOTAL, Behind, Counted, Measure, Phrase, Rule, lines_of, summed
from .year import Year

CLAUSE = "Положение о Службе сопровождения, п. 2.2, ч. 4"
NOTE = "Без случаев с отметкой о суицидальном риске: их видит узкий круг, и число по ним могло бы указать на ребёнка."
RESULTS, CONCERNS = (Measure("results", "результатов"),), (Measure("concerns", "сигналов"),)
State = Concern.State
EXAMINED = (State.CONFIRMED, State.NOT_CONFIRMED)
DECIDED = (*EXAMINED, State.DECLINED)


def _screened(year: Year) -> Q:
    return year.days("screening__held_on") & Q(suicide_risk=False)


def _levels(year: Year) -> Counted:
    rows = ScreeningResult.objects.of(year.organisation).filter(_screened(year)).order_by()
    found = {code: (n,) for code, n in rows.values_list("level").annotate(n=Count("pk"))}
    return Counted(lines_of(ScreeningResult.Level.choices, found), summed(found.values(), 1))


def _of_level(year: Year, row: str, _: str) -> Behind:
    return Behind(ScreeningResult, _screened(year) if row == TOTAL else _screened(year) & Q(level=row))


def _raised(year: Year) -> Q:
    return year.days("noticed_on") & Q(suicide_risk=False)


def _later(year: Year) -> Q:
    """Decided after the day of counting: on that day they still waited."""
    return Q(decided_at__date__gt=year.until)


def _states(year: Year) -> Counted:
    rows = Concern.objects.of(year.organisation).filter(_raised(year)).order_by()
    then = Case(
        When(_later(year) & Q(state__in=EXAMINED), then=Value(State.EXAMINATION.value)),
        When(_later(year), then=Value(State.RAISED.value)),
        default=F("state"),
    )
    found = {code: (n,) for code, n in rows.annotate(then=then).values_list("then").annotate(n=Count("pk"))}
    return Counted(lines_of(State.choices, found), summed(found.values(), 1))


def _in_state(year: Year, row: str, _: str) -> Behind:
    if row == TOTAL:
        return Behind(Concern, _raised(year))
    then: dict[str, Q] = {
        State.EXAMINATION: Q(state=row) | _later(year) & Q(state__in=EXAMINED),
        State.RAISED: Q(state=row) | _later(year) & ~Q(state__in=EXAMINED),
    }
    return Behind(Concern, _raised(year) & then.get(row, Q(state=row) & ~_later(year)))


SCREENINGS = Rule(
    "screenings", "Плановые обследования: уровень внимания", CLAUSE, RESULTS, _levels, _of_level,
    Phrase("Плановые обследования дали", "результат,результата,результатов"), note=NOTE,
)  # fmt: skip
SIGNALS = Rule(
    "signals", "Сигналы педагогов", CLAUSE, CONCERNS, _states, _in_state,
    Phrase(
        "Рассмотрен,Рассмотрены,Рассмотрено", "сигнал педагогов,сигнала педагогов,сигналов педагогов", rows=DECIDED
    ),
    note=NOTE,
)  # fmt: skip
