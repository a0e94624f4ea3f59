"""The arithmetic of lessons: overlaps, the days of a series, topics laid on lessons, school weeks."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from opora.school.support.groups.conflicts import overlap
from opora.school.support.groups.hours import school_weeks
from opora.school.support.groups.series import lay_topics, lessons_of, series_days

minutes = st.integers(0, 1439)
spans = st.tuples(minutes, st.integers(1, 240)).map(lambda one: (one[0], one[0] + one[1]))
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
weekdays = st.frozensets(st.integers(1, 6), min_size=1)


@given(spans, spans)
def test_an_overlap_is_the_same_from_both_sides(one, other):
    assert overlap(one, other) == overlap(other, one) == bool(set(range(*one)) & set(range(*other)))


@given(spans, st.integers(1, 120))
def test_touching_ends_do_not_overlap(one, length):
    assert not overlap(one, (one[1], one[1] + length))
    assert overlap(one, (one[1] - 1, one[1] + length))


@given(days, st.integers(0, 300), weekdays, st.integers(1, 60), st.frozensets(days, max_size=40))
def test_a_series_takes_the_first_school_days_of_its_weekdays(first, length, chosen, count, off):
    last = first + timedelta(days=length)
    found = series_days(first, last, chosen, count, lambda day: day not in off)
    every = [first + timedelta(days=n) for n in range(length + 1)]
    fitting = [day for day in every if day.isoweekday() in chosen and day not in off]
    assert found.days == fitting[:count]
    assert found.missing == count - len(found.days)
    end = found.days[-1] if found.missing == 0 else last
    assert found.skipped == [day for day in every if day.isoweekday() in chosen and day in off and day <= end]


topics = st.lists(st.decimals("0.5", "6", places=1), max_size=8).map(lambda hours: list(enumerate(hours)))


@given(topics, st.integers(0, 60), st.dictionaries(st.integers(0, 7), st.integers(0, 6)))
def test_topics_lie_in_order_as_often_as_their_hours_say(every, count, taken):
    laid = lay_topics(every, taken, count)
    assert len(laid) == count
    given_ = [key for key in laid if key is not None]
    assert given_ == sorted(given_)
    assert laid[len(given_) :] == [None] * (count - len(given_))
    counted = Counter(given_)
    for key, hours in every:
        assert counted[key] <= max(lessons_of(hours) - taken.get(key, 0), 0)


def test_topics_go_on_where_the_last_series_stopped():
    every = [("р", Decimal(2)), ("л", Decimal(1))]
    assert lay_topics(every, {"р": 1}, 3) == ["р", "л", None]


@given(st.frozensets(days, max_size=120))
def test_school_weeks_are_never_more_than_the_calendar_has(chosen):
    weeks = {day.isocalendar()[:2] for day in chosen}
    assert 0 <= school_weeks(chosen) <= len(weeks)


def test_a_short_week_counts_in_part_and_a_six_day_week_once():
    monday = date(2026, 9, 7)
    six = [monday + timedelta(days=n) for n in range(6)]
    assert school_weeks(six) == 1
    assert school_weeks([*six, date(2026, 9, 14), date(2026, 9, 15)]) == Decimal("1.4")
