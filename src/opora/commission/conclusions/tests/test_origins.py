"""Lines of a section against what was taken into it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.commission.conclusions.catalogue import blanks_in
from opora.commission.conclusions.origins import MOST_LINES, origins_of

TAKEN = {"loupe": "Увеличительная лупа на рабочем месте", "light": "Дополнительное освещение рабочего места"}
texts = st.text(alphabet="абв ё.\n🙂", max_size=60)
shelves = st.dictionaries(st.text("xyz", min_size=1, max_size=3), texts, max_size=4)


def kinds(text, taken=TAKEN):
    return [line.kind for line in origins_of(text, taken).lines]


def test_nothing_is_said_where_nothing_was_taken():
    assert not origins_of("Свои слова", {})
    assert origins_of("", TAKEN).words == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Увеличительная лупа на рабочем месте", ["catalogue"]),
        ("  увеличительная  лупа на рабочем месте. ", ["catalogue"]),
        ("Увеличительная лупа на рабочем месте, 3х", ["changed"]),
        ("Лупа на рабочем месте", ["changed"]),
        ("Стол у окна", ["own"]),
        ("Свои слова\n\nДополнительное освещение рабочего места", ["own", "catalogue"]),
        ("Увеличительная лупа на рабочем месте\nУвеличительная лупа на рабочем месте", ["catalogue", "own"]),
    ],
)
def test_kinds_of_lines(text, expected):
    assert kinds(text) == expected


def test_a_changed_line_remembers_what_it_was_and_the_words_count_all():
    found = origins_of("Лупа на рабочем месте\nДополнительное освещение рабочего места\nраз\nдва\nтри", TAKEN)
    assert found.lines[0].original == TAKEN["loupe"]
    assert found.present == {"loupe", "light"}
    assert found.words == "из каталога: 1, изменено после вставки: 1, своими словами: 3\u00a0строки"


def test_a_taken_text_of_several_lines_counts_line_by_line():
    assert kinds("первая строка\nвторая строка", {"two": "первая строка\nвторая строка"}) == ["catalogue"] * 2


@given(texts, shelves)
def test_every_line_has_one_origin_and_each_taken_line_is_used_once(text, taken):
    found = origins_of(text, taken)
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(found.lines) == (len(lines) if taken else 0)
    pieces = sum(len([one for one in text.splitlines() if one.strip()]) for text in taken.values())
    assert found.count("catalogue") + found.count("changed") <= pieces
    assert origins_of(text, dict(taken)) == found


@given(shelves)
def test_what_was_taken_and_left_alone_is_all_from_the_catalogue(taken):
    text = "\n".join(taken.values())
    assert {line.kind for line in origins_of(text, taken).lines} <= {"catalogue"}


def test_a_very_long_text_is_told_in_short_and_in_time():
    text = "\n".join(f"строка номер {number} о рабочем месте ребёнка" for number in range(5000))
    began = time.perf_counter()
    found = origins_of(text, {str(number): f"место ребёнка {number}" for number in range(100)})
    assert len(found.lines) == MOST_LINES
    assert time.perf_counter() - began < 2


def test_places_to_be_filled_in_are_found_once():
    assert blanks_in("[указать: какое] и [указать: какое], [указать]; готово") == ["[указать: какое]", "[указать]"]
