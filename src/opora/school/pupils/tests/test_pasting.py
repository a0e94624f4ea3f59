"""What is recognised in a pasted list."""

from __future__ import annotations

from datetime import date

import pytest

from opora.school.pupils import titles
from opora.school.pupils.pasting import LONGEST, read

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "Данилов\tМиша\tИгоревич\t15.01.2016",
        "1\tДанилов\tМиша\tИгоревич\t15.01.2016\tм",
        "1. Данилов Миша Игоревич 15.01.2016",
        "ДАНИЛОВ МИША ИГОРЕВИЧ;15.01.16;муж.",
        "Данилов Миша Игоревич  15/01/2016 г.",
        "Данилов Миша Игоревич\tм\t2016-01-15 00:00:00",
        "  Данилов  Миша  Игоревич  15.1.2016  ",
    ],
)
def test_a_child_is_recognised_however_the_columns_stand(text):
    (line,) = read(text, TODAY)
    assert (line.error, line.full_name, line.birth_date, line.sex) == (
        "", "Данилов Миша Игоревич", date(2016, 1, 15), "male",
    )  # fmt: skip


def test_a_representative_and_a_telephone_after_the_date():
    (line,) = read("Данилов Миша Игоревич\t15.01.2016\tмама: Данилова Дарья Петровна\t8 900 123-45-67", TODAY)
    assert (line.guardian_name, line.kinship, line.phone) == (
        "Данилова Дарья Петровна", "mother", "+7 (900) 123-45-67",
    )  # fmt: skip


def test_a_heading_and_blank_lines_are_no_children():
    lines = list(read("№\tФамилия\tИмя\tДата рождения\n\nДанилов\tМиша\t15.01.2016\tм\n\n", TODAY))
    assert [(one.number, one.full_name) for one in lines] == [(3, "Данилов Миша")]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Данилов Миша Игоревич", "Не видно даты рождения: нужна вида 15.01.2016."),
        ("Данилов 15.01.2016", "Не видно фамилии и имени ребёнка."),
        ("Данилов Миша 15.01.2016", "Не понять пол: добавьте после имени «м» или «ж»."),
        ("Данилов Миша Игоревич 31.02.2016", "Не видно даты рождения: нужна вида 15.01.2016."),
        ("Данилов Миша Игоревич 15.01.2027", "Дата рождения ещё не наступила."),
        ("=HYPERLINK(1) 2 15.01.2016", "В имени могут быть только буквы, дефис, пробел, точка и апостроф."),
        ("Данилов Миша Игоревич 15.01.2016 Данилова Дарья 1234567890123", "Телефон"),
    ],
)
def test_what_is_missing_is_said_beside_the_line(text, error):
    (line,) = read(text, TODAY)
    assert line.error.startswith(error)


def test_of_an_endless_list_the_first_lines_are_read():
    assert len(list(read("Данилов Миша Игоревич 15.01.2016\n" * 5000, TODAY))) == LONGEST


@pytest.mark.parametrize("typed", ["4а", "4 А", "4-а", "4 «А»", '4 "а" класс', "04а"])
def test_a_class_has_one_title_however_it_is_typed(typed):
    assert titles.class_title(typed) == "4 «А»"


def test_titles_of_the_next_year():
    assert [titles.title_after(one) for one in ("4 «А»", "9 «Б»", "10", "11 «А»", "Ромашка")] == [
        "5 «А»", "10 «Б»", "11", "", "Ромашка",
    ]  # fmt: skip
    assert titles.year_of(date(2026, 8, 31)) == 2025
    assert titles.year_title(2026) == "2026/27"
    assert titles.level_of("5 «А»") == "basic"
    assert titles.level_of("Ромашка") == "preschool"
