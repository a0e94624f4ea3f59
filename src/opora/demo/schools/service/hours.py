"""What the work rests on: settings, cabinets, norms and rates, days off; timetables of classes."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from opora.school.support.schedules.reading import LessonLine
from opora.school.support.schedules.services import timetable_save
from opora.school.support.schoolyear import services
from opora.school.support.schoolyear.reading import full_rates

from ...stories import Story, at
from ..people import School
from .people import SPECIALISTS, Service

CABINETS = (
    ("specialist", "Кабинет психолога", 10), ("logoped", "Логопедический кабинет", 6),
    ("defektolog", "Кабинет дефектолога", 6), ("socped", "Кабинет социального педагога", 8),
)  # fmt: skip
SENSORY = "Сенсорная комната"
# The speech therapist has less than a whole rate: the hours that the conclusions ask for do not fit.
RATES = {"specialist": "1", "logoped": "0.75", "defektolog": "0.5", "socped": "1"}
TIMETABLES = 4  # classes whose timetables are entered
RINGS = ((8, 30, 9, 15), (9, 25, 10, 10), (10, 25, 11, 10), (11, 25, 12, 10), (12, 20, 13, 5))
YOUNG = ("Русский язык", "Математика", "Литературное чтение", "Окружающий мир", "Физкультура", "Труд", "Музыка")
OLDER = ("Русский язык", "Алгебра", "История", "Биология", "Физкультура", "Литература", "География")
PRIMARY = 4


def hours_story(service: Service) -> Story:
    """On the first of September the service is set up; a year later rates and vacations are entered anew."""
    before, year, head = service.year - 1, service.year, service.head
    yield at(service.first_day(before), 8, 10)
    settings_made(service.here)
    for login, title, seats in CABINETS:
        service.cabinets[login] = services.cabinet_save(actor=head, title=title, seats=seats)
    services.cabinet_save(actor=head, title=SENSORY, seats=4)
    services.cabinet_save(actor=head, title="Каморка у актового зала", is_retired=True)
    recalled = full_rates(service.organisation, service.first_day(before))
    wanted = {service.post(login).speciality for login in SPECIALISTS}
    services.norms_save(
        actor=head, norms={code: (one.week_hours, one.direct_hours) for code, one in recalled.items() if code in wanted}
    )
    for each in (before, year):
        services.vacations_add(actor=head, year=each)
    _rates(service, before)
    yield at(service.first_day(year), 8, 30)
    _rates(service, year)
    yield at(date(year, 9, 2), 9)
    for room in service.rooms(year)[:TIMETABLES]:
        timetable_save(actor=head, school_class=room, lessons=_lessons(room.title))


def settings_made(here: School) -> None:
    """The settings of a school, by the head of its service."""
    services.settings_save(
        actor=here.actor(here.posts["sluzhba"]), lesson_minutes=40, group_limit=8, days_to_log=3
    )  # fmt: skip


def _rates(service: Service, year: int) -> None:
    rates = [(service.post(login), Decimal(rate)) for login, rate in RATES.items()]
    services.rates_save(actor=service.head, year=year, rates=rates)


def _lessons(title: str) -> list[LessonLine]:
    grade = int(title.split(" ")[0]) if title.split(" ")[0].isdigit() else 0
    subjects, count = (YOUNG, 4) if grade <= PRIMARY else (OLDER, 5)
    return [
        LessonLine(weekday, time(ring[0], ring[1]), time(ring[2], ring[3]), subjects[(weekday * 3 + number) % 7])
        for weekday in range(1, 6)
        for number, ring in enumerate(RINGS[:count])
    ]
