"""What the card knows already, in words of the facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.edition import edition
from opora.regulations.facts.card import Card, known_from_card
from opora.regulations.facts.reading import facts_read

ON = date(2026, 11, 22)


def known(
    recorded: dict[str, object] | None = None, born: date = date(2019, 5, 5), **card: object
) -> dict[str, object]:
    return dict(known_from_card(Card(born=born, on=ON, **card), recorded or {}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "group", "grade"),
    [
        ("primary", "1 «Б»", 1), ("primary", "4а", 4), ("basic", "10", 10), ("primary", " 2-й класс", 2),
        ("primary", "подготовительный", None), ("basic", "15 школа", None), ("primary", "2026", None),
        ("preschool", "группа 3 «Ромашка»", 0), ("vocational", "1 курс", None),
    ],
)  # fmt: skip
def test_the_class_is_read_from_the_place_of_study(level: str, group: str, grade: int | None) -> None:
    assert known(level=level, group=group).get("grade") == grade


def test_a_preschooler_of_school_age_has_no_level_until_somebody_says_where_the_child_goes() -> None:
    assert "level" not in known(level="preschool")
    assert known({"enters_school": True}, level="preschool")["level"] == "primary"
    assert known({"enters_school": False}, level="preschool")["level"] == "preschool"
    assert known(level="preschool", born=date(2022, 5, 5))["level"] == "preschool"
    assert "level" not in known(level="none")
    assert known({"enters_school": True}, level="none")["level"] == "primary"


def test_a_child_of_six_who_attends_nothing_is_no_pupil_yet() -> None:
    assert known(level="none", born=date(2020, 1, 15))["grade"] == 0
    assert "grade" not in known(level="none", born=date(2018, 1, 15)), "may learn at home"
    assert "grade" not in known(born=date(2020, 1, 15)), "nobody said where the child is"


def test_early_help_ends_at_three() -> None:
    assert known(level="early", born=date(2024, 5, 5))["level"] == "early"
    assert "level" not in known(level="early", born=date(2022, 5, 5))


def test_whoever_ends_a_level_goes_to_another_one() -> None:
    assert known(level="basic", group="9А", born=date(2011, 3, 3))["level"] == "basic"
    assert "level" not in known({"leaving_grade": True}, level="basic", group="9А", born=date(2011, 3, 3))


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("русский", "russian"), ("Русский язык", "russian"), ("русский, татарский", "bilingual"),
        ("татарский и русский", "bilingual"), ("двуязычие", "bilingual"), ("узбекский", "other"), ("", None),
        ("—", None),
    ],
)  # fmt: skip
def test_the_language_of_the_family(words: str, language: str | None) -> None:
    assert known(home_language=words).get("home_language") == language


def test_codes_and_disability_are_known_only_when_they_are_there() -> None:
    assert known(icd10=("F80.1", "F80.1"), disabled=True) == {"icd10": ("F80.1",), "disability": True}
    assert known() == {}


@given(
    st.sampled_from(("", "early", "preschool", "primary", "basic", "secondary", "vocational", "none")),
    st.text(max_size=12), st.text(max_size=20), st.dates(date(2005, 1, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_whatever_stands_in_the_card_becomes_facts_that_may_be_recorded(
    level: str, group: str, language: str, born: date
) -> None:
    found = known(level=level, group=group, home_language=language, born=born)
    assert facts_read(edition("2016"), found) == (found, [])
