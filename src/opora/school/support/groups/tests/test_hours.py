"""Recommended hours beside the given ones: one lesson of the school is one hour, whoever gives it."""

from datetime import date
from decimal import Decimal

import pytest

from opora.school.duties.offers import DutyDraft
from opora.school.support.groups import panels
from opora.school.support.groups.hours import in_hours, minutes_given, recommended_hours

from .stage import SEPTEMBER, TODAY, conclusion, join, start

LOGOPED, TEACHER = "speech_therapist", "defectologist"


def test_lessons_without_a_named_specialist_are_those_that_no_other_line_counts():
    given = {(1, LOGOPED): 80, (1, TEACHER): 40, (2, LOGOPED): 20, (3, LOGOPED): 600}
    named = {(1, LOGOPED), (1, ""), (2, ""), (2, TEACHER)}
    assert minutes_given(given, named) == {(1, LOGOPED): 80, (1, ""): 40, (2, ""): 20, (2, TEACHER): 0}


@pytest.mark.parametrize(("minutes", "lesson", "hours"), [(480, 40, "12.0"), (480, 60, "8.0"), (0, 40, "0.0")])
def test_a_lesson_of_the_school_is_an_hour(minutes, lesson, hours):
    assert in_hours(minutes, lesson) == Decimal(hours)


@pytest.mark.usefixtures("known_day")
class TestGaps:
    def test_forty_minutes_on_the_file_are_an_hour(self, school_cast, monkeypatch):
        given(monkeypatch, {(school_cast.misha.pk, LOGOPED): 12 * 40})
        conclusion(school_cast, school_cast.misha)
        (gap,) = gaps(school_cast)
        assert (gap.given, gap.is_taught) == (Decimal(12), False)

    def test_a_condition_without_a_specialist_counts_the_lessons_of_all(self, school_cast, monkeypatch):
        given(monkeypatch, {(school_cast.misha.pk, LOGOPED): 40, (school_cast.misha.pk, TEACHER): 80})
        nobody = DutyDraft("lessons", "Занятия", speciality="", hours=Decimal(1))
        named = DutyDraft("lessons", "Занятия", speciality=TEACHER, hours=Decimal(1))
        conclusion(school_cast, school_cast.misha, duties=[nobody, named])
        assert [(one.given, one.is_taught) for one in gaps(school_cast)] == [(1, False), (2, False)]
        join(school_cast, start(school_cast), school_cast.misha)  # at Лариса's, whom no condition names
        assert [one.is_taught for one in gaps(school_cast)] == [True, False]

    def test_two_conclusions_of_a_year_are_one_line_of_the_specialist(self, school_cast, monkeypatch):
        given(monkeypatch, {(school_cast.misha.pk, LOGOPED): 400})
        conclusion(school_cast, school_cast.misha)
        conclusion(school_cast, school_cast.misha, on=date(2026, 10, 5), number="2", hours=Decimal(1))
        (gap,) = gaps(school_cast)
        assert (gap.week, gap.given) == (Decimal(1), Decimal(10)), "a week by the newer one"
        whole = recommended_hours(school_cast.school, SEPTEMBER, TODAY)
        assert gap.recommended == sum(one.hours for one in whole)


@pytest.mark.usefixtures("known_day")
def test_a_day_belongs_to_one_conclusion_alone(school_cast):
    """The earlier one ends on the day on which the next is brought."""
    first = conclusion(school_cast, school_cast.misha)
    conclusion(school_cast, school_cast.misha, on=date(2026, 10, 7), number="2")
    first.refresh_from_db()
    assert first.ended_on == date(2026, 10, 7)
    both = recommended_hours(school_cast.school, SEPTEMBER, date(2026, 10, 9))
    one, other = sorted(both, key=lambda each: each.since)
    assert (one.until, other.since) == (date(2026, 10, 6), date(2026, 10, 7))
    assert one.weeks + other.weeks == Decimal(5)
    (last,) = recommended_hours(school_cast.school, date(2026, 10, 7), date(2026, 10, 9))
    assert last.since == date(2026, 10, 7)


def given(monkeypatch, minutes):
    monkeypatch.setattr(panels, "delivered_minutes", lambda children, start, end: minutes)


def gaps(cast):
    members = list(cast.misha.group_members.select_related("group__leader"))
    return panels.gaps_of(cast.actor(cast.irina), cast.misha, members, TODAY)
