"""Lag in epicrisis terms: whole terms between what is reached and the child's age, line by line and in sum."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.calendar import add_years, age_on
from opora.regulations.edition import edition
from opora.regulations.lag.counting import development_lines, lag_of, whole_terms
from opora.regulations.lag.wording import terms_words

LAW = edition("2016")
LINES = [line.code for line in development_lines(LAW)]
ON = date(2026, 11, 21)
MONTHS = st.integers(0, 60)


def born(months: int) -> date:
    """A birthday that makes the child exactly so many months old."""
    years, rest = divmod(months, 12)
    first = date(2026 - years, 11, 21)
    return first if not rest else date(first.year - (11 - rest <= 0), (11 - rest - 1) % 12 + 1, 21)


def lag(age: int, weeks: int | None = None, **reached: int | None):
    """All lines at the child's age but those that are named."""
    return lag_of(LAW, born(age), ON, {**dict.fromkeys(LINES, age), **reached}, weeks)


def counted(age: int, reached: int) -> int:
    return len(whole_terms(LAW, reached, age))


@pytest.mark.parametrize(
    ("age", "reached", "terms"),
    [
        (12, 11, 1), (12, 9, 3), (12, 12, 0),
        (13, 12, 0), (13, 11, 1), (14, 10, 2), (15, 12, 1), (15, 11, 2), (18, 9, 5),
        (24, 21, 1), (24, 18, 2), (24, 15, 3), (24, 12, 4), (24, 11, 5),
        (25, 24, 0), (26, 22, 0), (26, 18, 2), (29, 23, 1), (30, 24, 1), (30, 18, 3),
        (36, 30, 1), (36, 24, 2), (36, 21, 3), (36, 12, 6),
        (40, 30, 1), (48, 36, 1), (48, 30, 2),
    ],
)  # fmt: skip
def test_whole_terms_by_hand(age, reached, terms):
    assert counted(age, reached) == terms


def test_a_year_of_life_holds_twelve_four_and_two_terms():
    assert [counted(12, 0), counted(24, 12), counted(36, 24)] == [12, 4, 2]


@pytest.mark.parametrize(("age", "other"), [(12, 1), (24, 1), (36, 0)])
def test_on_the_birthday_the_other_reading_takes_the_year_that_has_begun(age, other):
    line = lag(age, active_speech=age - {12: 3, 24: 6, 36: 6}[age]).lines[3]
    assert (line.terms, line.other_terms) == ({12: 3, 24: 2, 36: 1}[age], other)


def test_a_second_reading_is_shown_only_where_it_changes_the_meaning():
    answer = lag(30, active_speech=18, cognition=24)
    by_line = {one.line: one for one in answer.lines}
    assert "два чтения" in by_line["active_speech"].reading
    assert terms_words(2) in by_line["active_speech"].reading
    assert by_line["cognition"].reading == ""


@pytest.mark.parametrize(
    ("terms", "reached", "code"),
    [(0, 24, "none"), (1, 21, "slight"), (2, 18, "risk_group"), (3, 15, "in_favour"), (4, 12, "gross")],
)  # fmt: skip
def test_the_meaning_of_one_line(terms, reached, code):
    line = lag(24, active_speech=reached).lines[3]
    assert (line.terms, line.meaning.code) == (terms, code)
    assert line.meaning.clause.startswith("письмо ВК-1074/07")


def test_what_follows_in_sum():
    assert lag(24).pattern.code == "none"
    assert lag(24, active_speech=21).pattern.code == "slight"
    assert lag(24, active_speech=21).name is None, "one term is of little meaning: no delay is named"
    alone = lag(24, active_speech=15)
    assert (alone.pattern.code, alone.name.code, alone.severity.code) == ("uneven", "speech", "in_favour")
    assert alone.name.text == "Возможная формулировка: задержка речевого развития (выраженная)."
    plain = lag(24, active_speech=18)
    assert plain.name.text == "Возможная формулировка: задержка речевого развития."
    total = lag_of(LAW, born(24), ON, dict.fromkeys(LINES, 12))
    assert (total.pattern.code, total.severity.code) == ("total", "gross")
    assert "тотальная, грубая" in total.name.text
    uneven = lag_of(LAW, born(24), ON, {**dict.fromkeys(LINES, 15), "large_movements": 21})
    assert uneven.pattern.code == "uneven"
    both = lag(24, active_speech=15, speech_understanding=15)
    assert (both.pattern.code, both.name.code) == ("uneven", "speech"), "one sphere alone is behind"
    assert "два чтения" in both.pattern.note
    apart = lag(24, active_speech=15, speech_understanding=15, cognition=18)
    assert (apart.pattern.code, apart.name.code) == ("asynchronous", "speech_and_cognition")
    assert "асинхронная" in apart.name.text


def test_self_service_kept_does_not_turn_a_total_lag_into_an_asynchronous_one():
    behind = {code: 12 for code in LINES if code != "self_service"}
    assert lag(24, **behind).pattern.code == "total"
    assert "Самообслуживание" in lag(24, **behind).pattern.note


def test_one_line_kept_within_a_sphere_is_uneven_and_a_whole_sphere_kept_asynchronous():
    spared = {code: 12 for code in LINES if code != "speech_understanding"}
    assert lag(24, **spared).pattern.code == "uneven"
    speech = {code: 12 for code in LINES if code not in ("speech_understanding", "active_speech")}
    assert lag(24, **speech).pattern.code == "asynchronous"
    assert lag(24, self_service=12).pattern.code == "uneven"


def test_a_line_ahead_of_the_age_is_said_to_be_ahead():
    answer = lag(24, large_movements=30, active_speech=15, speech_understanding=15)
    assert answer.lines[0].ahead
    assert answer.pattern.code == "asynchronous"
    assert "опережает возраст" in answer.sentence


def test_the_sentence_says_the_moment_and_each_line():
    sentence = lag(30, active_speech=18).sentence.replace("\u00a0", " ")
    assert sentence.startswith("На момент обследования (календарный возраст 2 года 6 мес.)")
    assert "активная речь — 1 год 6 мес., отстаёт на 3 эпикризных срока" in sentence
    assert "большие движения — соответствует возрасту" in sentence


def test_the_corrected_age_stands_beside_the_calendar_one_never_instead():
    answer = lag(10, weeks=32, active_speech=7)
    line = answer.lines[3]
    assert (answer.age_months, answer.corrected_months) == (10, 8)
    assert (line.terms, line.corrected_terms, line.meaning.code) == (3, 1, "in_favour")
    assert "скорректированный" in answer.sentence
    assert "с поправкой на недоношенность" in answer.sentence
    assert [one.code for one in answer.warnings] == ["premature_before"]
    assert not answer.warnings[0].is_law, "the letter asks to take it into account and gives no count"


def test_what_follows_in_sum_is_said_by_both_ages_where_they_lead_apart():
    answer = lag_of(LAW, born(9), ON, dict.fromkeys(LINES, 6), 31)
    calendar, corrected = answer.sentence.split(" С поправкой на недоношенность: ")
    assert "тотальная, выраженная" in calendar
    assert corrected == "Отставания на целый эпикризный срок нет ни по одной линии развития."
    assert "С поправкой на недоношенность:" not in lag(20, weeks=36, active_speech=2).sentence


@pytest.mark.parametrize(("age", "weeks"), [(10, 37), (10, 40), (24, 30), (10, None)])
def test_nothing_is_corrected_for_those_born_in_time_or_older_than_two(age, weeks):
    answer = lag(age, weeks=weeks, active_speech=max(age - 3, 0))
    assert answer.corrected_months is None
    assert all(one.corrected_terms is None for one in answer.lines)


def test_before_the_term_the_corrected_age_is_zero():
    assert lag(1, weeks=28).corrected_months == 0


def test_a_half_filled_form_is_not_judged():
    answer = lag(24, active_speech=None, self_service=None)
    assert (answer.state, answer.lines, answer.sentence) == ("incomplete", (), "")
    assert [code for code, _ in answer.missing] == ["active_speech", "self_service"]
    assert lag_of(LAW, born(24), ON, {}).state == "incomplete"


@pytest.mark.parametrize("given", ["-1", "85", "1.5", "abc", "²", True, [3], "9" * 30, -3, 1.5])
def test_a_wrong_age_is_named_and_nothing_is_judged(given):
    answer = lag(24, active_speech=given)
    assert (answer.state, answer.lines, [one.line for one in answer.errors]) == ("wrong", (), ["active_speech"])


def test_unknown_lines_wrong_weeks_and_impossible_days_are_named():
    assert lag(24, telepathy=3).errors[0].line == "telepathy"
    for weeks in (10, 45, "сорок", "34,5"):
        assert lag(24, weeks=weeks).errors[0].line == "weeks_of_birth"
    assert lag_of(LAW, date(2026, 11, 22), ON, {}).state == "wrong"


def test_after_three_years_the_other_scale_is_named_and_after_four_nothing_is_counted():
    assert lag(36, active_speech=18).warnings == ()
    later = lag(40, active_speech=30)
    assert (later.state, [one.code for one in later.warnings]) == ("complete", ["until"])
    assert "другая шкала" in later.warnings[0].text
    assert lag(48).state == "other_scale"
    assert lag(48).lines == ()


def test_the_answer_is_ready_for_machines():
    answer = lag(30, weeks=30, active_speech=18)
    again = json.loads(json.dumps(answer.as_json(), ensure_ascii=False))
    assert again["lines"][3]["terms"] == 3
    assert again["lines"][3]["steps"] == [[30, 24], [24, 21], [21, 18]]
    assert again["pattern"]["clause"]


@given(MONTHS, MONTHS, MONTHS)
def test_a_lower_reached_age_never_gives_fewer_terms(age, one, other):
    assert counted(age, min(one, other)) >= counted(age, max(one, other))


@given(MONTHS, MONTHS, MONTHS)
def test_an_older_child_with_the_same_skills_never_has_fewer_terms(reached, one, other):
    assert counted(max(one, other), reached) >= counted(min(one, other), reached)


@given(MONTHS, MONTHS)
def test_terms_are_whole_do_not_overlap_and_lie_between_the_two_ages(age, reached):
    steps = whole_terms(LAW, reached, age)
    for step in steps:
        length = 1 if step.older <= 12 else 3 if step.older <= 24 else 6 if step.older <= 36 else 12
        assert step.older - step.younger == length
        assert reached <= step.younger < step.older <= age
    assert all(later.younger >= earlier.older for later, earlier in pairwise(steps))
    assert bool(steps) <= (reached < age)


@given(st.integers(0, 47), st.lists(st.integers(0, 60), min_size=7, max_size=7), st.none() | st.integers(22, 44))
def test_every_full_form_is_answered_with_clauses_and_the_same_twice(age, values, weeks):
    answer = lag_of(LAW, born(age), ON, dict(zip(LINES, values, strict=True)), weeks)
    assert answer == lag_of(LAW, born(age), ON, dict(zip(LINES, values, strict=True)), weeks)
    assert answer.state == "complete"
    assert answer.sentence
    assert all(one.clause for one in (*answer.reasons, *answer.warnings, *(line.meaning for line in answer.lines)))


@given(st.integers(0, 47))
def test_the_birthday_of_a_story_makes_the_age(months):
    assert age_on(born(months), ON).total_months == months
    assert add_years(born(0), 0) == ON
