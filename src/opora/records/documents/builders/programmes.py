"""Papers of a programme of support: the form of the annex, the extract for teachers, the words for the family."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from opora.foundation.accounts.actors import Actor
from opora.records.documents.forms.family_programme.form import FamilyDeed, FamilyProgrammeData
from opora.records.documents.forms.teachers_extract.form import TeacherActivity, TeachersExtractData
from opora.school.consilium.models import AgendaSection
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Activity, Audience, Direction, Programme, Task
from opora.school.programmes.plan import plan_of, responsible_label
from opora.school.programmes.prefilling import class_of
from opora.school.programmes.writing import change_words, period_words, programme_content, term_words

# Titles of other tasks may tell what was found out about the child; teachers get the activities alone.
_TASKS_OF_TEACHERS = (Direction.PEDAGOGICAL, Direction.LEISURE)


def whole(programme: Programme, actor: Actor, on: date) -> Mapping[str, Any]:
    """The form of the annex from today's data."""
    content = programme_content(actor, programme, on)
    return {**content, "draft": content["is_draft"], "footer": _foot(programme, "проект")}


def with_marks(programme: Programme, actor: Actor, on: date) -> Mapping[str, Any]:
    """The same with marks of fulfilment in the seventh column, as it stands on a day."""
    content = programme_content(actor, programme, on, with_results=True)
    return {**content, "draft": content["is_draft"], "footer": _foot(programme, f"с отметками на {on:%d.%m.%Y}")}


def _foot(programme: Programme, what: str) -> str:
    return f"ИПС №\u00a0{programme.number}/{programme.year}, {what}" if programme.number else f"ИПС, {what}"


def has_marks(programme: Programme) -> bool:
    """Whether the programme has begun, so that there is something to mark."""
    return programme.approved_on is not None


def read_whole(actor: Actor, programme: Programme) -> bool:
    """Chair, curator, those who take part, the director: they read grounds and diagnostics."""
    return Programme.objects.read_whole_by(actor).filter(pk=programme.pk).exists()


def for_teachers(programme: Programme, actor: Actor, on: date) -> TeachersExtractData:
    """Tasks of teaching and leisure, activities for the staff, advice to teachers: nothing else is read here."""
    lines = Activity.objects.filter(
        organisation=programme.organisation_id, programme=programme, audience=Audience.STAFF
    )
    activities = list(lines.select_related("responsible__user", "task", "programme__child"))
    tasks = Task.objects.filter(
        organisation=programme.organisation_id, programme=programme, direction__in=_TASKS_OF_TEACHERS
    )
    child, curator = programme.child, programme.curator
    return {
        "official_use": True,
        "child_name": f"{child.last_name} {child.first_name}",
        "grade": class_of(child)[0],
        "term": term_words(programme),
        "curator": f"{curator.user.full_name}, {curator.inner_caption}",
        "curator_phone": programme.organisation.phone,
        "tasks": [one.title for one in tasks.select_related("programme__child")],
        "activities": [_activity(one) for one in activities],
        "advice": _advice(programme),
        "date": on.isoformat(),
        "curator_name": curator.user.short_name,
        "draft": programme.approved_on is None,
    }


def _activity(one: Activity) -> TeacherActivity:
    return {
        "title": ", ".join(filter(None, (one.title.rstrip("."), one.form))),
        "period": period_words(one.starts_on, one.ends_on, one.frequency),
        "responsible": responsible_label(one),
        "planned": one.planned_result,
    }


def _advice(programme: Programme) -> str:
    """What the consilium advised to teachers; written for them and without a diagnosis (Р-93)."""
    if programme.item is None:
        return ""
    found = AgendaSection.objects.filter(
        organisation=programme.organisation_id, item=programme.item, code="for_teachers"
    )
    section = found.select_related("item__child").first()
    return section.text.strip() if section else ""


def for_family(programme: Programme, actor: Actor, on: date) -> FamilyProgrammeData:
    """Goals, deeds by whose they are, signs of success, whom to call. No grounds and no diagnostics."""
    plan = plan_of(actor, programme)
    child, curator = programme.child, programme.curator
    deeds: dict[str, list[FamilyDeed]] = {code: [] for code in Audience.values}
    for one in plan.activities:
        deeds[one.audience].append(_deed(one))
    data: FamilyProgrammeData = {
        "official_use": True,
        "organisation_name": programme.organisation.full_name,
        "child_first_name": child.first_name,
        "child_name": child.full_name,
        "term": term_words(programme),
        "goals": [goal.goal.title for goal in plan.goals],
        "for_child": deeds[Audience.PUPIL],
        "for_parents": deeds[Audience.PARENTS],
        "for_staff": deeds[Audience.STAFF],
        "signs": [": ".join(filter(None, (one.title, change_words(one)))) for one in plan.criteria],
        "curator": f"{curator.user.full_name}, {curator.inner_caption}",
        "curator_phone": programme.organisation.phone,
        "date": on.isoformat(),
        "draft": programme.status in (Status.DRAFT, Status.FAMILY),
    }
    if programme.ends_on is not None:
        data["meeting_on"] = programme.ends_on.isoformat()
    return data


def _deed(one: Activity) -> FamilyDeed:
    return {
        "title": ", ".join(filter(None, (one.title.rstrip("."), one.form))),
        "who": responsible_label(one),
        "when": period_words(one.starts_on, one.ends_on, one.frequency),
        "result": one.planned_result,
    }
