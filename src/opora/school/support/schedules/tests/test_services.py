"""Schedules: who draws one up, what stands against a slot, the path to approval, lessons made of it."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.services import snapshot_is_whole
from opora.foundation.ui.desk import desk_of
from opora.school.support.groups.conflicts import Wanted
from opora.school.support.groups.models import Lesson
from opora.school.support.groups.services import lessons_plan
from opora.school.support.groups.tests.stage import conclusion, join, start
from opora.school.support.schedules import services
from opora.school.support.schedules.calendars import own_calendar
from opora.school.support.schedules.conflicts import SlotDraft, slot_conflicts
from opora.school.support.schedules.dates import lessons_ahead, month_of
from opora.school.support.schedules.models import ClassLesson, ScheduleSlot
from opora.school.support.schedules.reading import LessonLine
from opora.school.support.schedules.totals import totals_of
from opora.school.support.schoolyear.models import Cabinet, HourNorm, Workload

from .stage import ENDS, STARTS, TODAY, add, begin, clock
from .test_weeks import parsed

pytestmark = pytest.mark.usefixtures("known_day")


def refused(deed):
    with pytest.raises(Refusal) as raised:
        deed()
    return raised.value


@pytest.fixture
def larisa(school_cast):
    return school_cast.actor(school_cast.larisa)


@pytest.fixture
def group(school_cast):
    """Лариса's group with Миша in it."""
    conclusion(school_cast, school_cast.misha)
    made = start(school_cast, title="Звуки и буквы")
    join(school_cast, made, school_cast.misha)
    return made


def test_a_schedule_is_drawn_up_by_its_specialist_or_the_head(school_cast, larisa):
    schedule = begin(school_cast)
    assert schedule.status == "draft"
    assert refused(lambda: begin(school_cast)).field == "starts_on"
    with pytest.raises(PermissionDenied):
        begin(school_cast, "polina", actor=larisa)
    with pytest.raises(PermissionDenied):
        add(school_cast, schedule, actor=school_cast.actor(school_cast.polina))
    assert begin(school_cast, "polina", actor=school_cast.actor(school_cast.irina))


def test_one_specialist_is_in_one_place_at_a_time_and_touching_ends_are_none(school_cast):
    schedule = begin(school_cast)
    add(school_cast, schedule)
    raised = refused(lambda: add(school_cast, schedule, "9:30", "10:30"))
    assert (raised.code, raised.field) == ("person", "starts_at")
    assert add(school_cast, schedule, "10:00", "10:40")
    assert add(school_cast, schedule, "9:30", "10:30", weekday=2)
    assert refused(lambda: add(school_cast, schedule, "12:00", "11:00")).code == "span"
    assert refused(lambda: add(school_cast, schedule, "5:00", "6:00")).code == "span"


def test_odd_and_even_weeks_do_not_meet(school_cast):
    schedule = begin(school_cast)
    add(school_cast, schedule, weeks="odd")
    assert add(school_cast, schedule, weeks="even")
    assert refused(lambda: add(school_cast, schedule)).code == "person"


def test_a_cabinet_holds_one_specialist_at_a_time(school_cast):
    room = Cabinet.objects.create(organisation=school_cast.school, title="Кабинет 5")
    add(school_cast, begin(school_cast), cabinet=room)
    other = begin(school_cast, "polina")
    raised = refused(lambda: add(school_cast, other, "9:30", "10:30", cabinet=room))
    assert (raised.code, raised.field) == ("cabinet", "cabinet")
    assert "Лебедева" in raised.message
    past = begin(school_cast, "polina", starts_on=date(2027, 1, 11), ends_on=date(2027, 5, 28))
    assert add(school_cast, past, cabinet=room), "another term"


def test_a_month_out_of_the_half_year_is_the_same_time_told_again(school_cast):
    room = Cabinet.objects.create(organisation=school_cast.school, title="Кабинет 5")
    schedule = begin(school_cast)
    add(school_cast, schedule, cabinet=room)
    month = begin(school_cast, period="month", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31), copied=schedule)
    assert month.slots.count() == 1
    assert add(school_cast, month, "10:00", "11:00", cabinet=room)


def test_a_lesson_of_the_childs_class_asks_for_a_confirming_tick(school_cast, group):
    ClassLesson.objects.create(
        organisation=school_cast.school, school_class=school_cast.four_a, weekday=1, starts_at=time(9),
        ends_at=time(9, 45), subject="Чтение",
    )  # fmt: skip
    schedule = begin(school_cast)
    raised = refused(lambda: add(school_cast, schedule, "9:40", "10:20", group=group))
    assert (raised.code, raised.field) == ("confirm", "confirmed")
    assert "4\u00a0«А»" in raised.message or "4 «А»" in raised.message
    slot = add(school_cast, schedule, "9:40", "10:20", group=group, confirmed=True)
    assert slot.kind == "group", "the kind of a lesson is that of its group"
    assert add(school_cast, schedule, "9:00", "9:40"), "work without the children meets no lesson"


def test_a_child_is_at_one_specialist_at_a_time(school_cast, group):
    add(school_cast, begin(school_cast), group=group)
    head = school_cast.actor(school_cast.irina)
    calm = start(school_cast, actor=head, leader=school_cast.post(school_cast.polina), title="Спокойствие")
    join(school_cast, calm, school_cast.misha)
    schedule = begin(school_cast, "polina")
    raised = refused(lambda: add(school_cast, schedule, "9:30", "10:10", group=calm))
    assert raised.code == "child"
    assert "Данилов" in raised.message
    assert refused(lambda: add(school_cast, schedule, "12:00", "12:40", group=group)).field == "group", "not her group"


def test_conflicts_are_answered_for_a_slot_that_moves_without_itself(school_cast, larisa):
    schedule = begin(school_cast)
    slot = add(school_cast, schedule)
    draft = SlotDraft(1, clock("9:05"), clock("10:05"), "methods")
    assert slot_conflicts(larisa, schedule, draft, moved=slot) == []
    assert [one.code for one in slot_conflicts(larisa, schedule, draft)] == ["person"]
    services.slot_change(actor=larisa, slot=slot, weekday=2, starts_at=clock("11:00"), ends_at=clock("12:00"))
    slot.refresh_from_db()
    assert (slot.weekday, slot.starts_at) == (2, time(11))


def test_a_day_is_copied_and_what_meets_something_is_told(school_cast, larisa):
    schedule = begin(school_cast)
    add(school_cast, schedule)
    add(school_cast, schedule, "10:00", "11:00")
    add(school_cast, schedule, "9:30", "10:00", weekday=2)
    made = services.day_copy(actor=larisa, schedule=schedule, source=1, targets=[2, 3, 1])
    assert (len(made.made), len(made.left_out)) == (3, 1)
    assert refused(lambda: services.day_copy(actor=larisa, schedule=schedule, source=1, targets=[1])).field == "targets"


def test_the_week_is_told_against_the_norm_of_the_rate(school_cast):
    post = school_cast.post(school_cast.larisa)
    HourNorm.objects.create(
        organisation=school_cast.school, speciality="speech_therapist", week_hours=20, direct_hours=18
    )
    Workload.objects.create(organisation=school_cast.school, position=post, year=2026, rate="0.5")
    schedule = begin(school_cast)
    add(school_cast, schedule, "9:00", "14:00", kind="diagnostics")
    add(school_cast, schedule, "9:00", "11:00", weekday=2, weeks="odd")
    totals = totals_of(schedule, list(schedule.slots.all()))
    assert (totals.minutes, totals.direct) == (360, 300)
    assert "на\u00a04\u00a0ч меньше нормы (10\u00a0ч)" in totals.deviations[0].words


def test_the_path_to_approval_and_a_second_version(school_cast, larisa):
    schedule = begin(school_cast)
    head, director = school_cast.actor(school_cast.irina), school_cast.actor(school_cast.daniil)
    assert refused(lambda: services.schedule_submit(actor=larisa, schedule=schedule)).code == "empty"
    slot = add(school_cast, schedule)
    with pytest.raises(PermissionDenied):
        services.schedule_submit(actor=school_cast.actor(school_cast.polina), schedule=schedule)
    services.schedule_submit(actor=larisa, schedule=schedule)
    assert [one.todo for one in desk_of(head, TODAY).today].count("Рассмотреть график работы") == 1
    assert refused(lambda: add(school_cast, schedule, "12:00", "13:00")).code == "not_open"
    assert refused(lambda: services.schedule_return(actor=head, schedule=schedule, remarks=" ")).field == "remarks"
    services.schedule_return(actor=head, schedule=schedule, remarks="Мало часов")
    assert "Исправить график работы" in [one.todo for one in desk_of(larisa, TODAY).today]
    services.schedule_submit(actor=larisa, schedule=schedule)
    with pytest.raises(PermissionDenied):
        services.schedule_approve(actor=head, schedule=schedule, on=TODAY)
    assert (
        refused(lambda: services.schedule_approve(actor=director, schedule=schedule, on=TODAY)).code == "wrong_status"
    )
    services.schedule_examine(actor=head, schedule=schedule)
    first = services.schedule_approve(actor=director, schedule=schedule, on=TODAY)
    assert first.snapshot.content["days"][0]["lines"][0]["time"] == "9:00—10:00"
    assert first.snapshot.content["approval"]["day"] == "2026-11-21"
    assert refused(lambda: services.slot_remove(actor=larisa, slot=slot)).code == "approved"
    assert refused(lambda: services.schedule_change(actor=larisa, schedule=schedule, reason="")).field == "reason"
    services.schedule_change(actor=larisa, schedule=schedule, reason="Новая группа")
    add(school_cast, schedule, "12:00", "13:00")
    services.schedule_submit(actor=head, schedule=schedule)
    schedule.refresh_from_db()
    assert schedule.status == "examined", "nobody examines what he has handed in himself"
    second = services.schedule_approve(actor=director, schedule=schedule, on=TODAY)
    assert (second.number, second.reason) == (2, "Новая группа")
    assert snapshot_is_whole(first.snapshot)
    assert len(first.snapshot.content["days"][0]["lines"]) == 1, "the earlier version stays as it was"
    assert Event.objects.filter(code="schedule.approved").count() == 2


def test_a_month_shows_days_off_and_the_weeks_of_the_schedule(school_cast):
    schedule = begin(school_cast)
    add(school_cast, schedule, weekday=3)
    add(school_cast, schedule, weekday=4, weeks="odd")
    weeks = month_of(schedule, list(schedule.slots.all()), date(2026, 11, 1))
    found = {one.day: one for week in weeks for one in week.days}
    assert found[date(2026, 11, 4)].why_off
    assert not found[date(2026, 11, 4)].slots
    assert found[date(2026, 11, 11)].slots
    assert [day.day for day in sorted(found) if found[day].slots and day.isoweekday() == 4] == [5, 19]
    assert weeks[0].number == 9


def test_lessons_are_made_of_the_slots_in_one_click_and_only_once(school_cast, larisa, group):
    schedule = begin(school_cast)
    add(school_cast, schedule, "9:40", "10:20", weekday=3, group=group)
    add(school_cast, schedule, "12:00", "12:40", weekday=3)
    made = services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)
    assert list(Lesson.objects.values_list("on", flat=True)) == [
        date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16), date(2026, 12, 23)
    ]  # fmt: skip
    assert made.count == 5
    assert refused(lambda: services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)).code == "nothing"
    (told,) = lessons_ahead(larisa, schedule, TODAY)
    assert (told.known, told.wanted) == (5, [])
    with pytest.raises(PermissionDenied):
        services.lessons_make(actor=school_cast.actor(school_cast.polina), schedule=schedule, since=TODAY)


def test_a_lesson_that_meets_another_is_left_out_and_told(school_cast, larisa, group):
    schedule = begin(school_cast)
    add(school_cast, schedule, "9:40", "10:20", weekday=3, group=group)
    other = start(school_cast, title="Другая")

    lessons_plan(actor=larisa, group=other, wanted=[Wanted(date(2026, 12, 2), time(10), 40)])
    made = services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)
    assert made.count == 4
    assert [one.on for one, _ in made.groups[0].refused] == [date(2026, 12, 2)]


def test_the_calendar_holds_own_time_and_lessons_without_names(school_cast, larisa, group):

    schedule = begin(school_cast)
    add(school_cast, schedule, "9:40", "10:20", weekday=3, group=group)
    add(school_cast, schedule, "8:00", "9:00", weekday=3, weeks="odd", kind="consultation")
    add(school_cast, begin(school_cast, "polina"), kind="diagnostics")
    services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)
    text = own_calendar(larisa, timezone.now()).decode()
    assert "Данилов" not in text
    found = parsed(text)
    assert [one["SUMMARY"] for one in found].count("Звуки и буквы") == 5 + 1
    repeated = next(one for one in found if one["SUMMARY"] == "Звуки и буквы" and "RRULE" in one)
    assert "20261125T064000Z" in repeated["EXDATE"], "the day of the lesson itself"
    assert "20261104T064000Z" in repeated["EXDATE"], "a holiday"
    talk = next(one for one in found if one["SUMMARY"] == "консультации")
    assert "INTERVAL=2" in talk["RRULE"]
    assert "диагностика" not in text
    assert own_calendar(larisa, timezone.now()).decode().count("UID:") == len(found)


def test_a_timetable_is_put_in_the_place_of_the_one_before(school_cast):
    lines = [LessonLine(1, time(8, 30), time(9, 15), "Чтение"), LessonLine(1, time(9, 25), time(10, 10), "Труд")]
    tatiana = school_cast.actor(school_cast.tatiana)
    services.timetable_save(actor=tatiana, school_class=school_cast.four_a, lessons=lines)
    services.timetable_save(actor=tatiana, school_class=school_cast.four_a, lessons=lines[:1])
    assert ClassLesson.objects.count() == 1
    with pytest.raises(PermissionDenied):
        services.timetable_save(actor=tatiana, school_class=school_cast.two_b, lessons=lines)
    bad = [lines[0], LessonLine(1, time(9), time(9, 30), "Ещё")]
    assert refused(lambda: services.timetable_save(actor=tatiana, school_class=school_cast.four_a, lessons=bad)).field
    assert ClassLesson.objects.get().subject == "Чтение"


def test_a_wrong_term_is_refused(school_cast):
    assert refused(lambda: begin(school_cast, starts_on=ENDS, ends_on=STARTS)).field == "ends_on"
    assert refused(lambda: begin(school_cast, ends_on=STARTS + timedelta(days=500))).field == "ends_on"
    assert not ScheduleSlot.objects.exists()
