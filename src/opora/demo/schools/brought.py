"""Conclusions of ПМПК that families have brought, with the conditions that the school creates."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from opora.foundation.organisations.models import Organisation
from opora.school.duties.models import SchoolDuty
from opora.school.duties.offers import DutyDraft, drafts_of_lines
from opora.school.duties.services import brought_record, duty_mark, parents_answer_record

from ..stories import Story, at
from .people import School
from .plans import workday
from .pupils import Roll


@dataclass(frozen=True)
class Paper:
    """What a conclusion says; `answer` of the parents, days until the next examination, conditions by line."""

    programme: str
    answer: str
    next_in: int
    lines: str
    speech_hours: int


PAPERS = (
    Paper("5.1", "agree", 25, "Педагог-психолог — 1 час в неделю\nОхранительный режим, паузы на уроке", 2),
    Paper("7.1", "agree", 80, "Педагог-психолог — 2 часа в неделю\nТьютор на период адаптации", 1),
    Paper("7.2", "partly", 300, "Педагог-психолог — 1 час в неделю\nУчебники для варианта 7.2", 2),
    Paper("4.1", "agree", 190, "Учебники с крупным шрифтом\nРабочее место у окна с дополнительным освещением", 0),
    Paper("6.1", "waiting", 330, "Пандус у входа и поручни\nАссистент (помощник) для передвижения", 0),
    Paper("8.1", "agree", 140, "Тьютор на учебный год\nОтдельное место в столовой, тихая перемена", 1),
    Paper("oop_noo", "disagree", 0, "Педагог-психолог — 1 час в неделю", 1),
)  # fmt: skip
WHY = {
    SchoolDuty.Kind.TUTOR: "Ставки тьютора в штатном расписании нет, запрошена у учредителя.",
    SchoolDuty.Kind.ACCESS: "Пандус в смете на второй квартал; пока вход со двора с помощником.",
    SchoolDuty.Kind.TEXTBOOKS: "Учебники заказаны, придут в следующей четверти.",
}


def brought_story(
    here: School, roll: Roll, place: int, paper: Paper, commission: Organisation, chance: random.Random, today: date
) -> Story:
    """A mother brings the paper; the school creates what it can and says why not the rest."""
    brought_on = workday(today - timedelta(days=chance.randint(20, 120)))
    yield at(brought_on, 12, place % 60)
    child = roll.children[place]
    mother = child.guardianships.get(ended_on=None).guardian
    duties = drafts_of_lines(paper.lines, brought_on)
    if paper.speech_hours:
        hours = Decimal(paper.speech_hours)
        lesson = DutyDraft("lessons", "Занятия: учитель-логопед", speciality="speech_therapist", hours=hours)
        duties.append(lesson)
    made = brought_record(
        actor=here.chair, child=child, guardian=mother, number=f"{chance.randint(20, 480)}",
        signed_on=brought_on - timedelta(days=chance.randint(5, 25)), brought_on=brought_on,
        has_limitations=not paper.programme.startswith("oop"), commission=commission, programme=paper.programme,
        next_on=today + timedelta(days=paper.next_in) if paper.next_in else None,
        parents_answer="waiting", duties=duties,
    )  # fmt: skip
    if paper.answer == "waiting":
        return
    yield at(workday(brought_on + timedelta(days=2), 1), 15)
    words = "От тьютора пока отказываемся." if paper.answer == "partly" else ""
    parents_answer_record(
        actor=here.chair, brought=made, answer=paper.answer, words=words, on=timezone.localdate()
    )  # fmt: skip
    if paper.answer == "disagree":
        return
    for number, duty in enumerate(made.duties.select_related("responsible__user")):
        if duty.kind == SchoolDuty.Kind.REEXAMINATION or (number + place) % 4 == 3:
            continue
        yield at(workday(brought_on + timedelta(days=6 + 2 * number), 1), 16)
        why = WHY.get(SchoolDuty.Kind(duty.kind), "") if place % 2 else ""
        state = "partly" if why and number % 2 else "not_created" if why else "created"
        if timezone.localdate() <= today:
            duty_mark(actor=here.chair, duty=duty, state=state, reason=why)
