"""The plan of a programme as an outline, read with a fixed number of queries, and the facts that checks look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.law import law_on
from opora.regulations.support.checking import programme_checks
from opora.regulations.support.subject import (
    CheckFinding,
    PlannedActivity,
    PlannedCriterion,
    PlannedGoal,
    PlannedTask,
    ProgrammeFacts,
)

from .models import Activity, Agreement, Criterion, Goal, Programme, ProgrammeSection, Proposal, Task
from .prefilling import protocol_of

Line = Goal | Task | Activity | Criterion


@dataclass(frozen=True)
class TaskPlan:
    """A task with its lines; `number` is its place in the whole programme."""

    task: Task
    number: int
    activities: list[Activity] = field(default_factory=list)


@dataclass(frozen=True)
class GoalPlan:
    goal: Goal
    tasks: list[TaskPlan] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """Goals with tasks with activities, and the criteria, in the order of the paper."""

    goals: list[GoalPlan]
    criteria: list[Criterion]

    @property
    def tasks(self) -> list[TaskPlan]:
        return [task for goal in self.goals for task in goal.tasks]

    @property
    def activities(self) -> list[Activity]:
        return [one for task in self.tasks for one in task.activities]

    @property
    def participants(self) -> list[str]:
        """Who takes part: out of all activities, each once, in the order in which they come."""
        named: dict[str, str] = {}
        for one in self.activities:
            for part in (*one.participants.replace(";", ",").split(","), responsible_label(one)):
                words = part.strip(" .")
                if words:
                    named.setdefault(words.casefold(), words)
        return list(named.values())


def plan_of(actor: Actor, programme: Programme) -> Plan:
    """The plan as this person may see it; four queries, criteria for those who read the whole programme."""
    tasks: dict[int, list[TaskPlan]] = {}
    lines: dict[int, list[Activity]] = {}
    shown = Activity.objects.visible_to(actor).filter(programme=programme)
    for activity in shown.select_related("responsible__user", "taken_from", "changed_by", "programme"):
        lines.setdefault(activity.task_id, []).append(activity)
    goals = list(Goal.objects.visible_to(actor).filter(programme=programme).select_related("taken_from"))
    places = {goal.pk: place for place, goal in enumerate(goals)}
    found = list(Task.objects.visible_to(actor).filter(programme=programme).select_related("taken_from"))
    found.sort(key=lambda task: (places.get(task.goal_id, 0), task.order, task.pk))
    for number, task in enumerate(found, 1):
        tasks.setdefault(task.goal_id, []).append(TaskPlan(task, number, lines.get(task.pk, [])))
    criteria = Criterion.objects.visible_to(actor).filter(programme=programme).select_related("taken_from")
    return Plan([GoalPlan(goal, tasks.get(goal.pk, [])) for goal in goals], list(criteria))


def responsible_label(activity: Activity) -> str:
    """Who answers for an activity: a post of the school, or somebody of another organisation in his own words."""
    post = activity.responsible
    return f"{post.user.short_name}, {post.inner_caption}" if post else activity.outside


def anchor(line: Line) -> str:
    """The id of a row on the sheet; the checks lead to it."""
    return f"{line._meta.model_name}-{line.public_id}"


def is_untouched(line: Line) -> bool:
    """Taken from the bank and still the bank's words; a criterion with both its values is the child's own."""
    if isinstance(line, Criterion) and None not in (line.starts_at, line.wanted):
        return False
    return line.taken_from is not None and line.title.strip() == line.taken_from.title.strip()


def facts_of(actor: Actor, programme: Programme, on: date, plan: Plan | None = None) -> ProgrammeFacts:
    """What the checks look at; three queries besides those of the plan."""
    plan = plan or plan_of(actor, programme)
    sections = ProgrammeSection.objects.filter(organisation=programme.organisation_id, programme=programme)
    answers = Agreement.objects.filter(organisation=programme.organisation_id, programme=programme)
    waiting = Proposal.objects.filter(
        organisation=programme.organisation_id, programme=programme, state=Proposal.State.MADE
    )
    keys = {task.task.pk: anchor(task.task) for task in plan.tasks}
    return ProgrammeFacts(
        kind=programme.kind,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        for_all_study=programme.for_all_study,
        has_protocol=bool(protocol_of(programme)) or programme.item_id is not None,
        curator_left=_has_left(programme.curator.ended_on, on),
        texts={one.code: one.text for one in sections},
        goals=tuple(PlannedGoal(anchor(one.goal), one.goal.title, is_untouched(one.goal)) for one in plan.goals),
        tasks=tuple(
            PlannedTask(anchor(task.task), task.task.title, anchor(goal.goal), is_untouched(task.task))
            for goal in plan.goals
            for task in goal.tasks
        ),
        activities=tuple(_planned(one, keys[one.task_id], on) for one in plan.activities),
        criteria=tuple(
            PlannedCriterion(
                anchor(one), one.title, one.measure, _number(one.starts_at), _number(one.wanted), is_untouched(one)
            )
            for one in plan.criteria
        ),
        answers=tuple(one.answer for one in latest_answers(list(answers))),
        open_proposals=waiting.count(),
    )


def latest_answers(agreements: list[Agreement]) -> list[Agreement]:
    """The last word of each representative."""
    last: dict[int, Agreement] = {}
    for one in sorted(agreements, key=lambda one: one.pk):
        last[one.guardian_id] = one
    return list(last.values())


def findings_of(
    actor: Actor, programme: Programme, on: date, *, plan: Plan | None = None, final: bool
) -> tuple[CheckFinding, ...]:
    """What the checks say of a programme today."""
    return programme_checks(law_on(on), facts_of(actor, programme, on, plan), final=final)


def _planned(one: Activity, task: str, on: date) -> PlannedActivity:
    post = one.responsible
    return PlannedActivity(
        key=anchor(one), title=one.title, task=task, audience=one.audience, form=one.form,
        participants=one.participants, responsible=post is not None or bool(one.outside.strip()),
        responsible_left=post is not None and _has_left(post.ended_on, on), starts_on=one.starts_on,
        ends_on=one.ends_on, planned_result=one.planned_result, untouched=is_untouched(one),
    )  # fmt: skip


def _has_left(ended_on: date | None, on: date) -> bool:
    return ended_on is not None and ended_on < on


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
