"""The pages of schedules: the grid, a slot moved and refused, the path, timetables, the calendar file."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.school.support.groups.models import Group, Lesson
from opora.school.support.groups.tests.stage import conclusion, join, start
from opora.school.support.schedules import services
from opora.school.support.schedules.models import ClassLesson, ScheduleSlot, WorkSchedule
from opora.school.support.schoolyear.models import Cabinet

from .stage import TODAY, add, begin

pytestmark = pytest.mark.usefixtures("known_day")
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def larisa(school_cast, as_user):
    return as_user(school_cast.larisa)


def address(name, row):
    return reverse(f"schedules:{name}", args=[row.public_id])


def test_a_schedule_is_begun_with_the_time_of_the_last_one(school_cast, larisa):
    last = begin(school_cast)
    add(school_cast, last)
    page = larisa.get(reverse("schedules:new"))
    typed = {
        "position": school_cast.post(school_cast.larisa).public_id, "period": "half_year", "starts_on": "110127",
        "ends_on": "28.05.2027", "copied": last.public_id,
    }  # fmt: skip
    assert page.context["form"]["copied"].value() == last.public_id, "the last one is offered"
    for bad in ({"ends_on": "01.01.2026"}, {"starts_on": "01.12.9999", "ends_on": "31.12.9999"}, {"period": "year"}):
        assert larisa.post(reverse("schedules:new"), typed | bad).status_code == 422, bad
    answer = larisa.post(reverse("schedules:new"), typed)
    made = WorkSchedule.objects.latest("pk")
    assert answer.headers["Location"] == address("schedule", made)
    assert made.slots.count() == 1
    assert "9:00—10:00" in larisa.get(address("schedule", made)).content.decode()


def slot_form(**changes):
    return {
        "weekday": "1", "starts_at": "9:40", "ends_at": "10:20", "group": "", "kind": "consultation", "cabinet": "",
        "weeks": "every", "note": "Для родителей",
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    "bad",
    [
        {"weekday": "7"}, {"starts_at": "25:00"}, {"starts_at": "11:00"}, {"group": "zzz"}, {"kind": "<b>"},
        {"note": "х" * 200}, {"starts_at": "3:00"}, {"weeks": "third"}, {"cabinet": "'; --"},
    ],
)  # fmt: skip
def test_a_bad_slot_keeps_what_was_typed(school_cast, larisa, bad):
    schedule = begin(school_cast)
    answer = larisa.post(address("slot_new", schedule), slot_form(**bad))
    assert answer.status_code == 422
    if "note" not in bad:
        assert "Для родителей" in answer.content.decode()
    assert not ScheduleSlot.objects.exists()


def test_a_slot_without_an_end_lasts_a_lesson_and_the_next_one_follows(school_cast, larisa):
    schedule = begin(school_cast)
    answer = larisa.post(address("slot_new", schedule), slot_form(ends_at="", more="1"))
    assert ScheduleSlot.objects.get().ends_at == time(10, 20)
    assert answer.headers["Location"].endswith("?weekday=1&starts_at=10:20")
    page = larisa.get(answer.headers["Location"]).content.decode()
    assert 'value="10:20"' in page


def test_a_dragged_slot_is_checked_moved_and_refused_in_words(school_cast, larisa):
    schedule = begin(school_cast)
    slot, other = add(school_cast, schedule), add(school_cast, schedule, "11:00", "12:00")
    place = {"weekday": "1", "starts_at": "10:30", "ends_at": "11:30"}
    asked = larisa.get(address("check", schedule), place | {"slot": slot.public_id}, headers=FETCH).content.decode()
    assert "11:00—12:00" in asked
    assert "is-late" in asked
    answer = larisa.post(address("slot_move", slot), place, headers=FETCH)
    assert answer.status_code == 422
    assert "в\u00a0это время" in answer.content.decode()
    slot.refresh_from_db()
    assert slot.starts_at == time(9)
    free = place | {"weekday": "2"}
    assert "Свободно" in larisa.get(address("check", schedule), free | {"slot": slot.public_id}).content.decode()
    answer = larisa.post(address("slot_move", slot), free, headers=FETCH)
    assert answer.status_code == 200
    assert 'id="week"' in answer.content.decode()
    assert larisa.post(address("slot_move", other), {"weekday": "9"}, headers=FETCH).status_code == 422
    assert larisa.post(address("slot_move", other), place | {"weekday": "3"}).status_code == 302, "without a script"
    for query in ({}, {"slot": "нет", "weekday": "x"}, {"slot": slot.public_id, "starts_at": "\x00"}):
        assert larisa.get(address("check", schedule), query).status_code == 200


def test_a_childs_lesson_is_confirmed_by_a_tick(school_cast, larisa):
    conclusion(school_cast, school_cast.misha)
    group = start(school_cast)
    join(school_cast, group, school_cast.misha)
    ClassLesson.objects.create(
        organisation=school_cast.school, school_class=school_cast.four_a, weekday=1, starts_at=time(9),
        ends_at=time(9, 45), subject="Чтение",
    )  # fmt: skip
    schedule = begin(school_cast)
    typed = slot_form(starts_at="9:00", ends_at="9:40", group=group.public_id)
    answer = larisa.post(address("slot_new", schedule), typed)
    assert answer.status_code == 422
    assert 'name="confirmed"' in answer.content.decode()
    assert larisa.post(address("slot_new", schedule), typed | {"confirmed": "on"}).status_code == 302
    slot = ScheduleSlot.objects.get()
    place = {"weekday": "1", "starts_at": "9:05", "ends_at": "9:45"}
    answer = larisa.post(address("slot_move", slot), place, headers=FETCH)
    assert "Согласовано, перенести" in answer.content.decode()
    assert larisa.post(address("slot_move", slot), place | {"confirmed": "on"}, headers=FETCH).status_code == 200


def test_the_path_goes_by_its_buttons(school_cast, larisa, as_user):
    schedule = begin(school_cast)
    irina, daniil = as_user(school_cast.irina), as_user(school_cast.daniil)
    larisa.post(address("submit", schedule))
    schedule.refresh_from_db()
    assert schedule.status == "draft", "an empty one is not handed in"
    add(school_cast, schedule)
    larisa.post(address("submit", schedule))
    assert larisa.get(address("slot_new", schedule)).status_code == 409
    irina.post(address("return", schedule), {"remarks": "Нет диагностики"})
    assert "Нет диагностики" in larisa.get(address("schedule", schedule)).content.decode()
    larisa.post(address("submit", schedule))
    assert larisa.post(address("examine", schedule)).status_code == 403
    irina.post(address("examine", schedule))
    assert irina.post(address("approve", schedule)).status_code == 403
    assert "Утвердить" in daniil.get(address("schedule", schedule)).content.decode()
    daniil.post(address("approve", schedule))
    page = larisa.get(address("schedule", schedule)).content.decode()
    assert "Версия 1" in page
    assert "Внести изменения" in page
    larisa.post(address("change", schedule), {"reason": "Новая группа"})
    schedule.refresh_from_db()
    assert schedule.status == "draft"


def test_words_of_a_step_that_is_refused_stay_on_the_page(school_cast, larisa, as_user):
    schedule, irina, daniil = begin(school_cast), as_user(school_cast.irina), as_user(school_cast.daniil)
    add(school_cast, schedule)
    larisa.post(address("submit", schedule))
    empty = irina.post(address("return", schedule), {"remarks": " "})
    assert (empty.status_code, "Обязательное поле" in empty.content.decode()) == (422, True)
    irina.post(address("examine", schedule))
    daniil.post(address("approve", schedule))
    late = irina.post(address("return", schedule), {"remarks": "Нет диагностики"})
    assert late.status_code == 422
    assert "сейчас невозможно" in late.content.decode()
    assert "Нет диагностики" in late.content.decode()
    for length, status in ((301, 422), (300, 302)):
        answer = larisa.post(address("change", schedule), {"reason": "я" * length})
        assert answer.status_code == status
        assert answer.status_code == 302 or "я" * length in answer.content.decode()
    schedule.refresh_from_db()
    assert (schedule.status, schedule.change_reason) == ("draft", "я" * 300)


def test_a_day_is_copied_and_slots_are_changed_and_removed(school_cast, larisa):
    schedule = begin(school_cast)
    slot = add(school_cast, schedule)
    assert larisa.post(address("copy", schedule), {"source": "1", "targets": ["2", "3"]}).status_code == 302
    assert ScheduleSlot.objects.count() == 3
    assert larisa.post(address("copy", schedule), {"source": "1"}).status_code == 422
    assert larisa.get(address("slot", slot)).status_code == 200
    assert larisa.post(address("slot", slot), slot_form(starts_at="12:00", ends_at="13:00")).status_code == 302
    assert larisa.post(address("slot_remove", slot)).status_code == 302
    assert ScheduleSlot.objects.count() == 2
    assert larisa.get(address("term", schedule)).status_code == 200
    assert larisa.post(address("term", schedule), {"period": "week", "starts_on": "x"}).status_code == 422


def test_the_month_and_the_lessons_of_a_schedule(school_cast, larisa):
    schedule = begin(school_cast)
    add(school_cast, schedule, weekday=3, group=start(school_cast, title="Звуки и буквы"))
    page = larisa.get(address("month", schedule), {"month": "2026-11"}).content.decode()
    assert "Ноябрь 2026" in page
    assert "Звуки и буквы" in page
    for odd in ("2031-01", "x", "2026-13", "\x00"):
        assert larisa.get(address("month", schedule), {"month": odd}).status_code == 200
    assert "Новых занятий: <b>5</b>" in larisa.get(address("lessons", schedule)).content.decode()
    assert larisa.post(address("lessons", schedule)).status_code == 302
    assert Lesson.objects.count() == 5
    assert larisa.post(address("lessons", schedule)).status_code == 422


def test_others_read_a_schedule_and_strangers_find_nothing(school_cast, as_user):
    schedule = begin(school_cast)
    slot = add(school_cast, schedule)
    polina = as_user(school_cast.polina)
    page = polina.get(address("schedule", schedule)).content.decode()
    assert "Добавить время" not in page
    assert polina.get(address("slot", slot)).status_code == 403
    assert polina.post(address("slot_remove", slot)).status_code == 403
    assert as_user(school_cast.zakhar).get(address("schedule", schedule)).status_code == 404
    assert as_user(school_cast.tatiana).get(address("schedule", schedule)).status_code == 403


def test_a_class_teacher_pastes_the_timetable_of_the_own_class(school_cast, as_user):
    tatiana = as_user(school_cast.tatiana)
    assert "4 «А»" in tatiana.get(reverse("schedules:timetables")).content.decode()
    target = address("timetable", school_cast.four_a)
    answer = tatiana.post(target, {"text": "\tПн\tВт\n8:30\tЧтение\tТруд\nкак-то так"})
    assert answer.status_code == 422
    assert "Строка 3" in answer.content.decode()
    assert "как-то так" in answer.content.decode()
    assert not ClassLesson.objects.exists()
    assert tatiana.post(target, {"text": "\tПн\tВт\n8:30\tЧтение\tТруд"}).status_code == 302
    page = tatiana.get(target).content.decode()
    assert "Понедельник 08:30—09:15 Чтение" in page, "what is kept is read back as it stands"
    assert tatiana.get(address("timetable", school_cast.two_b)).status_code == 403


def test_a_closed_group_and_a_retired_cabinet_stay_where_they_stand(school_cast, larisa):
    room = Cabinet.objects.create(organisation=school_cast.school, title="Кабинет 12")
    group, schedule = start(school_cast), begin(school_cast)
    kept = add(school_cast, schedule, "9:00", "9:40", group=group, cabinet=room)
    other = add(school_cast, schedule, "12:00", "12:40")
    Cabinet.objects.update(is_retired=True)
    Group.objects.update(closed_on=TODAY)
    group.refresh_from_db()
    room.refresh_from_db()
    typed = {
        "weekday": "2", "starts_at": "10:00", "ends_at": "10:40", "group": group.public_id, "cabinet": room.public_id,
        "weeks": "every", "note": "Перенесено",
    }  # fmt: skip
    assert larisa.post(address("slot", other), typed).status_code == 422
    assert larisa.post(address("slot", kept), typed).status_code == 302
    kept.refresh_from_db()
    assert (kept.note, kept.group, kept.cabinet) == ("Перенесено", group, room)
    with pytest.raises(Refusal):
        services.slot_change(actor=school_cast.actor(school_cast.larisa), slot=other, group=group)
    with pytest.raises(Refusal):
        services.slot_change(actor=school_cast.actor(school_cast.larisa), slot=other, cabinet=room)


def test_the_calendar_is_a_download_in_the_log(school_cast, larisa):
    add(school_cast, begin(school_cast), kind="consultation")
    answer = larisa.get(reverse("schedules:calendar"))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert b"SUMMARY:" in answer.content
    assert Event.objects.filter(code="schedule.calendar_exported").exists()


@pytest.mark.parametrize("typed", ["Лебедева", "лебедева", "ЛАРИСА"])
def test_the_list_is_searched_in_letters_of_any_size(school_cast, as_user, typed):
    irina, schedule = as_user(school_cast.irina), begin(school_cast)
    begin(school_cast, "polina")
    assert [one.row for one in irina.get(reverse("schedules:list"), {"q": typed}).context["lines"]] == [schedule]


def test_thirty_rows_ask_as_few_queries_as_three(school_cast, as_user):
    irina, asked = as_user(school_cast.irina), []
    irina.get(reverse("schedules:list"))
    post = school_cast.post(school_cast.larisa)
    for months in (range(1, 4), range(4, 10)):
        for number in months:
            for period in ("week", "month", "half_year"):
                WorkSchedule.objects.create(
                    organisation=school_cast.school, position=post, period=period, starts_on=f"2026-{number:02d}-01",
                    ends_on="2026-12-31",
                )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert irina.get(reverse("schedules:list")).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_full_week_asks_as_few_queries_as_an_empty_one(school_cast, larisa):
    schedule, asked = begin(school_cast), []
    larisa.get(address("schedule", schedule))
    group = start(school_cast)
    for count in (1, 20):
        for number in range(count):
            at = 8 + number % 8
            ScheduleSlot.objects.create(
                organisation=school_cast.school, schedule=schedule, weekday=1 + number % 5, starts_at=time(at),
                ends_at=time(at, 40), kind="group", group=group,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert larisa.get(address("schedule", schedule)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
