"""The calendar of one specialist: which schedule a day belongs to, and whose time stays in it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from opora.school.support.groups.services import group_change, group_close, lesson_cancel, lesson_move
from opora.school.support.groups.tests.stage import start
from opora.school.support.schedules import services
from opora.school.support.schedules.calendars import own_calendar
from opora.school.support.schedules.models import WorkSchedule

from .stage import TODAY, add, begin, clock
from .test_weeks import parsed

pytestmark = pytest.mark.usefixtures("known_day")
WEEK = {"period": "week", "starts_on": date(2026, 11, 30), "ends_on": date(2026, 12, 6)}
MONDAY = "20261130"  # of that week


@pytest.fixture
def larisa(school_cast):
    return school_cast.actor(school_cast.larisa)


def mondays(actor):
    """Kinds of work that the calendar shows on the Monday of the week, of those on Mondays at nine and at noon."""
    found = parsed(own_calendar(actor, timezone.now()).decode())
    return sorted(one["SUMMARY"] for one in found if "RRULE" in one and MONDAY not in one.get("EXDATE", ""))


def approve(*schedules):
    WorkSchedule.objects.filter(pk__in=[one.pk for one in schedules]).update(status="approved", approved_on=TODAY)


def test_an_empty_schedule_takes_no_days(school_cast, larisa):
    add(school_cast, begin(school_cast), kind="consultation")
    begin(school_cast, **WEEK)
    assert mondays(larisa) == ["консультации"]


def test_a_later_schedule_takes_its_own_days_alone(school_cast, larisa):
    half_year, week = begin(school_cast), begin(school_cast, **WEEK)
    add(school_cast, half_year, kind="consultation")
    add(school_cast, week, "12:00", "13:00", kind="diagnostics")
    approve(half_year, week)
    found = {one["SUMMARY"]: one for one in parsed(own_calendar(larisa, timezone.now()).decode())}
    assert set(found) == {"консультации", "диагностика"}
    out = [part[:8] for part in found["консультации"]["EXDATE"].split(",")]
    assert MONDAY in out, "the week has its own schedule"
    assert not {"20261123", "20261207"} & set(out), "the days around it stay"


def test_a_draft_shows_where_nothing_is_approved(school_cast, larisa):
    half_year, week = begin(school_cast), begin(school_cast, **WEEK)
    add(school_cast, half_year, kind="consultation")
    add(school_cast, week, "12:00", "13:00", kind="diagnostics")
    approve(half_year)
    assert mondays(larisa) == ["консультации"]
    WorkSchedule.objects.update(status="draft", approved_on=None)
    assert mondays(larisa) == ["диагностика"]


def test_time_of_a_closed_group_and_of_another_leader_is_gone(school_cast, larisa):
    schedule = begin(school_cast)
    closed, given = start(school_cast, title="Закрытая"), start(school_cast, title="Чужая")
    add(school_cast, schedule, "9:00", "9:40", group=closed)
    add(school_cast, schedule, "12:00", "12:40", group=given)
    assert mondays(larisa) == ["Закрытая", "Чужая"]
    group_close(actor=larisa, group=closed, on=TODAY, outcome="Есть")
    group_change(
        actor=school_cast.actor(school_cast.irina), group=given, leader=school_cast.post(school_cast.polina),
        starts_on=given.starts_on, ends_on=given.ends_on, title=given.title,
    )  # fmt: skip
    assert mondays(larisa) == []


def test_lessons_of_the_schedule_before_take_nothing_from_the_next_one(school_cast, larisa):
    """Monday and Wednesday: the lessons go on to 25 November, those of the next schedule are not made yet."""
    group = start(school_cast)
    first, after = begin(school_cast, ends_on=date(2026, 11, 25)), begin(school_cast, starts_on=WEEK["starts_on"])
    for schedule in (first, after):
        for weekday in (1, 3):
            add(school_cast, schedule, "9:00", "9:40", weekday=weekday, group=group)
    services.lessons_make(actor=larisa, schedule=first, since=TODAY)
    found = [one for one in parsed(own_calendar(larisa, timezone.now()).decode()) if "RRULE" in one]
    out = {one["DTSTART"][:8]: one.get("EXDATE", "") for one in found}
    assert MONDAY in out
    assert MONDAY not in out[MONDAY]


def test_a_cancelled_and_a_moved_lesson_do_not_come_back_as_time_of_the_schedule(school_cast, larisa):
    schedule, group = begin(school_cast), start(school_cast)
    add(school_cast, schedule, "9:00", "9:40", group=group)
    services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)
    lesson = group.lessons.get(on=date(2026, 11, 30))
    lesson_move(
        actor=larisa, lesson=lesson, on=lesson.on + timedelta(days=2), starts_at=clock("12:00"), minutes=40
    )  # fmt: skip
    assert mondays(larisa) == []
    lesson_cancel(actor=larisa, lesson=lesson, reason="карантин")
    assert mondays(larisa) == []
