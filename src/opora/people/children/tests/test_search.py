"""Анна finds a child however the name is typed, and Захар finds nobody of hers."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.foundation.accounts.actors import SystemActor
from opora.people.children.models import Child, NameTrigram, NameWord
from opora.people.children.search import children_find, children_matching, index_rebuild
from opora.people.children.services import child_change, child_register

TODAY = date(2026, 11, 21)
NAMES = [
    ("Данилов", "Миша", "Игоревич"), ("Данилова", "Мария", "Игоревна"), ("Ёлкин", "Пётр", "Семёнович"),
    ("Римская-Корсакова", "Анна", "Львовна"), ("Иванова", "Анна", "Борисовна"), ("Иванов", "Александр", "Петрович"),
    ("Петров", "Иван", "Александрович"), ("Гаджиев", "Али", "Магомед оглы"), ("Ким", "Ева", ""),
    ("Шереметьева", "Ксения", "Вячеславовна"), ("О’Нил", "Патрик", ""), ("Соловьёв", "Артём", "Артёмович"),
]  # fmt: skip


@pytest.fixture
def register(cast):
    """A dozen children in the register of the commission."""
    machine = SystemActor(cast.commission)
    return [
        child_register(
            actor=machine, last_name=last, first_name=first, middle_name=middle,
            sex="female" if middle.endswith("на") else "male", birth_date=date(2018 + at % 3, 1 + at, 10 + at),
        )
        for at, (last, first, middle) in enumerate(NAMES)
    ]  # fmt: skip


@pytest.fixture
def find(cast):
    actor = cast.actor(cast.anna)
    return lambda text: children_find(actor, text, today=TODAY)


def slip(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    letter = dice.choice("аеинотрсвл")
    return dice.choice([
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ])  # fmt: skip


def test_any_order_of_the_words_and_one_slip_in_one_of_them_find_the_child(register, find):
    dice = random.Random(7)
    for child in register:
        words = child.full_name.split()
        for _ in range(15):
            typed = words[:]
            dice.shuffle(typed)
            at = dice.randrange(len(typed))
            typed[at] = slip(typed[at], dice)
            query = " ".join(typed)
            query = dice.choice([query, query.upper(), query.lower(), query.replace("ё", "е")])
            assert child in find(query), query


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("елкин", "Ёлкин"), ("ПЁТР ЕЛКИН", "Ёлкин"), ("корсакова римская", "Римская-Корсакова"), ("дан миш", "Данилов"),
        ("шерем", "Шереметьева"), ("Данилов М", "Данилов"), ("данилов м. и.", "Данилов"), ("онил", "О’Нил"),
        ("10.01.2018", "Данилов"), ("данилов 2018", "Данилов"), ("100118 мишка", "Данилов"),
        ("Данилов 2019", "Данилова"),
        ("иванова анна", "Иванова"), ("ксения 19 октября 2018", None), ("ксения 19.10.2018", "Шереметьева"),
    ],
)  # fmt: skip
def test_usual_ways_to_type(register, find, typed, who):
    found = find(typed)
    if typed == "дан миш":  # only the last word is taken for a beginning
        assert found == []
    elif who is None:
        assert found in ([], [register[9]])
    else:
        assert found[0].last_name == who


def test_what_is_exact_stands_first(register, find):
    assert [child.last_name for child in find("Иванова")] == ["Иванова", "Иванов"]
    assert find("Иванов")[0].last_name == "Иванов"


def test_what_cannot_be_understood_finds_nobody(register, find):
    for typed in ("цкщшгнъ", "99.99.9999", "данилов цкщшгнъ", "цкщшгнъ'; --"):
        assert find(typed) == [], typed


def test_a_child_is_found_by_the_former_surname(cast, register, find):
    child_change(actor=cast.actor(cast.anna), child=register[4], last_name="Смирнова")
    assert find("Иванова Анна") == [register[4]]
    assert find("смирнова") == [register[4]]


def test_zakhar_finds_nobody_of_another_commission(cast, register):
    assert children_find(cast.actor(cast.zakhar), "Данилов", today=TODAY) == []
    assert children_find(cast.actor(cast.nina), "Данилов", today=TODAY) == []


def test_rebuilding_gives_the_same_index(cast, register, find):
    words = set(NameWord.objects.values_list("child", "word"))
    pieces = set(NameTrigram.objects.values_list("trigram", "word"))
    Child.objects.update(search_name="")
    assert index_rebuild(cast.commission) == len(register)
    assert set(NameWord.objects.values_list("child", "word")) == words
    assert set(NameTrigram.objects.values_list("trigram", "word")) == pieces
    assert not Child.objects.filter(search_name="").exists()


@pytest.mark.parametrize("typed", ["данлиов", "данлиов миша игоревич", "иванова анна борисовна 2018", "и"])
def test_a_search_costs_three_queries_whatever_is_typed(cast, register, typed):
    rows = Child.objects.visible_to(cast.actor(cast.anna))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(children_matching(rows, typed, organisation=cast.commission, today=TODAY))
    assert len(queries) <= 3
