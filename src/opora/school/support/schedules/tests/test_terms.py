"""A schedule in another term: what its slots meet there, and which of their lessons are made, and made again."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.school.support.groups.conflicts import Wanted
from opora.school.support.groups.models import Lesson
from opora.school.support.groups.series import LONGEST, MOST
from opora.school.support.groups.services import group_change, lesson_cancel, lesson_move, lessons_plan
from opora.school.support.groups.tests.stage import start
from opora.school.support.schedules import services
from opora.school.support.schedules.dates import lessons_ahead
from opora.school.support.schedules.models import ScheduleSlot, WorkSchedule
from opora.school.support.schedules.weeks import answered
from opora.school.support.schoolyear.models import Cabinet

from .stage import ENDS, STARTS, TODAY, add, begin

pytestmark = pytest.mark.usefixtures("known_day")
SPRING = {"starts_on": date(2027, 1, 11), "ends_on": date(2027, 5, 25)}
AUTUMN = {"starts_on": STARTS, "ends_on": ENDS}


def refused(deed):
    with pytest.raises(Refusal) as raised:
        deed()
    return raised.value


@pytest.fixture
def larisa(school_cast):
    return school_cast.actor(school_cast.larisa)


@pytest.fixture
def room(school_cast):
    return Cabinet.objects.create(organisation=school_cast.school, title="Кабинет 12")


def test_another_term_is_refused_where_the_cabinet_is_taken(school_cast, room):
    """Полина's Monday in spring meets nothing; in autumn Лариса is in the room."""
    add(school_cast, begin(school_cast), cabinet=room)
    later = begin(school_cast, "polina", **SPRING)
    add(school_cast, later, cabinet=room)
    polina = school_cast.actor(school_cast.polina)
    raised = refused(lambda: services.schedule_term_change(actor=polina, schedule=later, **AUTUMN))
    assert (raised.code, raised.field) == ("cabinet", "starts_on")
    assert "понедельник" in raised.message
    later.refresh_from_db()
    assert later.starts_on == SPRING["starts_on"]
    free = SPRING | {"starts_on": ENDS + timedelta(days=1)}
    assert services.schedule_term_change(actor=polina, schedule=later, **free).starts_on == free["starts_on"]


def test_a_copy_leaves_out_what_meets_something_and_tells_it(school_cast, room):
    first = begin(school_cast)
    add(school_cast, first, cabinet=room)
    add(school_cast, first, weekday=2, cabinet=room)
    earlier = begin(school_cast, "polina", **SPRING)
    add(school_cast, earlier, cabinet=room)
    add(school_cast, earlier, weekday=3, cabinet=room)
    polina = school_cast.actor(school_cast.polina)
    schedule = begin(school_cast, "polina")
    copied = services.slots_copy(actor=polina, schedule=schedule, source=earlier)
    assert [str(one) for one in copied.made] == ["среда 09:00—10:00"]
    ((when, conflict),) = copied.left_out
    assert (when, conflict.code) == ("понедельник 09:00—10:00", "cabinet")
    assert schedule.slots.count() == 1


def test_a_copy_takes_over_own_groups_alone(school_cast):
    source = begin(school_cast)
    add(school_cast, source, group=start(school_cast))
    own = begin(school_cast, copied=source, **SPRING)
    assert own.slots.get().group is not None
    foreign = begin(school_cast, "polina", actor=school_cast.actor(school_cast.irina), copied=source)
    slot = foreign.slots.get()
    assert (slot.group, slot.kind) == (None, "group"), "its time stays without the group"


def test_a_copy_does_without_a_cabinet_out_of_use(school_cast, room):
    source = begin(school_cast)
    add(school_cast, source, cabinet=room)
    assert begin(school_cast, copied=source, **SPRING).slots.get().cabinet == room
    Cabinet.objects.update(is_retired=True)
    later = SPRING | {"starts_on": SPRING["starts_on"] + timedelta(days=7)}
    copy = begin(school_cast, copied=source, period="month", **later).slots.get()
    assert (copy.cabinet, str(copy)) == (None, "понедельник 09:00—10:00"), "its time stays without the cabinet"


def test_the_page_tells_what_a_copy_left_out(school_cast, room, as_user):
    source = begin(school_cast)
    add(school_cast, source, cabinet=room)
    add(school_cast, begin(school_cast, "polina", **SPRING), cabinet=room)
    position = school_cast.post(school_cast.larisa).public_id
    typed = {"position": position, "period": "half_year", "starts_on": "11.01.2027", "ends_on": "25.05.2027"}
    page = as_user(school_cast.larisa).post(
        reverse("schedules:new"), typed | {"copied": source.public_id}, follow=True
    )  # fmt: skip
    assert "Не скопировано понедельник 09:00—10:00" in page.content.decode()
    assert not WorkSchedule.objects.get(starts_on=SPRING["starts_on"], position__user=school_cast.larisa).slots.exists()


class TestMadeAgain:
    @pytest.fixture
    def made(self, school_cast, larisa):
        """Lessons of Mondays at nine: 23 and 30 November, 7, 14, 21 December."""
        schedule, group = begin(school_cast), start(school_cast)
        add(school_cast, schedule, "9:00", "9:40", group=group)
        services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)
        return schedule, group

    def test_a_cancelled_lesson_does_not_come_back(self, larisa, made):
        schedule, group = made
        lesson_cancel(actor=larisa, lesson=group.lessons.first(), reason="болезнь специалиста")
        assert refused(lambda: services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)).code == "nothing"
        assert group.lessons.count() == 5

    @pytest.mark.parametrize("days", [1, 4, -3])
    def test_a_moved_lesson_does_not_come_back(self, larisa, made, days):
        schedule, group = made
        lesson = group.lessons.get(on=date(2026, 11, 30))
        to = lesson.on + timedelta(days=days)
        lesson_move(actor=larisa, lesson=lesson, on=to, starts_at=time(12), minutes=40)
        assert refused(lambda: services.lessons_make(actor=larisa, schedule=schedule, since=TODAY)).code == "nothing"
        assert group.lessons.count() == 5

    def test_what_has_no_lesson_yet_is_made(self, larisa, made):
        schedule, group = made
        Lesson.objects.filter(group=group, on=date(2026, 12, 14)).delete()
        assert services.lessons_make(actor=larisa, schedule=schedule, since=TODAY).count == 1

    def test_after_a_change_of_the_leader_the_rest_is_made(self, school_cast, larisa, made):
        schedule, given = made
        group_change(
            actor=school_cast.actor(school_cast.irina), group=given, leader=school_cast.post(school_cast.polina),
            starts_on=given.starts_on, ends_on=given.ends_on, title=given.title,
        )  # fmt: skip
        given.lessons.all().delete()
        kept = start(school_cast, title="Своя")
        add(school_cast, schedule, "12:00", "12:40", group=kept)
        assert services.lessons_make(actor=larisa, schedule=schedule, since=TODAY).count == 5
        assert set(Lesson.objects.values_list("group", flat=True)) == {kept.pk}


def test_a_meeting_is_answered_by_the_nearest_lesson_within_a_week():
    monday, at = date(2026, 11, 23), time(9)
    meetings = [(monday + timedelta(days=7 * n), at) for n in range(3)]
    assert answered(meetings, [meetings[1]]) == {meetings[1]}
    assert answered(meetings, [(monday + timedelta(days=1), at)]) == {meetings[0]}
    assert answered(meetings, [(monday + timedelta(days=5), at)]) == {meetings[1]}
    assert answered(meetings[:1], [(monday + timedelta(days=6), at)]) == {meetings[0]}
    assert answered(meetings[:1], [(monday + timedelta(days=7), at)]) == frozenset()
    assert answered(meetings, []) == frozenset()


def dated(found):
    return [(one.on, one.starts_at) for one in found]


@pytest.mark.parametrize("at", [time(9), time(12)])
@pytest.mark.parametrize("is_turned", [False, True])
def test_two_schedules_one_after_the_other_each_make_all_their_lessons(school_cast, larisa, at, is_turned):
    """Monday and Wednesday: the first up to 25 November, the second from the 30th, also at another hour."""
    group = start(school_cast)
    terms = {(STARTS, date(2026, 11, 25)): time(9), (date(2026, 11, 30), ENDS): at}
    drawn = [begin(school_cast, starts_on=first, ends_on=last) for first, last in terms]
    for schedule, hour in zip(drawn, terms.values(), strict=True):
        for weekday in (1, 3):
            add(school_cast, schedule, f"{hour:%H:%M}", f"{hour:%H}:40", weekday=weekday, group=group)
    days = [[date(2026, 11, day) for day in (23, 25)], [date(2026, 11, 30), *(date(2026, 12, day) for day in (2, 7))]]
    for number in (1, 0) if is_turned else (0, 1):
        (told,) = lessons_ahead(larisa, drawn[number], TODAY)
        hour = list(terms.values())[number]
        assert dated(told.wanted)[: len(days[number])] == [(day, hour) for day in days[number]]
        assert told.known == sum(day < TODAY for day in days[number])
        services.lessons_make(actor=larisa, schedule=drawn[number], since=TODAY)
        (again,) = lessons_ahead(larisa, drawn[number], TODAY)
        assert (again.wanted, again.known) == ([], len(told.wanted))


@pytest.mark.parametrize(("to", "is_kept"), [("9:04", False), ("9:05", True), ("13:00", True), ("13:01", False)])
def test_time_with_a_group_is_as_long_as_a_lesson_may_be(school_cast, to, is_kept):
    schedule, group = begin(school_cast), start(school_cast)
    if is_kept:
        assert add(school_cast, schedule, "9:00", to, group=group).minutes <= LONGEST
        return
    raised = refused(lambda: add(school_cast, schedule, "9:00", to, group=group))
    assert (raised.code, raised.field) == ("length", "ends_at")
    assert not ScheduleSlot.objects.exists()


def test_time_without_a_group_is_no_moment(school_cast):
    schedule = begin(school_cast)
    assert refused(lambda: add(school_cast, schedule, "9:00", "9:04")).code == "length"
    assert add(school_cast, schedule, "9:00", "9:05")
    assert add(school_cast, schedule, "10:00", "16:00"), "papers may take a day"


def test_as_many_lessons_are_made_as_were_shown(school_cast, larisa):
    group = start(school_cast, hours=400)
    schedule = begin(school_cast, starts_on=TODAY, ends_on=date(2027, 5, 28))
    for weekday in range(1, 6):
        add(school_cast, schedule, "9:00", "9:40", weekday=weekday, group=group)
        add(school_cast, schedule, "10:00", "10:40", weekday=weekday, group=group)
    (told,) = lessons_ahead(larisa, schedule, TODAY)
    assert len(told.wanted) == MOST
    assert told.over_plan > 0
    assert services.lessons_make(actor=larisa, schedule=schedule, since=TODAY).count == MOST
    lone = Wanted(date(2027, 5, 28), time(15), 40)
    assert refused(lambda: lessons_plan(actor=larisa, group=group, wanted=[lone] * (MOST + 1))).code == "many"
