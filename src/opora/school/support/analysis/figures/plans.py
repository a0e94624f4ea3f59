"""The plans of the year: lines done, going on, late, still ahead, taken off; done is what the log says (S-01)."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from ...plans.doing import STATES, done_of, state_of
from ...plans.models import PlanItem, WorkPlan
from .tables import TOTAL, Behind, Counted, Measure, Phrase, Rule, lines_of, summed
from .work import HEAD
from .year import Year

ITEMS = (Measure("items", "мероприятий"),)


def _items(year: Year) -> Q:
    """What the director approved; a line that was added since waits for the next version."""
    return Q(plan__horizon=WorkPlan.Horizon.YEAR, approved_in__isnull=False) & year.days("plan__starts_on")


def _by_state(year: Year) -> dict[str, list[int]]:
    rows = list(PlanItem.objects.of(year.organisation).filter(_items(year)).order_by())
    done = done_of(one.pk for one in rows)
    found: dict[str, list[int]] = defaultdict(list)
    for one in rows:
        found[state_of(one, done[one.pk], year.until).code].append(one.pk)
    return found


def _done(year: Year) -> Counted:
    rows = {code: (len(keys),) for code, keys in _by_state(year).items()}
    return Counted(lines_of(((one.code, one.words) for one in STATES.values()), rows), summed(rows.values(), 1))


def _in_state(year: Year, row: str, _: str) -> Behind:
    return Behind(PlanItem, _items(year) if row == TOTAL else Q(pk__in=_by_state(year).get(row, [])))


PLAN_DONE = Rule(
    "plan_done", "Мероприятия годовых планов", HEAD, ITEMS, _done, _in_state,
    Phrase("В годовых планах", "мероприятие,мероприятия,мероприятий"),
    note="Считаются строки, утверждённые директором. «Сделано» — "
    "срок прошёл и в учёте работы есть записи по строке или по выросшим из неё.",
)  # fmt: skip
