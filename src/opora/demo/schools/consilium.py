"""Concerns of teachers, and the meetings that decide on them."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from opora.foundation.access.models import Position
from opora.people.children.models import Child
from opora.regulations.calendar import add_working_days
from opora.school.consilium import services
from opora.school.consilium.models import AgendaItem
from opora.school.programmes.flow import Status
from opora.school.pupils.models import Placement
from opora.school.signals.models import Concern
from opora.school.signals.services.concerns import concern_raise, concern_send
from opora.school.signals.services.examining import examination_record

from ..stories import Story, at
from .people import School
from .plans import Meeting, Plan, workday
from .texts import Trouble


def teacher_of(here: School, child: Child) -> Position:
    """The class teacher of a child on the day of the story."""
    place = Placement.objects.present().filter(child=child).select_related("school_class__teacher__user").first()
    return (place.school_class.teacher if place else None) or here.teachers[0]


def concern_made(here: School, child: Child, trouble: Trouble, *, urgency: str = "soon", risk: bool = False) -> Concern:
    """The class teacher says what is seen, today by the clock of the story."""
    post = teacher_of(here, child)
    today = timezone.localdate()
    return concern_raise(
        actor=here.actor(post), child_id=child.public_id, noticed_on=today, signs=[trouble.sign], seen=trouble.seen,
        urgency=urgency, suicide_risk=risk,
    )  # fmt: skip


def concern_story(here: School, plan: Plan) -> Story:
    """Two weeks before the meeting somebody is worried; the psychologist examines and confirms."""
    raised = at(workday(plan.meeting_on - timedelta(days=10)), 11)
    yield raised
    plan.settle()
    made = concern_made(here, plan.child, plan.trouble, risk=plan.at_risk)
    yield raised + timedelta(hours=3)
    made = concern_send(
        actor=here.chair, concern=made, psychologist=here.posts["specialist"],
        due_on=add_working_days(raised.date(), 3), decision="Обследовать и поговорить с родителями.",
    )  # fmt: skip
    yield raised + timedelta(days=2)
    examination_record(
        actor=here.psychologist, concern=made, held_on=(raised + timedelta(days=2)).date(),
        findings=plan.trouble.found, confirmed=True, methods="Беседа, наблюдение.",
    )  # fmt: skip
    made.refresh_from_db()
    plan.concern = made


def meeting_story(here: School, meeting: Meeting) -> Story:
    """Planned a week ahead, held, its opinions signed, its protocol made within the term."""
    day = meeting.day
    yield at(day - timedelta(days=7), 9)
    meeting.row = services.meeting_plan(
        actor=here.chair, day=day, on=day - timedelta(days=7), starts=time(14), place="Кабинет психолога",
        purpose="Сопровождение обучающихся по сигналам и итогам программ",
    )  # fmt: skip
    for plan in meeting.plans:
        ground = AgendaItem.Ground.CONCERN if plan.concern else AgendaItem.Ground.PARENTS
        plan.item = services.item_add(
            actor=here.chair, meeting=meeting.row, child=plan.child, ground=ground, concern=plan.concern
        )
    for plan in meeting.finals:
        plan.final_item = services.item_add(
            actor=here.chair, meeting=meeting.row, child=plan.child, ground=AgendaItem.Ground.FINAL
        )
    seen_again = [
        services.item_add(actor=here.chair, meeting=meeting.row, child=plan.child, ground=AgendaItem.Ground.CONTROL)
        for plan in meeting.controls
    ]
    for number, item in enumerate(seen_again):
        yield at(day, 13, number * 2 % 60)
        talk_held(here, item, meeting.controls[number], is_final=False)
    for number, plan in enumerate((*meeting.plans, *meeting.finals)):
        yield at(day, 14 + number // 4, number % 4 * 15)
        is_final = number >= len(meeting.plans)
        talk_held(here, plan.final_item if is_final else plan.item, plan, is_final=is_final)
    yield at(day, 17)
    services.meeting_end(actor=here.chair, meeting=meeting.row, on=day)
    written = add_working_days(day, 2)
    yield at(written, 10)
    services.protocol_issue(actor=here.chair, meeting=meeting.row, on=written)
    talks = (*(one.item for one in meeting.plans), *(one.final_item for one in meeting.finals), *seen_again)
    for talk in filter(None, talks):
        teachers = [teacher_of(here, talk.child), here.posts["specialist"]]
        services.teachers_tell(actor=here.chair, item=talk, teachers=teachers, on=written)


def _conclusion(item: AgendaItem, plan: Plan, *, is_final: bool) -> str:
    if is_final:
        over = plan.stop == Status.FINISHED
        return "Цели программы достигнуты." if over else "Есть сдвиги, результат неустойчив: сопровождение продолжить."
    if item.ground == AgendaItem.Ground.CONTROL:
        return "Рекомендации выполняются, изменения есть. Сопровождение продолжать по программе."
    return plan.trouble.conclusion


def talk_held(here: School, item: AgendaItem | None, plan: Plan, *, is_final: bool) -> None:
    """Steps, decision, the parents' word, signatures."""
    if item is None:
        return
    day, trouble = item.meeting.day, plan.trouble
    services.item_open(actor=here.chair, item=item, on=day)
    texts = {
        "information": trouble.sections["characteristic"],
        "problems": trouble.sections["problems"],
        "goals": f"{trouble.goal}. Задача: {trouble.task[:1].lower()}{trouble.task[1:]}.",
        "resources": f"{trouble.sections['resources_inner']} {trouble.sections['resources_outer']}",
        "plan": "\n".join(f"{title}, {frequency}" for _, title, _, frequency, _ in trouble.activities),
        "conclusion": _conclusion(item, plan, is_final=is_final),
        "for_parents": "Отмечать успехи дома, держать связь с куратором.",
    }
    for section in item.sections.all():
        if section.code in texts:
            services.section_write(
                actor=here.chair, section=section, text=texts[section.code], base_version=section.version
            )
    services.decision_set(
        actor=here.chair, item=item, recommendation="difficulties",
        outcome="no_difficulties" if is_final and plan.stop == Status.FINISHED else "difficulties",
        leading=here.posts["specialist"],
    )  # fmt: skip
    came = plan.place % 4 != 0
    services.parents_hear(
        actor=here.chair, item=item, answer="agree" if came else "absent", words="Поможем дома." if came else ""
    )
    services.opinion_offer(actor=here.chair, item=item, on=day)
    services.opinion_sign_paper(actor=here.chair, item=item, on=day)
    services.parents_tell(actor=here.chair, item=item, on=day, answer="" if came else "agree")
