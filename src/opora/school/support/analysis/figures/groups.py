"""Groups and courses: how many, whom, on what ground, which lessons were held, which hours were given (S-09)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from opora.foundation.accounts.roles import Speciality
from opora.people.children.models import Child

from ...groups.hours import delivered_minutes, in_hours, minutes_given, recommended_hours
from ...groups.models import Group, GroupMember, Lesson
from ...schoolyear.reading import settings_of
from .tables import HOURS, TOTAL, Behind, Counted, Measure, Phrase, Rule, lines_of, summed
from .year import Year

CLAUSE = "Положение о Службе сопровождения, пп. 3.3—3.4"
GROUPS = (Measure("groups", "групп и курсов"), Measure("children", "детей"))
CHILDREN = (Measure("children", "детей"),)
LESSONS = (Measure("lessons", "занятий"),)
LESSON_STATES = (("held", "проведены"), ("cancelled", "отменены"), ("unlogged", "прошли, но не внесены"))
TIME = (
    Measure("recommended", "положено часов", HOURS), Measure("delivered", "дано часов", HOURS),
    Measure("gap", "не хватает часов", HOURS), Measure("lacking", "детей недополучили"),
)  # fmt: skip
NO_SPECIALIST = "none"


def _lasting(year: Year, path: str = "") -> Q:
    return year.lasting(f"{path}starts_on", f"{path}ends_on") & year.lasting(f"{path}starts_on", f"{path}closed_on")


def _members(year: Year) -> Q:
    return _lasting(year, "group__") & year.lasting("joined_on", "left_on")


def _groups(year: Year) -> Counted:
    rows = Group.objects.of(year.organisation).filter(_lasting(year)).order_by()
    groups = dict(rows.values_list("kind").annotate(n=Count("pk")))
    inside = GroupMember.objects.of(year.organisation).filter(_members(year)).order_by()
    pairs = set(inside.values_list("group__kind", "child"))
    found = {kind: (groups.get(kind, 0), sum(of == kind for of, _ in pairs)) for kind in Group.Kind.values}
    return Counted(lines_of(Group.Kind.choices, found, 2), (sum(groups.values()), len({child for _, child in pairs})))


def _in_groups(year: Year, row: str, measure: str) -> Behind:
    if measure == "children":
        inside = GroupMember.objects.of(year.organisation).filter(_members(year)).order_by()
        inside = inside if row == TOTAL else inside.filter(group__kind=row)
        return Behind(Child, Q(pk__in=inside.values("child")))
    return Behind(Group, _lasting(year) if row == TOTAL else _lasting(year) & Q(kind=row))


def _grounds(year: Year) -> Counted:
    inside = GroupMember.objects.of(year.organisation).filter(_members(year)).order_by()
    pairs = set(inside.values_list("ground", "child"))
    found = {ground: (sum(of == ground for of, _ in pairs),) for ground in GroupMember.Ground.values}
    return Counted(lines_of(GroupMember.Ground.choices, found), (len({child for _, child in pairs}),))


def _on_ground(year: Year, row: str, _: str) -> Behind:
    inside = GroupMember.objects.of(year.organisation).filter(_members(year)).order_by()
    inside = inside if row == TOTAL else inside.filter(ground=row)
    return Behind(Child, Q(pk__in=inside.values("child")))


def _states(year: Year) -> dict[str, Q]:
    logged = Q(entry__isnull=False, entry__is_draft=False)
    cancelled = Q(cancelled_on__isnull=False)
    return {"held": logged, "cancelled": cancelled & ~logged, "unlogged": ~logged & ~cancelled}


def _lessons(year: Year) -> Counted:
    rows = Lesson.objects.of(year.organisation).filter(year.days("on"))
    counts: dict[str, Any] = {code: Count("pk", filter=asked) for code, asked in _states(year).items()}
    found = {code: (n,) for code, n in rows.aggregate(**counts).items()}
    return Counted(lines_of(LESSON_STATES, found), summed(found.values(), 1))


def _of_state(year: Year, row: str, _: str) -> Behind | None:
    states = _states(year)
    if row == TOTAL:
        return Behind(Lesson, year.days("on"))
    return Behind(Lesson, year.days("on") & states[row]) if row in states else None


def _time(year: Year) -> dict[str, dict[int, tuple[int, int]]]:
    """Speciality -> child -> hours recommended and given up to the day of counting, as the log compares them.

    Both are hours of lessons; here, as everywhere in a table, sixty to an hour.
    """
    wanted: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for one in recommended_hours(year.organisation, year.starts_on, year.until):
        wanted[one.child_id, one.speciality] += one.hours
    delivered = delivered_minutes({child for child, _ in wanted}, year.starts_on, year.until)
    given, lesson = minutes_given(delivered, wanted), settings_of(year.organisation).lesson_minutes
    found: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for (child, speciality), hours in wanted.items():
        lessons = in_hours(given[child, speciality], lesson)
        found[speciality or NO_SPECIALIST][child] = (int(hours * 60), int(lessons * 60))
    return found


def _hours(year: Year) -> Counted:
    rows, lacking = {}, set()
    for speciality, children in _time(year).items():
        short = {child for child, (wanted, given) in children.items() if given < wanted}
        lacking |= short
        rows[speciality] = (
            sum(wanted for wanted, _ in children.values()), sum(given for _, given in children.values()),
            sum(wanted - given for wanted, given in children.values() if given < wanted), len(short),
        )  # fmt: skip
    choices = (*Speciality.choices, (NO_SPECIALIST, "специалист не назван"))
    total = summed(rows.values(), 4)
    return Counted(lines_of(choices, rows, 4), (*total[:3], len(lacking)))


def _children_of_hours(year: Year, row: str, measure: str) -> Behind:
    time = _time(year)
    rows = [children for speciality, children in time.items() if row in (TOTAL, speciality)]
    found = {
        child
        for children in rows
        for child, (wanted, given) in children.items()
        if given < wanted or measure not in ("gap", "lacking")
    }
    return Behind(Child, Q(pk__in=found))


GROUP_COUNT = Rule(
    "groups", "Группы и курсы занятий", CLAUSE, GROUPS, _groups, _in_groups,
    Phrase("Занятия шли в", "группе (курсе),группах и курсах,группах и курсах"),
)  # fmt: skip
GROUNDS = Rule("grounds", "Основания занятий", CLAUSE, CHILDREN, _grounds, _on_ground)
LESSON_COUNT = Rule(
    "lessons", "Занятия по расписанию", CLAUSE, LESSONS, _lessons, _of_state,
    Phrase("Назначено", "занятие,занятия,занятий"),
)  # fmt: skip
HOURS_GIVEN = Rule(
    "hours", "Рекомендованные и данные часы", CLAUSE, TIME, _hours, _children_of_hours,
    note="Положено — часы в неделю из заключений ПМПК на учебные недели до дня подсчёта; дано — занятия, на которых "
    "ребёнок был. Час — одно занятие школы.",
)  # fmt: skip
