"""The pages of the room as people use them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from opora.foundation.audit.models import Event
from opora.people.children.models import Child
from opora.school.pupils import marks, now, waiting
from opora.school.pupils.models import ExaminationConsent, Placement, SchoolClass
from opora.school.pupils.selectors import class_of, consent_state
from tests.school_cast import pupil_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def address(name: str, row=None) -> str:
    return reverse(f"pupils:{name}", args=[row.public_id] if row else [])


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def test_a_class_is_made_and_the_page_asks_for_the_next(school_cast, as_user):
    elena = as_user(school_cast.elena)
    teacher = school_cast.post(school_cast.uliana).public_id
    answer = elena.post(address("class_add"), {"title": "3в", "teacher": teacher, "again": "1"})
    assert answer.url == address("class_add")
    room = SchoolClass.objects.get(title="3 «В»")
    assert room.teacher == school_cast.post(school_cast.uliana)
    assert "3 «В»" in text(elena.get(address("classes")))
    refused = elena.post(address("class_add"), {"title": "3 В", "teacher": ""})
    assert refused.status_code == 422
    assert "уже есть" in text(refused)
    assert 'value="3 В"' in text(refused), "what was typed stays"


def test_a_teacher_reads_the_own_class_and_nobody_of_another_one(school_cast, as_user):
    tatiana = as_user(school_cast.tatiana)
    assert "Данилов Миша Игоревич" in text(tatiana.get(address("class", school_cast.four_a)))
    other = text(tatiana.get(address("class", school_cast.two_b)))
    assert "Уваров" not in other
    assert "с которыми вы работаете" in other
    assert tatiana.get(address("add", school_cast.four_a)).status_code == 403
    assert as_user(school_cast.zakhar).get(address("class", school_cast.four_a)).status_code == 404


def test_a_child_comes_by_a_short_form(school_cast, as_user):
    elena, room = as_user(school_cast.elena), school_cast.four_a
    typed = {
        "name": "орлова ася олеговна", "birth_date": "030317", "guardian": "Орлова Инна Павловна",
        "phone": "9001234567", "on": "01.09.2026",
    }  # fmt: skip
    assert elena.post(address("add", room), typed).url == address("class", room)
    asya = Child.objects.get(last_name="Орлова", first_name="Ася")
    assert (asya.sex, asya.birth_date, class_of(asya)) == ("female", date(2017, 3, 3), room)
    link = asya.guardianships.get()
    assert (link.kinship, link.guardian.phone) == ("mother", "+7 (900) 123-45-67")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "Орлова", "birth_date": "030317"}, "Нужны хотя бы фамилия и имя."),
        ({"name": "Орлова Ася", "birth_date": "030317"}, "Заполните это поле."),
        ({"name": "Орлова 2Ася О", "birth_date": "030317"}, "могут быть только буквы"),
        ({"name": "Орлова Ася Олеговна", "birth_date": "030327"}, "ещё не наступила"),
        ({"name": "Орлова Ася Олеговна", "birth_date": "030317", "phone": "1"}, "Чей это телефон?"),
    ],
)
def test_a_short_form_that_is_not_understood_stays(school_cast, as_user, typed, said):
    answer = as_user(school_cast.elena).post(address("add", school_cast.four_a), {"on": "01.09.2026"} | typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Child.objects.filter(last_name="Орлова").exists()


def test_a_child_alike_is_shown_before_a_second_card_is_made(school_cast, as_user):
    elena, room = as_user(school_cast.elena), school_cast.four_a
    typed = {"name": "Уваров Лев Олегович", "birth_date": "15.01.2020", "on": "01.09.2026"}
    answer = elena.post(address("add", room), typed)
    assert answer.status_code == 422
    assert "Это он: в 4 «А»" in text(answer)
    assert elena.post(address("take", room), {"child": school_cast.lev.public_id}).url == address("class", room)
    assert class_of(school_cast.lev) == room
    elena.post(address("add", room), typed | {"looked_at": school_cast.lev.public_id})
    assert Child.objects.filter(last_name="Уваров").count() == 2


def test_a_child_is_found_in_the_register(school_cast, as_user):
    elena = as_user(school_cast.elena)
    from opora.people.children.search import name_index

    name_index(school_cast.lev)
    assert "Уваров Лев Олегович, 15.01.2020" in text(elena.get(address("add", school_cast.four_a) + "?q=увар"))
    assert "таких в картотеке нет" in text(elena.get(address("add", school_cast.four_a) + "?q=Неизвестный"))
    told = Event.objects.filter(code="pupils.looked_up").order_by("pk")
    assert [one.details["count"] for one in told] == [1, 0]
    assert not any("вар" in str(one.details) for one in told), "that somebody searched, never what"


def test_a_pasted_list_is_looked_at_and_then_brought(school_cast, as_user):
    elena, room = as_user(school_cast.elena), school_cast.four_a
    listed = (
        "Фамилия\tИмя\tОтчество\tДата рождения\n"
        "Орлова\tАся\tОлеговна\t03.03.2017\tОрлова Инна Павловна\t89001234567\n"
        "Данилов\tМиша\tИгоревич\t15.01.2020\n"
        "Уваров\tЛев\tОлегович\t15.01.2020\n"
        "Котов\tЯн\t\t04.04.2017\n"
        "Орлова\tАся\tОлеговна\t03.03.2017\n"
    )
    from opora.people.children.search import name_index

    for child in (school_cast.misha, school_cast.lev):
        name_index(child)
    looked = elena.post(address("paste", room), {"text": listed, "on": "01.09.2026"})
    assert looked.status_code == 200
    page = text(looked)
    for said in ("Понятно: 2 строки", "3 строки — внесены не будут", "Уже в этом классе", "из картотеки в класс",
                 "Не понять пол", "уже есть в списке выше"):  # fmt: skip
        assert said in page, said
    assert not Child.objects.filter(last_name="Орлова").exists(), "a look writes nothing"
    saved = elena.post(address("paste", room), {"text": listed, "on": "01.09.2026", "save": "1"})
    assert saved.url == address("class", room)
    assert set(Placement.objects.present().filter(school_class=room).values_list("child__last_name", flat=True)) == {
        "Данилов", "Орлова", "Уваров",
    }  # fmt: skip


def test_nothing_pasted_is_no_list(school_cast, as_user):
    elena, room = as_user(school_cast.elena), school_cast.four_a
    for listed in ("", " \n\t", "\x00"):
        assert elena.post(address("paste", room), {"text": listed, "on": "01.09.2026"}).status_code == 422
    answer = elena.post(address("paste", room), {"text": "Котов Ян", "on": "01.09.2026", "save": "1"})
    assert answer.status_code == 422
    assert "Вносить нечего" in text(answer)


def test_consents_of_a_class_in_one_go(school_cast, as_user):
    tatiana, room = as_user(school_cast.tatiana), school_cast.four_a
    nobody = tatiana.post(address("class_consents", room), {"signed_on": "20.11.2026"})
    assert nobody.status_code == 422
    assert "Отметьте детей" in text(nobody)
    stranger = tatiana.post(
        address("class_consents", room), {"signed_on": "20.11.2026", "child": school_cast.lev.public_id}
    )
    assert stranger.status_code == 422
    ticked = {"signed_on": "20.11.2026", "child": school_cast.misha.public_id}
    late = tatiana.post(address("class_consents", room), ticked | {"signed_on": "20.11.2027"})
    assert "ещё не наступила" in text(late)
    assert tatiana.post(address("class_consents", room), ticked).url == address("class", room)
    assert consent_state(school_cast.misha).is_in_force


def test_an_answer_with_its_scan_on_the_card(school_cast, as_user):
    tatiana, misha = as_user(school_cast.tatiana), school_cast.misha
    typed = {
        "answer": "refused", "guardian": school_cast.mother(misha).public_id, "signed_on": "20.11.2026",
        "medium": "paper", "note": "Уже ходим к логопеду",
    }  # fmt: skip
    scan = SimpleUploadedFile("отказ.pdf", PDF, content_type="application/pdf")
    assert tatiana.post(address("consent_new", misha), typed | {"scan": scan}).status_code == 302
    card = text(tatiana.get(reverse("children:child", args=[misha.public_id])))
    assert "Уже ходим к логопеду" in card
    row = ExaminationConsent.objects.get()
    assert address("consent_scan", row) not in card, "documents of the family are for those who lead"
    assert tatiana.get(address("consent_scan", row)).status_code == 403
    assert as_user(school_cast.elena).get(address("consent_scan", row)).status_code == 200


def test_a_consent_is_taken_back(school_cast, as_user):
    row = school_cast.agreed(school_cast.misha, on=date(2026, 11, 1))
    elena = as_user(school_cast.elena)
    early = elena.post(address("consent_withdraw", row), {"withdrawn_on": "01.10.2026"})
    assert early.status_code == 422
    assert elena.post(address("consent_withdraw", row), {"withdrawn_on": "20.11.2026"}).status_code == 302
    assert consent_state(school_cast.misha).code == "withdrawn"


def test_into_another_class_and_out_of_the_school(school_cast, as_user):
    irina, misha = as_user(school_cast.irina), school_cast.misha
    answer = irina.post(address("place", misha), {"school_class": school_cast.two_b.public_id, "on": "16.11.2026"})
    assert answer.status_code == 302
    assert class_of(misha) == school_cast.two_b
    assert irina.post(address("leave", misha), {"on": "17.11.2027"}).status_code == 422
    assert irina.post(address("leave", misha), {"on": "17.11.2026", "destination": ""}).status_code == 302
    assert "не зачислен" in text(irina.get(reverse("children:child", args=[misha.public_id])))


def test_the_next_year_from_its_page(school_cast, as_user):
    with time_machine.travel("2027-09-01 09:00"):
        elena = as_user(school_cast.elena)
        page = text(elena.get(address("year")))
        assert 'value="5 «А»"' in page
        assert "31 августа 2027 г." in page
        a, b = school_cast.four_a.public_id, school_cast.two_b.public_id
        twice = elena.post(address("year"), {f"to-{a}": "5а", f"to-{b}": "5 А"})
        assert twice.status_code == 422
        assert "уже идёт" in text(twice)
        assert elena.post(address("year"), {f"to-{a}": "5а", f"to-{b}": "3б"}).url == address("classes")
        assert class_of(school_cast.misha).title == "5 «А»"
        assert "Переводить некого" in text(elena.get(address("year")))


def test_the_class_asks_as_little_for_thirty_children_as_for_three(school_cast, as_user, django_assert_max_num_queries):
    elena, room = as_user(school_cast.elena), school_cast.four_a
    with django_assert_max_num_queries(200) as few:
        elena.get(address("class", room))
    for number in range(30):
        school_cast.agreed(pupil_of(room, f"Ученик{'абвгдежзиклмнопрстуфхцчшщыэюяйё'[number]}", "Ян", "Янович"))
    with django_assert_max_num_queries(len(few)):
        elena.get(address("class", room))
    with django_assert_max_num_queries(200) as classes:
        elena.get(address("classes"))
    for number in range(3, 12):
        SchoolClass.objects.create(
            organisation=school_cast.school, title=str(number), year=2026, level="basic",
            teacher=school_cast.post(school_cast.uliana),
        )  # fmt: skip
    with django_assert_max_num_queries(len(classes)):
        elena.get(address("classes"))


def test_the_desk_of_a_new_school_says_where_to_begin(school_cast, as_user):
    desk = text(as_user(school_cast.tatiana).get("/"))
    assert "Спросить родителей 1 ребёнка о согласии" in desk
    school_cast.agreed(school_cast.misha)
    assert "Спросить родителей" not in text(as_user(school_cast.tatiana).get("/"))
    Placement.objects.all().delete()
    SchoolClass.objects.all().delete()
    assert "Завести классы или группы" in text(as_user(school_cast.elena).get("/"))
    school_cast.post(school_cast.elena).delete()
    assert "Назначить председателя ППк" in text(as_user(school_cast.daniil).get("/"))


def test_rooms_above_put_their_marks_lines_and_wishes(school_cast, as_user, monkeypatch):
    today = timezone.localdate()
    monkeypatch.setattr(
        marks, "_SOURCES", [(1, "pupil.view", lambda actor, some: {one.pk: [marks.Mark("идёт ИПС")] for one in some})]
    )
    monkeypatch.setattr(
        now, "_SOURCES", [(1, "pupil.view", lambda actor, child, day: [now.Line("Программа", "идёт", today)])]
    )
    monkeypatch.setattr(
        waiting, "_SOURCES", [lambda actor: [waiting.Wanted(school_cast.misha, today, "сигнал от 20.11.2026")]]
    )
    elena = as_user(school_cast.elena)
    assert "идёт ИПС" in text(elena.get(address("class", school_cast.four_a)))
    assert "Сейчас" in text(elena.get(reverse("children:child", args=[school_cast.misha.public_id])))
    assert "Получить согласие на обследование" in text(elena.get("/"))
    school_cast.agreed(school_cast.misha)
    assert "Получить согласие на обследование" not in text(elena.get("/"))
