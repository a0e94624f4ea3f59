"""Names are compared without regard to case, ё and one slip of the pen."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opora.people.children.querying import Span, read, span_of
from opora.people.children.spelling import (
    closest,
    normalise,
    one_typo_apart,
    probes,
    trigrams,
    words_of,
)

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
TODAY = date(2026, 11, 21)


@st.composite
def slips(draw, smallest=3):
    """A word and the same word with one typo."""
    word = draw(st.text(LETTERS, min_size=smallest, max_size=14))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    kind = draw(st.sampled_from(["change", "add", "drop", "swap"]))
    typed = {
        "change": word[:at] + letter + word[at + 1 :],
        "add": word[:at] + letter + word[at:],
        "drop": word[:at] + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[kind]
    return word, typed


@given(slips())
def test_one_slip_is_one_slip_whichever_way_it_is_read(pair):
    word, typed = pair
    assert one_typo_apart(word, typed)
    assert one_typo_apart(typed, word)


@given(slips())
def test_a_word_is_always_among_those_asked_for_after_one_slip(pair):
    word, typed = pair
    assume(len(typed) > 1)
    assert probes(typed) & trigrams(word)


@pytest.mark.parametrize(
    ("one", "other"), [("иванов", "ивонав"), ("петр", "петрова"), ("анна", "нана а"), ("мария", "дарьи"), ("", "аб")]
)
def test_two_slips_are_another_word(one, other):
    assert not one_typo_apart(one, other)


def test_normal_form_forgets_case_yo_and_apostrophes():
    assert normalise("Пётр О’Нил") == "петр онил"
    assert words_of("Римский-Корсаков", "Пётр", "Ильич Ильич") == ["римский", "корсаков", "петр", "ильич"]


def test_the_word_itself_stands_before_its_neighbours():
    assert closest("мария", ["марья", "мария", "дарья"], 12) == ["мария", "марья"]
    assert closest("ян", ["яна", "ян", "я", "ин"], 12) == ["ян", "яна"]


@pytest.mark.parametrize(
    "typed",
    [
        "15.01.2020",
        "15.1.2020",
        "15.01.20",
        "150120",
        "15012020",
        "2020-01-15",
        "15/01/2020",
        "15-01-2020",
        "15 января 2020 г.",
    ],
)
def test_a_birth_date_is_understood_in_any_usual_form(typed):
    day = date(2020, 1, 15)
    assert read(typed, TODAY).spans == (Span(day, day),)
    together = read(f"Данилов {typed} Миша", TODAY)
    assert together.words == ("данилов", "миша")
    assert together.spans == (Span(day, day),)


def test_a_year_a_month_and_a_birthday_are_understood():
    assert span_of("2020", TODAY) == Span(date(2020, 1, 1), date(2020, 12, 31))
    assert span_of("02.2020", TODAY) == Span(date(2020, 2, 1), date(2020, 2, 29))
    assert span_of("12.2020", TODAY) == Span(date(2020, 12, 1), date(2020, 12, 31))
    assert span_of("15.01", TODAY) == Span(day=15, month=1)
    assert span_of("150199", TODAY) == Span(date(1999, 1, 15), date(1999, 1, 15))


@pytest.mark.parametrize("typed", ["31.02.2020", "1501", "99.99", "123456789", "0"])
def test_numbers_that_are_no_date_stay_aside(typed):
    assert read(typed, TODAY).spans == ()
    assert read(typed, TODAY).rest


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_without_a_fault(text):
    typed = read(text, TODAY)
    assert len(typed.words) <= 12
    assert len(typed.spans) <= 3
