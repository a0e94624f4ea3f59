"""The content of the form `support_programme`, built from the rows of a programme (`content.py` has its keys)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.typography import NBSP, long_date
from opora.people.children.models import Guardianship
from opora.people.law import law_on
from opora.regulations.support.checking import sections_of

from .content import CriterionWords, GoalWords, ParentLine, PlanLine, PlanPart, Signer, SupportProgramme
from .models import Activity, Agreement, Criterion, Mark, Programme, ProgrammeSection
from .plan import Plan, latest_answers, plan_of, responsible_label
from .prefilling import class_of, protocol_of

ALL_STUDY = "на всё время обучения"


def programme_content(
    actor: Actor, programme: Programme, on: date, *, plan: Plan | None = None, with_results: bool = False
) -> SupportProgramme:
    """Everything that the form says, as it stands on a day; marks of fulfilment where they are asked for."""
    plan = plan or plan_of(actor, programme)
    school_class, teacher = class_of(programme.child)
    texts = _texts(programme)
    marks = _marks(programme) if with_results else {}
    parents = _parents(programme)
    return {
        "number": f"{programme.number}/{programme.year}" if programme.number else "",
        "is_draft": programme.approved_on is None,
        "approval": {
            "organisation": programme.organisation.full_name,
            "director": _director(programme, on),
            "day": _iso(programme.approved_on),
        },
        "child_name": programme.child.full_name,
        "birth_date": programme.child.birth_date.isoformat(),
        "school_class": school_class,
        "class_teacher": teacher,
        "parents": parents,
        "protocol": protocol_of(programme),
        "grounds": _of_row(texts, "grounds", on),
        "diagnostics": _of_row(texts, "diagnostics", on),
        "goals": _goals(plan),
        "participants": plan.participants,
        "resources_inner": texts.get("resources_inner", ""),
        "resources_outer": texts.get("resources_outer", ""),
        "expected_results": _of_row(texts, "expected_results", on),
        "criteria": [_criterion(one) for one in plan.criteria],
        "term": term_words(programme),
        "starts_on": _iso(programme.starts_on),
        "ends_on": _iso(programme.ends_on),
        "curator": _signer(programme.curator),
        "plan": _parts(plan, marks),
        "agreements": _agreements(programme, parents),
        "chair": _signer(_chair(programme, on)),
    }


def term_words(programme: Programme) -> str:
    """«с 1 сентября 2026 г. по 1 декабря 2026 г.», or «на всё время обучения»."""
    since = f"с{NBSP}{long_date(programme.starts_on)}" if programme.starts_on else ""
    if programme.for_all_study:
        return ", ".join(filter(None, (since, ALL_STUDY)))
    until = f"по{NBSP}{long_date(programme.ends_on)}" if programme.ends_on else ""
    return " ".join(filter(None, (since, until)))


def period_words(starts_on: date | None, ends_on: date | None, frequency: str) -> str:
    """«01.09.2026—01.12.2026, раз в неделю»; one day stands alone."""
    days = [f"{day:%d.%m.%Y}" for day in dict.fromkeys((starts_on, ends_on)) if day is not None]
    return ", ".join(filter(None, ("—".join(days), frequency)))


def change_words(criterion: Criterion) -> str:
    """«сейчас 2, должно стать 4 (от 1 до 5)»."""
    now = f"сейчас {figure(criterion.starts_at)}" if criterion.starts_at is not None else ""
    wanted = f"должно стать {figure(criterion.wanted)}" if criterion.wanted is not None else ""
    told = ", ".join(filter(None, (now, wanted)))
    return f"{told} ({criterion.get_scale_display()})" if told else ""


def figure(value: Decimal | None) -> str:
    """«2,5»; whole numbers without a comma."""
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",").replace("-", "−")


def _texts(programme: Programme) -> dict[str, str]:
    rows = ProgrammeSection.objects.filter(organisation=programme.organisation_id, programme=programme)
    return {one.code: one.text.strip() for one in rows if one.text.strip()}


def _of_row(texts: dict[str, str], row: str, on: date) -> list[str]:
    return [texts[one.code] for one in sections_of(law_on(on)) if one.row == row and one.code in texts]


def _goals(plan: Plan) -> list[GoalWords]:
    return [{"title": one.goal.title, "tasks": [task.task.title for task in one.tasks]} for one in plan.goals]


def _criterion(one: Criterion) -> CriterionWords:
    return {"title": one.title, "how": one.measure, "change": change_words(one)}


def _parts(plan: Plan, marks: dict[int, list[Mark]]) -> list[PlanPart]:
    parts: list[PlanPart] = []
    number = 0
    for task in plan.tasks:
        lines = []
        for one in task.activities:
            number += 1
            lines.append(_line(one, number, marks.get(one.pk, [])))
        parts.append({"title": f"Задача {task.number}. {task.task.title}", "lines": lines})
    return parts


def _line(one: Activity, number: int, marks: list[Mark]) -> PlanLine:
    return {
        "number": str(number),
        "activity": one.title,
        "form": one.form,
        "participants": one.participants,
        "responsible": responsible_label(one),
        "period": period_words(one.starts_on, one.ends_on, one.frequency),
        "planned_result": one.planned_result,
        "result": "\n".join(_mark(mark) for mark in marks),
    }


def _mark(mark: Mark) -> str:
    told = ". ".join(part.strip().rstrip(".") for part in (mark.result, mark.recommendation) if part.strip())
    return f"{mark.on:%d.%m.%Y}: {mark.get_state_display()}" + (f". {told}." if told else "")


def _marks(programme: Programme) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    rows = Mark.objects.filter(organisation=programme.organisation_id, activity__programme=programme)
    for one in rows.select_related("activity__programme__child").order_by("on", "pk"):
        found.setdefault(one.activity_id, []).append(one)
    return found


def _parents(programme: Programme) -> list[str]:
    links = Guardianship.objects.filter(child=programme.child, ended_on__isnull=True).select_related("guardian")
    return [one.guardian.full_name for one in links]


def _agreements(programme: Programme, parents: list[str]) -> list[ParentLine]:
    """Who has answered, then who may still sign: the form has two lines, the second may stay empty."""
    rows = Agreement.objects.filter(organisation=programme.organisation_id, programme=programme)
    given: list[ParentLine] = [
        {
            "name": one.guardian.full_name,
            "answer": one.answer,
            "words": one.words,
            "day": one.signed_on.isoformat(),
        }
        for one in latest_answers(list(rows.select_related("guardian")))
    ]
    named = {one["name"] for one in given}
    waiting: list[ParentLine] = [
        {"name": name, "answer": "", "words": "", "day": ""} for name in parents if name not in named
    ]
    return given + waiting


def _director(programme: Programme, on: date) -> str:
    if programme.approved_by is not None:
        return programme.approved_by.user.full_name
    post = _post(programme, Role.DIRECTOR, on)
    return post.user.full_name if post else ""


def _chair(programme: Programme, on: date) -> Position | None:
    if programme.named_by.role == Role.CONSILIUM_CHAIR:
        return programme.named_by
    return _post(programme, Role.CONSILIUM_CHAIR, on)


def _post(programme: Programme, role: str, on: date) -> Position | None:
    rows = Position.objects.filter(organisation=programme.organisation_id, role=role).held_on(on)
    return rows.select_related("user").order_by("started_on").first()


def _signer(post: Position | None) -> Signer:
    return {"name": post.user.full_name if post else "", "post": post.inner_caption if post else "", "day": ""}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
