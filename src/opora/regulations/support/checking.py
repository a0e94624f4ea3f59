"""Checks of a programme before it is agreed (issue 5, K-04 to K-07): what is missing, by which sentence of the source.

The list with its severities and sentences is `support.toml`; how each is looked for stands here, one function each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from opora.regulations.edition import Edition
from opora.regulations.support.entries import (
    SEVERITIES,
    HelpDirection,
    ProgrammeAudience,
    ProgrammeCheck,
    ProgrammeRow,
    WrittenSection,
)
from opora.regulations.support.subject import CheckFinding, PlannedActivity, PlannedLine, ProgrammeFacts
from opora.regulations.support.terms import term_of

Hit = tuple[str, str, str]
"""Where (in words), what was found, the anchor of the row."""
Rule = Callable[[Edition, ProgrammeFacts], Iterator[Hit]]
TERM, GOALS, CRITERIA, FAMILY, HEAD = "term", "plan", "criteria", "family", "curator"
SHORTENED = 60


def rows_of(law: Edition) -> tuple[ProgrammeRow, ...]:
    """Rows of the descriptive part in the order of the form."""
    return law.entries("programme_row", ProgrammeRow)


def sections_of(law: Edition) -> tuple[WrittenSection, ...]:
    """Sections that people write."""
    return law.entries("programme_section", WrittenSection)


def directions_of(law: Edition) -> tuple[HelpDirection, ...]:
    """The five directions of help."""
    return law.entries("help_direction", HelpDirection)


def audiences_of(law: Edition) -> tuple[ProgrammeAudience, ...]:
    """For whom activities are drawn up."""
    return law.entries("programme_audience", ProgrammeAudience)


def checks_of(law: Edition) -> tuple[ProgrammeCheck, ...]:
    """Every named check in order."""
    return law.entries("programme_check", ProgrammeCheck)


def programme_checks(law: Edition, plan: ProgrammeFacts, *, final: bool = True) -> tuple[CheckFinding, ...]:
    """All that is in the way or worth a look, blocking findings first, else in the order of the list.

    `final` is False while the programme is drawn up: the family has not been asked yet, so its answer is not missed.
    """
    found = [
        CheckFinding(one.code, one.severity, one.title, _worded(one.message, hit), one.clause, hit[2])
        for one in checks_of(law)
        if final or one.code not in OF_THE_FAMILY
        for hit in RULES[one.code](law, plan)
    ]
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))


def _worded(message: str, hit: Hit) -> str:
    return message.replace("{where}", hit[0]).replace("{found}", hit[1])


def _named(title: str) -> str:
    words = title.strip()
    return f"«{words if len(words) <= SHORTENED else words[:SHORTENED].rstrip() + '…'}»" if words else "без названия"


def _sections(law: Edition, plan: ProgrammeFacts, row: str) -> Iterator[Hit]:
    """Required sections of a row of the form that are empty."""
    for one in sections_of(law):
        if one.row == row and one.required and not plan.texts.get(one.code, "").strip():
            yield one.title, "", f"section-{one.code}"


def _no_grounds(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    yield from _sections(law, plan, "grounds")


def _no_diagnostics(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    yield from _sections(law, plan, "diagnostics")


def _no_resources(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    yield from _sections(law, plan, "resources")


def _no_expected_results(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    yield from _sections(law, plan, "expected_results")


def _no_protocol(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if not plan.has_protocol:
        yield "", "", HEAD


def _no_goal(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if not any(one.title.strip() for one in plan.goals):
        yield "", "", GOALS


def _goal_without_tasks(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    served = {one.goal for one in plan.tasks}
    for one in plan.goals:
        if one.key not in served:
            yield _named(one.title), "", one.key


def _no_task(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if plan.goals and not plan.tasks:
        yield "", "", GOALS


def _task_without_activities(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    served = {one.task for one in plan.activities}
    for one in plan.tasks:
        if one.key not in served:
            yield _named(one.title), "", one.key


def _no_audience(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    served = {one.audience for one in plan.activities}
    for one in audiences_of(law):
        if plan.activities and one.code not in served:
            yield one.title, "", GOALS


def _lacking(part: Callable[[PlannedActivity], bool]) -> Rule:
    def rule(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
        for one in plan.activities:
            if not part(one):
                yield _named(one.title), "", one.key

    return rule


def _responsible_left(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    for one in plan.activities:
        if one.responsible_left:
            yield _named(one.title), "", one.key


def _outside_dates(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    for one in plan.activities:
        days = [day for day in (one.starts_on, one.ends_on) if day is not None]
        wrong = [day for day in days if _is_outside(day, plan)]
        if wrong:
            yield _named(one.title), f"{wrong[0]:%d.%m.%Y}", one.key


def _is_outside(day: date, plan: ProgrammeFacts) -> bool:
    early = plan.starts_on is not None and day < plan.starts_on
    return early or (plan.ends_on is not None and day > plan.ends_on)


def _no_criteria(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if not plan.criteria:
        yield "", "", CRITERIA


def _vague_criterion(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    for one in plan.criteria:
        lacks = [
            words
            for words, there in (
                ("чем измеряется", bool(one.measure.strip())),
                ("сколько сейчас", one.starts_at is not None),
                ("сколько должно стать", one.wanted is not None),
            )
            if not there
        ]
        if lacks:
            yield _named(one.title), ", ".join(lacks), one.key


def _still_criterion(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    for one in plan.criteria:
        if one.starts_at is not None and one.starts_at == one.wanted:
            yield _named(one.title), "", one.key


def _no_term(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if plan.starts_on is None or (plan.ends_on is None and not plan.for_all_study):
        yield "", "", TERM


def _short_term(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if plan.starts_on is None or plan.for_all_study:
        return
    shortest = term_of(law, plan.kind, plan.starts_on)
    if plan.ends_on is not None and shortest.earliest and plan.ends_on < shortest.earliest:
        yield "", f"{shortest.earliest:%d.%m.%Y}", TERM


def _curator_left(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if plan.curator_left:
        yield "", "", HEAD


def _untouched(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    lines: tuple[PlannedLine, ...] = (*plan.goals, *plan.tasks, *plan.activities, *plan.criteria)
    for one in lines:
        if one.untouched:
            yield _named(one.title), "", one.key


def _no_answer(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if not plan.answers:
        yield "", "", FAMILY


def _refused(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if "refused" in plan.answers:
        yield "", "", FAMILY


def _open_proposals(law: Edition, plan: ProgrammeFacts) -> Iterator[Hit]:
    if plan.open_proposals:
        yield "", str(plan.open_proposals), FAMILY


OF_THE_FAMILY = frozenset({"no_answer", "refused", "open_proposals"})
RULES: dict[str, Rule] = {
    "no_goal": _no_goal,
    "no_task": _no_task,
    "no_term": _no_term,
    "short_term": _short_term,
    "outside_dates": _outside_dates,
    "curator_left": _curator_left,
    "no_answer": _no_answer,
    "open_proposals": _open_proposals,
    "refused": _refused,
    "no_protocol": _no_protocol,
    "no_grounds": _no_grounds,
    "no_diagnostics": _no_diagnostics,
    "goal_without_tasks": _goal_without_tasks,
    "task_without_activities": _task_without_activities,
    "no_audience": _no_audience,
    "no_form": _lacking(lambda one: bool(one.form.strip())),
    "no_participants": _lacking(lambda one: bool(one.participants.strip())),
    "no_responsible": _lacking(lambda one: one.responsible),
    "responsible_left": _responsible_left,
    "no_dates": _lacking(lambda one: one.starts_on is not None or one.ends_on is not None),
    "no_planned_result": _lacking(lambda one: bool(one.planned_result.strip())),
    "no_criteria": _no_criteria,
    "vague_criterion": _vague_criterion,
    "still_criterion": _still_criterion,
    "no_resources": _no_resources,
    "no_expected_results": _no_expected_results,
    "untouched": _untouched,
}
