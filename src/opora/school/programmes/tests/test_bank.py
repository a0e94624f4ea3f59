"""The bank: without names, offered by age and problem, taken into a plan as editable text."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.refusals import Refusal
from opora.people.children.search import name_index
from opora.school.programmes.bank import Wanted, offered, sets_of, starter_items
from opora.school.programmes.deidentifying import same_name, without_names
from opora.school.programmes.models import Activity, BankItem
from opora.school.programmes.services.bank import (
    bank_fill,
    bank_item_restore,
    bank_item_retire,
    bank_item_save,
    bank_set_take,
    bank_take,
)
from opora.school.programmes.tests import drawing
from opora.school.programmes.tests.drawing import START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]


@pytest.fixture
def zhanna(school_cast):
    name_index(school_cast.misha)
    return school_cast.actor(school_cast.zhanna)


@pytest.mark.parametrize("title", ["Встречи с Мишей", "Занятия для Данилова", "занятия с данилов", "Помощь Игоревичу"])
def test_a_pupils_name_does_not_get_into_the_bank(zhanna, title):
    with pytest.raises(Refusal, match="имя или фамилия") as refused:
        bank_item_save(actor=zhanna, kind="activity", title=title)
    assert refused.value.field == "title"
    assert not BankItem.objects.exists()


@pytest.mark.parametrize("title", ["Мишень и стрелы: игра", "Занятия с психологом", "Данные наблюдения собраны"])
def test_ordinary_words_do(zhanna, title):
    assert bank_item_save(actor=zhanna, kind="activity", title=title).title == title


def test_names_in_cases():
    assert same_name("миша", "мишей")
    assert same_name("данилова", "даниловой")
    assert not same_name("миша", "мишень")


def test_the_text_of_a_child_is_offered_without_the_name(school_cast):
    text = "Беседы с Мишей Даниловым о ссорах, помощь маме"
    assert without_names(school_cast.misha, text) == "Беседы с обучающимся о ссорах, помощь маме"


def test_the_starter_set_fills_the_bank_once(zhanna):
    assert bank_fill(actor=zhanna) == len(starter_items()) >= 40
    assert bank_fill(actor=zhanna) == 0
    for item in BankItem.objects.all():
        item.full_clean()


def test_the_starter_set_serves_each_direction_and_audience():
    activities = [one for one in starter_items() if one["kind"] == "activity"]
    assert {one["direction"] for one in activities} == {"pedagogical", "psychological", "leisure", "medical", "social"}
    for direction in {one["direction"] for one in activities}:
        served = {one["audience"] for one in activities if one["direction"] == direction}
        assert served == {"pupil", "parents", "staff"}, direction
    assert all(one["measure"] and one["scale"] for one in starter_items() if one["kind"] == "criterion")


def test_an_item_is_offered_by_age_and_problem_and_taken(school_cast, zhanna):
    bank_fill(actor=zhanna)
    programme = drawing.whole_draft(school_cast)  # Миша is six
    found = offered(zhanna, programme, Wanted(kind="activity", problem="тревожность", audience="pupil"))
    assert all(one.age_from is None or one.age_from <= 6 for one in found.items)
    assert [one.problem for one in found.items] == ["тревожность"] * found.count

    line = bank_take(actor=zhanna, programme=programme, item=found.items[0], on=START)
    assert isinstance(line, Activity)
    assert (line.title, line.taken_from, line.starts_on) == (found.items[0].title, found.items[0], programme.starts_on)
    assert found.items[0].pk in offered(zhanna, programme, Wanted(kind="activity")).taken
    assert offered(zhanna, programme, Wanted(text="граф недописанный")).count == 0
    assert offered(zhanna, programme, Wanted(text="ТРЕВОЖ бесед", kind="activity")).count == 1


def test_every_kind_of_item_finds_its_place(school_cast, zhanna):
    bank_fill(actor=zhanna)
    programme = drawing.draft(school_cast)
    task = BankItem.objects.filter(kind="task").first()
    with pytest.raises(Refusal, match="сначала запишите цель"):
        bank_take(actor=zhanna, programme=programme, item=task, on=START)
    for kind in ("goal", "task", "activity", "criterion"):
        bank_take(actor=zhanna, programme=programme, item=BankItem.objects.filter(kind=kind).first(), on=START)
    assert [
        programme.goals.count(),
        programme.tasks.count(),
        programme.activities.count(),
        programme.criteria.count(),
    ] == [1] * 4


def test_a_set_begins_an_empty_plan_with_those_who_usually_answer(school_cast, zhanna):
    bank_fill(actor=zhanna)
    programme = drawing.draft(school_cast)
    with pytest.raises(Refusal, match="Выберите проблему"):
        bank_set_take(actor=zhanna, programme=programme, problem="", on=START)
    assert "тревожность" in sets_of(zhanna, programme)
    goal = bank_set_take(actor=zhanna, programme=programme, problem="тревожность", on=START)
    task = programme.tasks.get()
    assert task.goal == goal
    rows = {one.audience: one for one in programme.activities.all()}
    assert set(rows) == {"pupil", "parents", "staff"}
    assert {one.task for one in rows.values()} == {task}
    assert rows["pupil"].responsible is None, "the school has two psychologists: the curator says which"
    assert rows["parents"].responsible == programme.curator
    assert programme.criteria.count() == 1
    with pytest.raises(Refusal, match="уже начат"):
        bank_set_take(actor=zhanna, programme=programme, problem="тревожность", on=START)


def test_each_problem_of_the_starter_set_begins_a_whole_plan():
    kinds = {}
    for one in starter_items():
        if one.get("problem"):
            kinds.setdefault(one["problem"], set()).add((one["kind"], one.get("audience", "")))
    whole = {("goal", ""), ("task", ""), ("criterion", "")} | {
        ("activity", one) for one in ("pupil", "parents", "staff")
    }
    assert {problem: whole - found for problem, found in kinds.items() if whole - found} == {}


def test_a_retired_item_is_offered_no_more(school_cast, zhanna):
    item = bank_item_save(actor=zhanna, kind="goal", title="Ходит в школу с радостью")
    with pytest.raises(Refusal, match="уже есть"):
        bank_item_save(actor=zhanna, kind="goal", title="Ходит в школу с радостью")
    programme = drawing.draft(school_cast)
    bank_item_retire(actor=zhanna, item=item)
    assert offered(zhanna, programme, Wanted()).count == 0
    item.refresh_from_db()
    with pytest.raises(Refusal, match="больше не предлагают"):
        bank_take(actor=zhanna, programme=programme, item=item, on=START)
    bank_item_restore(actor=zhanna, item=item)
    assert offered(zhanna, programme, Wanted()).count == 1


def test_who_keeps_the_bank(school_cast, zhanna):
    item = bank_item_save(actor=zhanna, kind="goal", title="Ходит в школу с радостью")
    for user in (school_cast.tatiana, school_cast.daniil, school_cast.zakhar):
        with pytest.raises(PermissionDenied):
            bank_item_retire(actor=school_cast.actor(user), item=item)
