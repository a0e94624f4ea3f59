"""Dates, ages, numerals and spaces that do not break."""

from datetime import date

import pytest

from opora.foundation.ui import typography
from opora.foundation.ui.templatetags import opora

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 детей"), (1, "1 ребёнок"), (2, "2 ребёнка"), (5, "5 детей"), (11, "11 детей"), (14, "14 детей"),
        (21, "21 ребёнок"), (22, "22 ребёнка"), (111, "111 детей"), (12345, f"12{NBSP}345 детей"),
    ],
)  # fmt: skip
def test_numerals_are_declined(number, words):
    assert typography.plural(number, "ребёнок,ребёнка,детей") == words.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("born", "on", "words"),
    [
        (date(2020, 1, 21), date(2026, 11, 21), "6 лет 10 мес."),
        (date(2020, 1, 22), date(2026, 11, 21), "6 лет 9 мес."),
        (date(2020, 11, 21), date(2026, 11, 21), "6 лет"),
        (date(2025, 11, 21), date(2026, 11, 21), "1 год"),
        (date(2026, 3, 1), date(2026, 11, 21), "8 мес."),
        (date(2020, 2, 29), date(2027, 2, 28), "7 лет"),
        (date(2020, 1, 31), date(2020, 2, 29), "1 мес."),
        (date(1980, 5, 1), date(2026, 11, 21), "46 лет"),
        (date(2027, 5, 1), date(2026, 11, 21), "ещё не родился"),
    ],
)
def test_age_is_in_full_years_and_months(born, on, words):
    assert typography.age(born, on).replace(NBSP, " ") == words


def test_long_date_does_not_break():
    assert opora.ru_date_long(date(2026, 11, 21)) == f"21{NBSP}ноября{NBSP}2026{NBSP}г."
    assert opora.ru_date(date(2026, 1, 5)) == "05.01.2026"
    assert opora.ru_date(None) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("дело № 12", "дело №_12"),
        ("по п. 2.3 письма", "по_п._2.3 письма"),
        ("Иванова А. Б. пришла", "Иванова_А._Б. пришла"),
        ("А. Б. Иванова", "А._Б._Иванова"),
        ("6 лет 10 мес.", "6_лет 10_мес."),
        ("заключение — в деле", "заключение_— в_деле"),
        ("слово-слово", "слово-слово"),
        ("", ""),
    ],
)
def test_spaces_that_must_not_break(typed, kept):
    assert typography.typograph(typed) == kept.replace("_", NBSP)


def test_markup_stays_escaped_after_typography():
    from django.template import Context, Template

    drawn = Template("{{ text|typograph }}").render(Context({"text": "<b>№ 1</b>"}))
    assert drawn == f"&lt;b&gt;№{NBSP}1&lt;/b&gt;"
