"""What goes on at a school these weeks: concerns in every state, screenings, meetings of today and to come."""

from __future__ import annotations

import random
from datetime import date, time, timedelta

from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.regulations.calendar import add_working_days
from opora.school.consilium import services as meeting_services
from opora.school.consilium.models import AgendaItem
from opora.school.presentations import services as papers
from opora.school.pupils.models import Placement, SchoolClass
from opora.school.pupils.services import pupil_leave
from opora.school.signals.services.concerns import concern_decline, concern_send
from opora.school.signals.services.examining import examination_record
from opora.school.signals.services.screenings import Mark, results_save, screening_start

from ..stories import Story, at
from .consilium import concern_made
from .people import School, school_year
from .plans import workday
from .pupils import Roll
from .texts import ANXIETY, CRISIS, LEARNING, PEERS

STATES = ("raised", "raised_risk", "examination", "confirmed", "not_confirmed", "declined", "left")


def screening_story(here: School, chance: random.Random, today: date) -> Story:
    """The psychologist watches each class in October, or in the last days when the year is young."""
    autumn = date(school_year(today), 10, 12)
    day = workday(min(autumn, today - timedelta(days=3)))
    yield at(day, 13)
    for room in SchoolClass.objects.of(here.organisation).of_year(school_year(day)):
        held = screening_start(
            actor=here.psychologist, kind="mental_health", title=f"Мониторинг психологического здоровья, {room.title}",
            held_on=day, school_class=room,
        )  # fmt: skip
        children = Child.objects.filter(placements__in=Placement.objects.present().filter(school_class=room))
        marks = [_mark(child, chance) for child in children]
        results_save(actor=here.psychologist, screening=held, marks=marks)


def _mark(child: Child, chance: random.Random) -> Mark:
    drawn = chance.random()
    level = "special" if drawn < 0.04 else "raised" if drawn < 0.18 else "ordinary"
    note = "Повышенная тревожность по опроснику." if level != "ordinary" else ""
    return Mark(child_id=child.public_id, level=level, note=note)


def concern_states(here: School, roll: Roll, places: list[int], today: date) -> Story:
    """A concern for each state that somebody has to act on, or has acted."""
    for number, (state, place) in enumerate(zip(STATES, places, strict=False)):
        # The psychologist examines on a day after the concern and not after today.
        yield at(workday(today - timedelta(days=9 - number)), 9, number)
        child = roll.children[place]
        trouble = (ANXIETY, CRISIS, PEERS, LEARNING)[number % 4].about(boy=child.sex == "male")
        risk = state == "raised_risk"
        made = concern_made(here, child, trouble, risk=risk, urgency="planned" if number else "soon")
        if state in ("raised", "raised_risk"):
            continue
        if state == "declined":
            concern_decline(
                actor=here.chair, concern=made, reason="Уже сопровождает педагог-психолог.", answer="Помощь идёт."
            )
            continue
        if state == "left":
            pupil_leave(actor=here.chair, child=child, on=timezone.localdate())
            continue
        due = add_working_days(timezone.localdate(), 5)
        made = concern_send(actor=here.chair, concern=made, psychologist=here.posts["specialist"], due_on=due)
        if state != "examination":
            examination_record(
                actor=here.psychologist, concern=made, held_on=timezone.localdate(), findings=trouble.found,
                confirmed=state == "confirmed", answer="Трудности временные, наблюдайте две недели.",
            )  # fmt: skip


def meetings_of_today(here: School, roll: Roll, places: list[int], commission: Organisation, today: date) -> Story:
    """One meeting is on today, its first child is talked of; the next one is planned, one was called off.

    One child goes to ПМПК.
    """
    yield at(workday(today - timedelta(days=6)), 10)
    coming = today + timedelta(days=13)
    planned = meeting_services.meeting_plan(
        actor=here.chair, day=workday(coming, 1), on=timezone.localdate(), starts=time(14), place="Кабинет психолога",
        purpose="Плановое заседание: итоги мониторинга",
    )  # fmt: skip
    now = meeting_services.meeting_plan(
        actor=here.chair, day=today, on=timezone.localdate(), starts=time(15), place="Кабинет психолога",
        purpose="Сопровождение обучающихся",
    )  # fmt: skip
    called_off = meeting_services.meeting_plan(
        actor=here.chair, day=workday(coming - timedelta(days=7), 1), on=timezone.localdate(), starts=time(14),
        place="Кабинет психолога", purpose="Плановое заседание: адаптация пятиклассников",
    )  # fmt: skip
    items = [
        meeting_services.item_add(
            actor=here.chair, meeting=now if number < 3 else planned, child=roll.children[place],
            ground=AgendaItem.Ground.PARENTS, words="Мама просит помочь с учёбой.",
        )
        for number, place in enumerate(places)
    ]  # fmt: skip
    yield at(workday(today - timedelta(days=5)), 10)
    _papers(here, roll.children[places[0]], commission)
    yield at(workday(today - timedelta(days=2)), 10)
    meeting_services.meeting_cancel(actor=here.chair, meeting=called_off)
    yield at(today, 0, 1)
    _talk_begun(here, items[0], today)


def _talk_begun(here: School, item: AgendaItem, today: date) -> None:
    """The meeting is running: the room has heard the information and writes down the problems."""
    meeting_services.item_open(actor=here.chair, item=item, on=today)
    texts = LEARNING.about(boy=item.child.sex == "male").sections
    for section in item.sections.filter(code__in=("information", "problems")):
        text = texts["characteristic" if section.code == "information" else "problems"]
        meeting_services.section_write(actor=here.chair, section=section, text=text, base_version=section.version)


def _papers(here: School, child: Child, commission: Organisation) -> None:
    """The characteristic and the psychologist's presentation of a child who may go to ПМПК."""
    day = timezone.localdate()
    room = Placement.objects.present().filter(child=child).select_related("school_class__teacher__user").get()
    teacher: Position = room.school_class.teacher or here.teachers[0]
    asked = papers.presentation_request(
        actor=here.chair, child=child, on=day, due_on=day + timedelta(days=7), purpose="commission",
        asked=[(teacher, "characteristic"), (here.posts["specialist"], "psychologist")],
    )  # fmt: skip
    sheet = asked[1].presentation
    if sheet is not None:
        papers.presentation_fill(
            actor=here.psychologist, presentation=sheet,
            texts={"p_conclusion": "Познавательное развитие ниже возрастного ожидания, нужна помощь в обучении."},
        )  # fmt: skip
        papers.presentation_finish(actor=here.psychologist, presentation=sheet, on=day)
