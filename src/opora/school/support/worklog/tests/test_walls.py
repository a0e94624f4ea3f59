"""What the log keeps apart: words that name nobody, reasons that are codes, rows of another school."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.models import Position
from opora.foundation.audit.models import Event
from opora.school.support.materials.models import Material
from opora.school.support.worklog import services
from opora.school.support.worklog.checking import require_nameless
from opora.school.support.worklog.models import WorkEntry

from .stage import TODAY, group_of, lesson_of, logged, work
from .test_entries import refused


@pytest.mark.parametrize(
    "words",
    [
        {"topic": "Ссора: Данилов"}, {"topic": "Память", "content": "С Даниловым говорили о школе"},
        {"topic": "Память", "outcome": "Передано классному руководителю Данилова."},
    ],
)  # fmt: skip
def test_words_that_outlive_the_card_name_no_child_of_the_entry(people, words):
    refused("named", lambda: logged(people, people.misha, **words))
    assert not WorkEntry.objects.exists()


@pytest.mark.parametrize(
    ("surname", "said", "is_named"),
    [
        ("Белая", "Занимались с Белой", True), ("Горький", "Видели Горького", True), ("Ким", "Ким молчал", True),
        ("Ли", "Спросили, был ли он", False), ("Кроль", "Кролю трудно", True), ("Мороз", "Тема: мороз и снег", False),
        ("Данилова", "Беседа с Даниловой", True), ("Уваров", "Уваровская школа", False), ("Ким", "Кимоно", False),
    ],
)  # fmt: skip
def test_a_surname_is_known_in_any_case_and_a_common_word_is_not_one(people, surname, said, is_named):
    people.misha.last_name = surname
    if is_named:
        refused("named", lambda: require_nameless([said], [people.misha], people.school))
    else:
        require_nameless([said], [people.misha], people.school)


@pytest.mark.parametrize(
    ("surname", "said", "is_named"),
    [
        ("Уваров", "Ссора с Уваровым", True), ("Уваров", "Уваров ушёл. Потом вернулся", True),
        ("Уваров", "Уваровская школа", False), ("Уваров", "уваров", False),
        ("Заяц", "Заяц и лиса: пересказ. Заяц — герой", False), ("Заяц", "Разговор о том, что сделал Заяц", True),
        ("Соловьёва", "Беседа с Соловьевой", True), ("Ёлкин", "Помог Елкину", True),
        ("Петров-Водкин", "Обсудили Водкина", True),
        ("Ли", "Ли: ли, с Ли", False), ("Иванов", "Методика Ивановой", True), ("Иванова", "Методика «Ивановой»", True),
        ("Мороз", '"Мороз и мы": чтение', False), ("Мороз", "Читали «Дед Мороз»", False),
        ("Мороз", "Сказка „Дед Мороз“", False), ("Мороз", "Сказка “Дед Мороз”, рисунок", False),
        ("Мороз", "Читали «Зима», помог Мороз", True), ("Мороз", 'Игра "а" Мороз "б"', True),
        ("Мороз", "Начал «Мороз", True), ("Уваров", "Программа «Мы и Уваров»", True),
    ],
)  # fmt: skip
def test_what_may_be_the_surname_of_another_pupil_is_asked_about(people, surname, said, is_named):
    people.lev.last_name = surname
    people.lev.save()
    for children in ([people.misha], []):
        if is_named:
            raised = refused("surname", lambda among=children: require_nameless([said], among, people.school))
            assert "похоже на фамилию" in raised.message
            assert "Лев" not in raised.message
        else:
            require_nameless([said], children, people.school)
    require_nameless([said], [], people.other)


@pytest.mark.parametrize(
    ("surname", "said", "advice"),
    [("Мороз", "Читали Дед Мороз", "возьмите слово в кавычки"), ("Бажов", "Сказка «Бажова»", "без этого слова")],
)  # fmt: skip
def test_the_advice_helps(people, surname, said, advice):
    people.lev.last_name = surname
    people.lev.save()
    assert advice in refused("surname", lambda: require_nameless([said], [], people.school)).message
    require_nameless(["Читали «Дед Мороз»", "Сказка уральских мастеров"], [], people.school)


def test_words_that_stood_before_a_child_came_block_no_other_change(people):
    entry = logged(people, topic="Сказка Бажова")
    people.lev.last_name = "Бажов"
    people.lev.save()

    def change(**changes):
        services.entry_change(actor=people.actor(people.polina), entry=entry, work=work(people.misha, **changes))

    change(topic="Сказка Бажова", minutes=20)
    assert WorkEntry.objects.get().minutes == 20
    refused("surname", lambda: change(topic="Сказка Бажова, пересказ"))
    refused("surname", lambda: change(topic="Сказка Бажова", content="Помог Бажов"))
    refused("named", lambda: services.entry_change(
        actor=people.actor(people.polina), entry=entry, work=work(people.lev, topic="Сказка Бажова")
    ))  # fmt: skip


def test_an_unchanged_word_of_a_draft_is_asked_about_when_it_is_finished(people):
    polina, words = people.actor(people.polina), work(people.misha, topic="Ссора с Уваровым")
    draft = services.draft_keep(actor=polina, on=TODAY, work=words)
    refused("surname", lambda: services.entry_record(actor=polina, on=TODAY, work=words, draft=draft))


def test_the_planned_topic_may_be_put_back(people):
    lesson = lesson_of(group_of(people, people.misha, title="Сказки о том, что видел Уваров"))
    polina = people.actor(people.polina)
    entry = services.lesson_log(actor=polina, lesson=lesson, topic="Сказки")
    for topic in ("Сказки Уварова", f"{lesson.group.title} и лев"):
        changed = work(people.misha, kind="group", topic=topic)
        refused("surname", lambda work=changed: services.entry_change(actor=polina, entry=entry, work=work))
    services.entry_change(actor=polina, entry=entry, work=work(people.misha, kind="group", topic=lesson.group.title))
    assert WorkEntry.objects.get().topic == lesson.group.title


def test_a_text_of_capital_letters_alone_is_read_too(people):
    letters = "абвгдежзиклмнопрстуфхцчшщэюя"
    said = " ".join(f"Слово {a.upper()}{b}{c}ть" for a in letters for b in letters for c in "аеи")
    require_nameless([said], [], people.school)
    refused("surname", lambda: require_nameless([f"{said} Уварову"], [], people.school))


def test_a_topic_of_the_programme_is_no_name_of_a_pupil(people, django_assert_num_queries):
    lesson = lesson_of(group_of(people, people.misha, title="Сказки о том, что видел Уваров"))
    with django_assert_num_queries(0):
        require_nameless(["Внимание и память. Счёт до ста", ""], [people.misha], people.school)
    polina = people.actor(people.polina)
    refused("surname", lambda: services.lesson_log(actor=polina, lesson=lesson, content="Играл с Уваровым"))
    assert services.lesson_log(actor=polina, lesson=lesson).topic == lesson.group.title


def test_a_lesson_is_logged_without_names_too(people):
    lesson = lesson_of(group_of(people, people.misha))
    polina = people.actor(people.polina)
    refused("named", lambda: services.lesson_log(actor=polina, lesson=lesson, topic="Данилов плакал"))
    services.lesson_log(actor=polina, lesson=lesson)


def test_the_reason_of_a_change_is_a_code_that_names_nobody(people):
    entry = logged(people)
    head = people.actor(people.irina)
    refused("reason", lambda: services.entry_remove(actor=head, entry=entry, reason="Данилов не приходил"))
    services.entry_remove(actor=head, entry=entry, reason="person")
    said = [str(one.details) for one in Event.objects.filter(code="work.removed")]
    assert any("не тот ребёнок" in one for one in said)
    assert not any("Данилов" in one for one in said)


def test_rows_of_another_school_do_not_come_in(people):
    elsewhere = Position.objects.filter(user=people.zakhar).first().organisation
    foreign = Material.objects.create(
        organisation=elsewhere, kind="method", title="Чужая методика", direction="diagnostics",
        status="in_use",
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        logged(people, material=foreign)
