"""The pages of the register as Анна, Вера and Захар see them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.accounts.actors import SystemActor
from opora.foundation.audit.models import Event
from opora.people.children import services
from opora.people.children.models import Child, Diagnosis, Guardian
from opora.people.children.search import index_rebuild
from tests.cast import child_of

NEW = {
    "last_name": "Орлов", "first_name": "Тимур", "middle_name": "Маратович", "birth_date": "050617",
    "citizenship": "Россия", "registration": "permanent", "identity_kind": "birth_certificate",
    "registered_address": "г. Верхнереченск, ул. Речная, д. 2",
    "guardian-last_name": "Орлова", "guardian-first_name": "Алсу", "guardian-kinship": "mother",
    "guardian-phone": "89005556677", "guardian-same_address": "on", "guardian-identity_kind": "паспорт",
    "guardian-authority_document": "свидетельство о рождении",
    "study-level": "primary", "study-school": "Школа № 7", "study-group": "2 «Б»", "diagnosis-kind": "main",
}  # fmt: skip


@pytest.fixture
def page(as_user, cast):
    """`page("anna")` is a browser."""
    return lambda who: as_user(getattr(cast, who))


@pytest.fixture
def misha(cast, daria_child):
    index_rebuild(cast.commission)
    return daria_child


def address(name, child):
    return reverse(f"children:{name}", args=[child.public_id])


def test_anna_brings_in_a_child_with_mother_and_school_in_one_page(page, cast):
    answer = page("anna").post(reverse("children:new"), NEW)
    child = Child.objects.get()
    assert answer.url == address("child", child)
    assert (child.sex, child.birth_date) == ("male", date(2017, 6, 5))
    mother = Guardian.objects.get()
    assert (mother.sex, mother.phone, mother.registered_address) == (
        "female",
        "+7 (900) 555-66-77",
        child.registered_address,
    )
    assert child.present_enrolment.school == cast.school
    assert not Diagnosis.objects.exists()


def test_everything_is_refused_together_and_the_values_stay(page):
    answer = page("anna").post(
        reverse("children:new"),
        NEW | {"guardian-birth_date": "01.01.2018", "diagnosis-text": "ОНР", "diagnosis-icd10": "F80.1"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Представитель младше ребёнка" in text
    assert "только с письменного согласия родителя" in text
    assert 'value="Тимур"' in text
    assert not Child.objects.exists()
    assert not Event.objects.exclude(code="page.read").exists()  # the page with the refused values was shown


def test_bad_values_are_messages_not_faults(page):
    for change in (
        {"birth_date": "32.01.2020"},
        {"birth_date": "21.11.2126"}, {"last_name": "🙂" * 20}, {"last_name": "а" * 20000},
        {"guardian-phone": "позвоните"}, {"study-school": ""}, {"study-level": "nope"}, {"insurance_number": "1"},
        {"first_name": "\x00"}, {"middle_name": "", "first_name": "Женя"},
    ):  # fmt: skip
        answer = page("anna").post(reverse("children:new"), NEW | change)
        assert answer.status_code == 422, change
    assert not Child.objects.exists()


def test_the_likely_first_record_is_shown_before_a_second_is_made(page, misha):
    browser = page("anna")
    typed = NEW | {"last_name": "Данилав", "first_name": "Миша", "middle_name": "Игоревич", "birth_date": "15.01.2020"}
    answer = browser.post(reverse("children:new"), typed)
    text = answer.content.decode()
    assert "Похоже, такой ребёнок уже есть" in text
    assert address("child", misha) in text
    assert Child.objects.count() == 1
    assert Event.objects.filter(code="child.compared", person_id=misha.public_id).exists()
    assert "Похоже" in browser.post(reverse("children:new"), typed | {"looked_at": "another"}).content.decode()
    assert 'value="Данилав"' in browser.post(reverse("children:new"), typed | {"again": "1"}).content.decode()
    answer = browser.post(reverse("children:new"), typed | {"looked_at": misha.public_id})
    assert answer.status_code == 302
    assert Child.objects.count() == 2


def test_a_double_click_makes_one_record(page):
    browser = page("anna")
    first = browser.post(reverse("children:new"), NEW | {"form_key": "once"})
    second = browser.post(reverse("children:new"), NEW | {"form_key": "once"})
    assert first.url == second.url
    assert Child.objects.count() == 1


def test_opening_the_file_is_an_event_and_the_history_shows_it(cast, page, misha):
    vera = page("vera")
    assert vera.get(address("child", misha)).status_code == 404, "she does not work with the child"
    cast.acquaint(cast.vera, misha)
    short = vera.get(address("child", misha)).content.decode()
    assert "Данилов Миша Игоревич" in short
    assert "Открыта карта ребёнка" not in short, "who looked is shown when asked"
    text = vera.get(address("child", misha), {"history": "all"}).content.decode()
    assert "Открыта карта ребёнка" in text
    assert "Васильева В. В.".replace(" ", "\xa0") in text
    assert address("edit", misha) not in text


def test_who_may_not(page, misha):
    assert page("zakhar").get(address("child", misha)).status_code == 404
    assert page("olga").get(address("child", misha)).status_code == 403
    assert page("nina").get(address("child", misha)).status_code == 403
    for name in (
        "edit",
        "names",
        "enrolment",
        "family",
        "guardian_new",
        "diagnosis_new",
        "disability_new",
    ):
        assert page("vera").get(address(name, misha)).status_code == 403
        assert page("zakhar").get(address(name, misha)).status_code == 404
        assert page("anna").get(address(name, misha)).status_code == 200
    assert page("vera").get(reverse("children:new")).status_code == 403
    assert page("anna").get(address("prevention_new", misha)).status_code == 403
    assert page("boris").get(address("prevention_new", misha)).status_code == 200


@pytest.mark.usefixtures("known_day")
def test_every_section_is_changed_on_its_page(page, misha):
    browser = page("boris")
    link = misha.guardianships.get()
    powers = {"authority_document": "свидетельство о рождении"}
    steps = {
        address("edit", misha): {
            "last_name": "Данилов", "first_name": "Михаил", "middle_name": "Игоревич", "birth_date": "15.01.2020",
            "registration": "permanent", "identity_kind": "birth_certificate",
        },
        address("names", misha): {"genitive": "Данилова Михаила Игоревича", "dative": "Данилову Мише"},
        address("enrolment", misha): {"level": "preschool", "school": "Сад № 5"},
        address("family", misha): {"kinds": ["full", "many_children"], "children_count": "3"},
        address("disability_new", misha): {"document_number": "77"},
        address("diagnosis_new", misha): {"kind": "main", "text": "ОНР", "icd10": "F80.1", "consented": "on"},
        address("prevention_new", misha): {"body": "school"},
        address("guardian_new", misha): {"last_name": "Данилов", "first_name": "Игорь", "kinship": "father", **powers},
        address("guardian_edit", link): {
            "last_name": "Данилова", "first_name": "Дарья", "kinship": "mother", "phone": "89990001122", **powers,
        },
        address("guardian_names", link): {"genitive": "Даниловой Дарьи Петровны"},
    }  # fmt: skip
    for where, typed in steps.items():
        answer = browser.post(where, typed)
        assert answer.status_code == 302, (where, answer.content.decode())
    text = browser.get(address("child", misha)).content.decode()
    for seen in (
        "Данилов Михаил",
        "Сад № 5",
        "многодетная",
        "77",
        "F80.1",
        "внутришкольный учёт",
        "Данилов Игорь",
        "+7 (999) 000-11-22",
    ):
        assert seen in text, seen
    misha.refresh_from_db()
    assert misha.declined == {"dative": "Данилову Мише"}
    for where, typed in (
        (address("disability_edit", misha.disabilities.get()), {"document_number": "78"}),
        (address("prevention_end", misha.prevention_records.get()), {"ended_on": "01.11.2026"}),
        (address("diagnosis_remove", misha.diagnoses.get()), {}),
        (address("guardian_end", link), {"ended_on": "01.11.2026"}),
        (address("enrolment", misha) + "?move=1", {"level": "primary", "school": "Школа № 7"}),
    ):
        assert browser.post(where, typed).status_code == 302, where
    assert misha.enrolments.count() == 2
    assert not misha.diagnoses.exists()


def test_markup_in_a_text_stays_text(page, misha, cast):
    services.family_save(actor=cast.actor(cast.anna), child=misha, notes="<script>alert(1)</script> {{ 1 }} #let x")
    text = page("anna").get(address("child", misha)).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text


def test_the_list_finds_while_one_types(page, misha, cast):
    child_of(cast.commission, "Петров", "Олег", "Ильич")
    index_rebuild(cast.commission)
    answer = page("anna").get(reverse("children:list"), {"q": "миша данлиов"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "Данилов Миша" in text
    assert "Петров" not in text
    assert "<html" not in text
    assert "Данилов" not in page("zakhar").get(reverse("children:list")).content.decode()


def many(cast, count):
    machine = SystemActor(cast.commission)
    for at in range(count):
        child = services.child_register(
            actor=machine,
            last_name="Орлов" + "аи"[at % 2] * at,
            first_name="Тимур",
            sex="male",
            birth_date=date(2015, 1, 1),
        )
        services.guardian_add(
            actor=machine, child=child, kinship="mother", last_name="Орлова", first_name="Алсу" + "у" * at, sex="female"
        )
        services.enrolment_set(actor=machine, child=child, level="primary", school=cast.school)


@pytest.mark.parametrize("asked", [{}, {"q": "тимру"}, {"level": "primary"}, {"format": "print"}])
def test_three_rows_and_thirty_cost_the_same_queries(page, cast, asked):
    browser = page("anna")
    browser.get(reverse("children:list"))  # the session is renewed once a minute
    counts = []
    for more in (3, 27):
        many(cast, more)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("children:list"), asked).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_file_costs_the_same_whatever_is_in_it(page, misha, cast):
    browser, anna = page("vera"), cast.actor(cast.anna)
    services.diagnosis_add(actor=anna, child=misha, text="первый диагноз")  # one query for the keys, however many
    browser.get(address("child", misha))
    with CaptureQueriesContext(connection) as few:
        browser.get(address("child", misha))
    for at in range(5):
        services.diagnosis_add(actor=anna, child=misha, text=f"диагноз {at}")
        services.disability_add(actor=anna, child=misha, document_number=str(at))
        services.guardian_add(
            actor=anna, child=misha, kinship="other", last_name="Орлова", first_name="А" * (at + 2), sex="female"
        )
    with CaptureQueriesContext(connection) as many_rows:
        browser.get(address("child", misha))
    assert len(many_rows) == len(few)
