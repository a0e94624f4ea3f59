"""Who draws up schedules, who approves them, who keeps the timetables of classes."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import SCHOOL_LEADS, Role

from .flow import FLOW, WRITERS

SCHEDULE_VIEW = declare(
    "schedule.view", "Графики работы Службы", SCHOOL_LEADS | {Role.DIRECTOR, Role.SCHOOL_SPECIALIST}
)  # fmt: skip
# A specialist writes in his own schedule, the head in every one: the services ask besides.
SCHEDULE_WRITE = declare("schedule.write", "Составление графика работы", WRITERS)
# A class teacher writes the timetable of his own class.
TIMETABLE_KEEP = declare(
    "timetable.keep", "Расписание уроков классов", SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER},
    personal=False,
)  # fmt: skip
STEPS = tuple(declare(row.action, f"График работы: {row.title.lower()}", row.roles) for row in FLOW)
