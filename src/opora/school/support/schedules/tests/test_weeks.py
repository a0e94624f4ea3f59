"""Odd and even weeks, calendar files, pasted timetables: what needs no database."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.school.support.schedules.ics import OCTETS, CalendarEvent, calendar_file, moment
from opora.school.support.schedules.reading import read_timetable
from opora.school.support.schedules.totals import deviations, hours_words
from opora.school.support.schedules.weeks import EVEN, EVERY, ODD, falls_on, meet, slot_days, week_number
from opora.school.support.schoolyear.reading import Norm

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
weekdays = st.integers(1, 6)
kinds = st.sampled_from((EVERY, ODD, EVEN))


@given(days, st.integers(0, 300), weekdays)
def test_each_date_of_a_weekday_is_in_an_odd_week_or_in_an_even_one(start, length, weekday):
    end = start + timedelta(days=length)
    every, odd, even = (set(slot_days(start, end, weekday, weeks)) for weeks in (EVERY, ODD, EVEN))
    assert odd | even == every
    assert not odd & even
    assert every == {day for n in range(length + 1) if (day := start + timedelta(days=n)).isoweekday() == weekday}


@given(days, st.integers(0, 400))
def test_the_first_week_holds_the_first_day_and_weeks_turn_on_monday(start, length):
    day = start + timedelta(days=length)
    assert week_number(start, start) == 1
    assert week_number(start, day + timedelta(days=7)) == week_number(start, day) + 1
    assert (week_number(start, day) != week_number(start, day + timedelta(days=1))) is (day.isoweekday() == 7)


@given(kinds, days, kinds, days, weekdays)
def test_two_slots_meet_when_some_week_holds_both(weeks, start, other, other_start, weekday):
    first = max(start, other_start)
    last = first + timedelta(days=60)
    shared = set(slot_days(start, last, weekday, weeks)) & set(slot_days(other_start, last, weekday, other))
    assert meet(weeks, start, other, other_start) == meet(other, other_start, weeks, start) == bool(shared)


def test_odd_weeks_are_the_first_and_third():
    assert [number for number in range(1, 6) if falls_on(ODD, number)] == [1, 3, 5]


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=120)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
events = st.builds(
    CalendarEvent, uid=st.text("abcdef0123456789", min_size=8, max_size=14), starts=moments, ends=moments,
    title=texts, place=texts, every=st.sampled_from((0, 1, 2)), until=moments,
    without=st.lists(moments, max_size=12).map(tuple),
)  # fmt: skip


@given(st.lists(events, max_size=4), moments)
def test_a_calendar_file_is_read_back_as_it_was_written(given_, stamp):
    content = calendar_file(given_, title="График, занятия; всё", stamp=stamp)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= OCTETS for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    found = parsed(content.decode())
    assert [one["SUMMARY"] for one in found] == [one.title for one in given_]
    assert [one.get("LOCATION", "") for one in found] == [one.place for one in given_]
    assert [one["UID"] for one in found] == [one.uid for one in given_]
    assert [one["DTSTART"] for one in found] == [moment(one.starts) for one in given_]
    for one, event in zip(found, given_, strict=True):
        assert one.get("EXDATE", "").split(",") == [moment(day) for day in event.without] or not event.without
        assert ("RRULE" in one) is bool(event.every)


def parsed(text):
    """Events of a calendar file: unfolded, unescaped."""
    found = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in ("BEGIN", "END"):
            found[-1][name] = unescaped(value) if name in ("SUMMARY", "LOCATION") else value
    return found


def unescaped(value):
    signs, answer = iter(value), ""
    for sign in signs:
        answer += {"n": "\n"}.get(following := next(signs), following) if sign == "\\" else sign
    return answer


def test_a_line_end_in_a_title_is_escaped_and_other_controls_are_dropped():
    at = datetime(2026, 11, 23, 6, 40, tzinfo=UTC)
    content = calendar_file([CalendarEvent("a", at, at, "раз\nдва\x07\\")], title="г", stamp=at).decode()
    assert "SUMMARY:раз\\nдва\\\\\r\n" in content


TABLE = "\tПн\tВт\tСр\n8:30–9:15\tМатематика\tРусский язык\t\n9.25\tЧтение\t—\tТруд\n"


def test_a_pasted_table_is_read_by_its_days_and_times():
    read = read_timetable(TABLE, 45)
    assert read.errors == []
    assert [(one.weekday, f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}", one.subject) for one in read.lessons] == [
        (1, "08:30", "09:15", "Математика"), (1, "09:25", "10:10", "Чтение"), (2, "08:30", "09:15", "Русский язык"),
        (3, "09:25", "10:10", "Труд"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["", "1 ", "2. ", "3)", "11. ", "4.", "5\t"])
@pytest.mark.parametrize(("typed", "begins"), [("10:25", "10:25"), ("12.20", "12:20"), ("8:30—9:15", "08:30")])
def test_a_time_is_no_number_of_a_row(number, typed, begins):
    """«10:25» was read as a row 1 that begins at 0:25."""
    read = read_timetable(f"№\tПн\n{number}{typed}\tЧтение\tЧтение\n", 45)
    assert read.errors == []
    assert {f"{one.starts_at:%H:%M}" for one in read.lessons} == {begins}


def test_a_list_is_read_line_by_line():
    read = read_timetable("Пн 8:30—9:15 Математика\nпонедельник; 9:25-10:10; Русский язык\n\nСб 10:00 Труд", 40)
    assert read.errors == []
    assert [(one.weekday, one.subject) for one in read.lessons] == [
        (1, "Математика"), (1, "Русский язык"), (6, "Труд")
    ]  # fmt: skip
    assert read.lessons[-1].ends_at == time(10, 40)


def test_errors_name_their_lines():
    text = "Пн Математика\n8:30 Чтение\nВт 9:00—8:00 Труд\nСр 25:00 Труд\nЧт 8:30\nПт 9:00—10:00 А\nПт 9:30—10:10 Б"
    errors = read_timetable(text, 40).errors
    assert [one.split(":")[0] for one in errors] == [
        "Строка 1", "Строка 2", "Строка 3", "Строка 4", "Строка 5", "Пт"
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text):
    read = read_timetable(text, 40)
    assert all(one.starts_at < one.ends_at and one.subject for one in read.lessons)


def test_deviations_are_said_in_words():
    norm = Norm(Decimal("0.5"), Decimal(36), Decimal(18), is_own=True)
    assert hours_words(80) == "1\u00a0ч 20\u00a0мин"
    whole, direct = deviations(36 * 60 + 5, 17 * 60, norm)
    assert "по\u00a0норме" in whole.words
    assert "на\u00a01\u00a0ч меньше нормы (18\u00a0ч)" in direct.words
    assert "0,5" in whole.title
    assert deviations(10, 0, None) == []
