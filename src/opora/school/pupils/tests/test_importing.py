"""A class list as a strange table: columns are guessed, errors told by row, and the list is entered whole or not."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from opora.foundation.access.refusals import Refusal
from opora.people.children.models import Child, Guardian
from opora.school.pupils import columns, ending, services, tasks
from opora.school.pupils.lines import state_of
from opora.school.pupils.models import ClassListImport, Placement, SchoolClass
from opora.school.pupils.services import importing
from opora.school.pupils.tables import read_cells

pytestmark = pytest.mark.usefixtures("known_day")
TODAY = date(2026, 11, 21)
STRANGE = [
    ["Список обучающихся", None, None, None],
    ["№", "Телефон мамы", "Ф.И.О. ученика", "Др", "Мама", "Адрес проживания", "Кружок"],
    [1, "мама 8 900 123-45-67", "НОВИКОВ Иван Ильич", datetime(2016, 1, 15), "Новикова Анна Львовна", "Садовая, 1", ""],
    [2, 89001234567, "Новикова Яна Ильинична", "15.01.2016", "Новикова Анна Львовна", None, "хор"],
    [3, None, "Орлов Пётр Олегович", "2016-03-02", None, None, None],
    [4, None, "Павлов Олег Ильич", "3 мая 2016 г.", "Павлов Илья Ильич, Павлова Ольга Олеговна", None, None],
    [None, None, None, None],
]
CSV = "Фамилия;Имя;Отчество;Дата;Класс;Пол\nРощин;Глеб;;05/06/2016;4а;м\nСомова;Ия;Игоревна;42530;9 «Ж»;\n"


def book(rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def file(rows=STRANGE, name="список.xlsx"):
    data = rows.encode("cp1251") if isinstance(rows, str) else book(rows) if isinstance(rows, list) else rows
    return SimpleUploadedFile(name, data)


@pytest.fixture
def elena(school_cast, as_user):
    return as_user(school_cast.elena)


def at(name, row):
    return reverse(f"pupils:{name}", args=[row.public_id])


def brought(cast, rows=STRANGE, room=True):
    return services.class_list_bring(
        actor=cast.actor(cast.elena), school_class=cast.four_a if room else None, upload=file(rows)
    )


def read(cast, rows=STRANGE, room=True):
    table = brought(cast, rows, room)
    return services.class_list_map(
        actor=cast.actor(cast.elena), table=table, columns=table.columns, start=tasks.start
    )  # fmt: skip


def confirm(cast, table, looked_at=(), left_out=()):
    return services.class_list_confirm(
        actor=cast.actor(cast.elena), table=table, looked_at=looked_at, left_out=left_out, start=tasks.start
    )  # fmt: skip


def test_columns_are_known_by_strange_titles_and_by_what_stands_in_them():
    cells = [["" if one is None else str(one) for one in row] for row in STRANGE[:2]]
    cells += [["1", "89001234567", "Новиков Иван Ильич", "15.01.2016", "Новикова Анна Львовна", "Садовая, 1", ""]]
    assert columns.head_of(cells) == 1
    assert columns.guessed(cells, 1, TODAY) == ["", "phone", "name", "born", "guardian", "address", ""]
    bare = [["Рощин Глеб Львович", "05.06.2016", "м", "4а", "8 900 123 45 67", "Рощина Ия Львовна"]] * 3
    assert columns.head_of(bare) == -1
    assert columns.guessed(bare, -1, TODAY) == ["name", "born", "sex", "room", "phone", "guardian"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.01.2016", date(2016, 1, 15)), ("15/1/16", date(2016, 1, 15)), ("2016-01-15", date(2016, 1, 15)),
        ("15 января 2016 г.", date(2016, 1, 15)), ("42384", date(2016, 1, 15)),
        ("15.01.2016 0:00:00", date(2016, 1, 15)),
        ("31.02.2016", None), ("2016", None), ("", None), ("Иванов", None), ("01.2016", None), ("15.01", None),
    ],
)  # fmt: skip
def test_a_birth_date_is_read_in_any_usual_form(text, day):
    assert columns.day_of(text, TODAY) == day


def test_a_strange_table_is_entered_whole(school_cast):
    table = read(school_cast)
    assert [line["fault"] for line in table.lines] == ["", "", "", ""]
    assert table.lines[0]["guardian"] == ["Новикова", "Анна", "Львовна"]
    assert table.lines[3]["guardian"] == ["Павлов", "Илья", "Ильич"]
    done = confirm(school_cast, table)
    assert (done.state, done.lines, done.cells) == ("done", [], [])
    there = Placement.objects.present().filter(school_class=school_cast.four_a)
    assert set(there.values_list("child__last_name", flat=True)) >= {"Новиков", "Новикова", "Орлов", "Павлов"}
    ivan = Child.objects.get(last_name="Новиков", first_name="Иван")
    assert (ivan.birth_date, ivan.sex, ivan.registered_address) == (date(2016, 1, 15), "male", "Садовая, 1")
    assert Guardian.objects.filter(last_name="Новикова", first_name="Анна").count() == 1, "twins have one mother"
    assert Guardian.objects.get(last_name="Новикова").phone == "+7 (900) 123-45-67"


def test_a_list_of_many_classes_makes_those_that_are_missing(school_cast):
    table = read(school_cast, CSV, room=False)
    assert [line["fault"] for line in table.lines] == ["", ""]
    confirm(school_cast, table)
    made = SchoolClass.objects.get(title="9 «Ж»")
    assert (made.year, made.level) == (2026, "basic")
    assert Placement.objects.get(child__last_name="Рощин").school_class == school_cast.four_a
    assert Child.objects.get(last_name="Сомова").birth_date == date(2016, 6, 9)


@pytest.mark.parametrize("head", ["ФИО;Дата рождения;Адрес\n", ""])
def test_an_address_with_commas_parts_no_columns(school_cast, head):
    rows = "".join(f"Рощин Глеб Ильич;0{day}.06.2016;г. Пермь, ул. Садовая, д. {day}, кв. 5\n" for day in range(1, 8))
    table = brought(school_cast, f"{head}{rows}")
    assert table.columns[:2] == ["name", "born"]
    assert table.cells[-1] == ["Рощин Глеб Ильич", "07.06.2016", "г. Пермь, ул. Садовая, д. 7, кв. 5"]


@pytest.mark.parametrize("parted", [";", "\t", ","])
def test_any_usual_separator_is_found(parted):
    rows = [["ФИО", "Дата рождения", "Телефон"], ["Рощин Глеб Ильич", "05.06.2016", ""],
            ["Сомова Ия", "06.06.2016", '"8 900; 8 901, 8 902"']]  # fmt: skip
    cells = read_cells("\n".join(parted.join(row) for row in rows).encode(), "список.csv")
    assert [row[:2] for row in cells] == [row[:2] for row in rows]
    assert cells[2][2] == "8 900; 8 901, 8 902"


@pytest.mark.parametrize(
    ("name", "born", "state"),
    [
        ("Королёв Артём Ильич", "05.06.2016", "bad"), ("Королев Артем Ильич", "05.06.2016", "bad"),
        ("Артем Королев Ильич", "05.06.2016", "bad"), ("КОРОЛЁВ АРТЁМ ИЛЬИЧ", "05.06.2016", "bad"),
        ("Каролев Артём Ильич", "05.06.2016", "likely"), ("Королев Артем", "05.06.2016", "likely"),
        ("Королев Артём Ильич", "06.06.2016", "likely"), ("Королев Артём Ильич", "06.07.2017", ""),
        ("Королёва Яна Ильинична", "05.06.2016", ""), ("Королёв Пётр Ильич", "05.06.2016", ""),
    ],
)  # fmt: skip
def test_the_same_child_twice_in_a_list_is_seen_whatever_the_spelling(school_cast, name, born, state):
    rows = [["ФИО", "Дата рождения", "Пол"], ["Королёв Артём Ильич", "05.06.2016", "м"], [name, born, "м"]]
    table = read(school_cast, rows)
    assert [state_of(line) for line in table.lines] == ["", state]


def test_a_likely_pair_inside_a_list_is_decided_by_a_person(school_cast, elena):
    rows = [["ФИО", "Дата рождения", "Пол"], ["Королёв Артём Ильич", "05.06.2016", "м"],
            ["Каролёв Артём Ильич", "05.06.2016", "м"]]  # fmt: skip
    table, before = read(school_cast, rows), Child.objects.count()
    page = elena.get(at("class_list", table)).content.decode()
    assert "строка 2: Королёв Артём Ильич, 05.06.2016" in page
    with pytest.raises(Refusal, match="строки 3"):
        confirm(school_cast, table)
    again = read(school_cast, rows)
    assert confirm(school_cast, table, left_out=[2]).done == 1, "the row above is not entered: nobody is alike"
    Child.objects.filter(last_name="Каролёв").delete()
    assert confirm(school_cast, again, looked_at=["row-2"]).done == 2
    assert Child.objects.count() == before + 2


def test_a_row_without_a_name_is_told_and_a_blank_one_is_not(school_cast):
    rows = [["№", "Фамилия", "Имя", "Дата рождения", "Пол"], [1, "Королёв", "Артём", "05.06.2016", "м"],
            [2, None, None, "07.07.2016", "ж"], [3, None, None, None, None]]  # fmt: skip
    table = read(school_cast, rows)
    assert [(line["n"], line["fault"]) for line in table.lines] == [(2, ""), (3, "Не видно фамилии и имени ребёнка.")]


def test_only_those_who_were_entered_are_counted(school_cast, elena):
    born = f"{school_cast.misha.birth_date:%d.%m.%Y}"
    rows = [["ФИО", "Дата рождения"], ["Данилов Миша Игоревич", born], ["Рощин Глеб Львович", "05.06.2016"]]
    table = read(school_cast, rows)
    assert table.lines[0]["now"] == "4 «А»"
    page = elena.post(at("class_list_confirm", table), follow=True)
    said = "1\u00a0ребёнок; уже были в\u00a0классе: 1."
    assert [str(one) for one in page.context["messages"]] == [f"Внесено: {said}"]
    assert said in elena.get(at("class_list", table)).content.decode()
    rows[2] = ["Сомов Пётр Павлович", "07.08.2016"]
    assert confirm(school_cast, read(school_cast, rows[::2])).done == 1


def test_a_list_thrown_away_while_it_is_compared_stays_thrown_away(school_cast, monkeypatch):
    table = brought(school_cast)
    ClassListImport.objects.filter(pk=table.pk).update(state="checking")
    actor, plain = school_cast.actor(school_cast.elena), importing.compare

    def cancelling(*told):
        if not ClassListImport.objects.filter(pk=table.pk, state="cancelled").exists():
            services.class_list_cancel(actor=actor, table=table)
        plain(*told)

    monkeypatch.setattr(importing, "compare", cancelling)
    tasks.work_on_class_list.call(table.organisation_id, table.public_id)
    table.refresh_from_db()
    assert (table.state, table.lines, table.cells) == ("cancelled", [], [])
    monkeypatch.setattr(importing, "compare", lambda *told: cancelling(*told) or 1 / 0)
    table.state, table.cells = "checking", [["ФИО", "Дата рождения"], ["Рощин Глеб", "05.06.2016"]]
    table.head, table.columns = 0, ["name", "born"]
    table.save()
    with pytest.raises(ZeroDivisionError):
        tasks.work_on_class_list.call(table.organisation_id, table.public_id)
    table.refresh_from_db()
    assert table.state == "cancelled", "work that broke off afterwards changes nothing either"


def test_columns_are_chosen_anew_after_the_rows_were_read(school_cast, elena):
    table = read(school_cast)
    page = elena.get(at("class_list", table)).content.decode()
    assert f"{at('class_list', table)}?columns=1" in page
    page = elena.get(at("class_list", table), {"columns": "1"}).content.decode()
    assert 'name="column-2"' in page
    assert "Назад к строкам" in page
    chosen = {f"column-{place}": kind for place, kind in enumerate(table.columns)}
    wrong = elena.post(at("class_list_map", table), chosen | {"column-3": "name"})
    assert wrong.status_code == 422
    assert 'name="column-2"' in wrong.content.decode(), "the choice stays on the page"
    assert elena.post(at("class_list_map", table), chosen | {"column-1": ""}).status_code == 302
    table.refresh_from_db()
    assert (table.state, {line["phone"] for line in table.lines}) == ("read", {""})


def test_errors_are_told_by_row_and_nothing_is_half_entered(school_cast):
    rows = [
        ["ФИО", "Дата рождения", "Телефон"], ["Рощин Глеб Львович", "05.06.2016", ""],
        ["Рощин Глеб Львович", "05.06.2016", ""], ["Сомов", "05.06.2016", ""], ["Титов Лев Львович", "31.02.2016", ""],
        ["Уткин Лев", "05.06.2016", ""], ["Фомин Лев Львович", "05.06.2030", ""],
        ["Хомин Лев Львович", "07.06.2016", "нет телефона"], ["12345 67", "07.06.2016", ""],
    ]  # fmt: skip
    table = read(school_cast, rows)
    said = {line["n"]: line["fault"] for line in table.lines}
    assert said[2] == ""
    assert "в строке выше" in said[3]
    assert "фамилии и имени" in said[4]
    assert "не разобрать" in said[5]
    assert "пол" in said[6]
    assert "ещё не наступила" in said[7]
    assert "Телефон" in said[8]
    assert "только буквы" in said[9]
    before = Child.objects.count()
    with pytest.raises(Refusal, match="целиком"):
        confirm(school_cast, table)
    assert Child.objects.count() == before
    confirm(school_cast, table, left_out=[3, 4, 5, 6, 7, 8, 9])
    assert Child.objects.count() == before + 1


def test_a_failure_on_the_way_leaves_nothing(school_cast):
    table, before = read(school_cast), Child.objects.count()
    table.lines[2]["born"] = "2030-01-01"
    table.save()
    failed = confirm(school_cast, table)
    assert failed.state == "read"
    assert failed.message.startswith("Строка 5:")
    assert failed.message.endswith("Ничего не внесено.")
    assert Child.objects.count() == before


def test_the_known_child_is_taken_and_the_likely_one_is_asked_about(school_cast):
    born = f"{school_cast.lev.birth_date:%d.%m.%Y}"
    rows = [["ФИО", "Дата рождения"], ["Уваров Лев Олегович", born], ["Уварова Лея Олеговна", born]]
    table = read(school_cast, rows)
    assert table.lines[0]["child"] == school_cast.lev.public_id
    assert table.lines[0]["now"] == "2 «Б»"
    rows[2][0] = "Уворов Лев Олегович"
    table = read(school_cast, rows)
    assert [one["id"] for one in table.lines[1]["near"]] == [school_cast.lev.public_id]
    with pytest.raises(Refusal, match="строки 3"):
        confirm(school_cast, table)
    confirm(school_cast, table, looked_at=[school_cast.lev.public_id])
    assert Child.objects.filter(last_name="Уворов").exists()
    assert Placement.objects.present().get(child=school_cast.lev).school_class == school_cast.four_a


def test_a_long_list_goes_to_the_worker(school_cast, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("opora.school.pupils.services.importing.DIRECT_ROWS", 2)
    asked = []
    table = brought(school_cast)
    actor = school_cast.actor(school_cast.elena)
    with django_capture_on_commit_callbacks(execute=True):
        table = services.class_list_map(actor=actor, table=table, columns=table.columns, start=asked.append)
    assert table.state == "checking"
    tasks.work_on_class_list.call(table.organisation_id, table.public_id)
    table.refresh_from_db()
    assert (table.state, table.done) == ("read", 4)
    with django_capture_on_commit_callbacks(execute=True):
        services.class_list_confirm(actor=actor, table=table, looked_at=[], left_out=[], start=asked.append)
    assert len(asked) == 2
    tasks.work_on_class_list.call(table.organisation_id, table.public_id)
    table.refresh_from_db()
    assert table.state == "done"
    assert Child.objects.filter(last_name="Орлов").exists()


def test_pages_lead_from_the_file_to_the_class(school_cast, elena):
    answer = elena.post(at("class_list_new", school_cast.four_a), {"upload": file(), "placed_on": "01.09.2026"})
    table = ClassListImport.objects.get()
    assert answer.headers["Location"] == at("class_list", table)
    page = elena.get(at("class_list", table)).content.decode()
    assert "Др" in page
    assert "15.01.2016" in page
    chosen = {f"column-{place}": kind for place, kind in enumerate(table.columns)}
    wrong = elena.post(at("class_list_map", table), chosen | {"column-3": "name"})
    assert wrong.status_code == 422
    assert "указан дважды" in wrong.content.decode()
    assert elena.post(at("class_list_map", table), chosen | {"column-0": "zzz"}).status_code == 422
    assert elena.post(at("class_list_map", table), chosen).status_code == 302
    page = elena.get(at("class_list", table)).content.decode()
    assert "Новиков Иван Ильич" in page
    assert "новая карта" in page
    answer = elena.post(at("class_list_confirm", table))
    assert answer.headers["Location"] == at("class", school_cast.four_a)
    assert Placement.objects.get(child__last_name="Орлов").started_on == date(2026, 9, 1)
    assert elena.post(at("class_list_confirm", table)).status_code == 422, "once"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04broken", b"%PDF-1.4 x", "просто слова".encode(), b"\x00\x01\x02", "а;б\n".encode("utf-16")],
)
def test_what_is_no_table_is_refused_beside_the_field(school_cast, elena, data):
    answer = elena.post(
        at("class_list_new", school_cast.four_a), {"upload": file(data, "x.xlsx"), "placed_on": "01.09.2026"}
    )  # fmt: skip
    assert answer.status_code == 422
    assert not ClassListImport.objects.exists()


def test_a_table_is_for_whoever_brought_it_and_goes_when_a_card_goes(school_cast, as_user):
    table = read(school_cast)
    assert as_user(school_cast.irina).get(at("class_list", table)).status_code == 404
    assert as_user(school_cast.zakhar).get(at("class_list", table)).status_code == 404
    ending.lists_forget(school_cast.school, school_cast.misha.public_id)
    table.refresh_from_db()
    assert (table.state, table.lines, table.cells) == ("cancelled", [], [])


def test_a_list_that_was_thrown_away_is_not_entered(school_cast, elena):
    table = read(school_cast)
    assert elena.post(at("class_list_cancel", table)).status_code == 302
    with pytest.raises(Refusal):
        confirm(school_cast, table)
