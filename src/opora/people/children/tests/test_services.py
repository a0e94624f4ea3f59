"""Анна keeps the register; what cannot be true is refused beside its field."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children import services, validation
from opora.people.children.duplicates import LikelyDuplicates, dates_alike, duplicates_of
from opora.people.children.models import Child, Guardian, Guardianship
from opora.people.children.search import index_rebuild

LENA = {"last_name": "Лебедева", "first_name": "Елена", "middle_name": "Ильинична", "sex": "female"}
MOTHER = {"last_name": "Лебедева", "first_name": "Юлия", "middle_name": "Олеговна", "sex": "female"}


@pytest.fixture
def anna(cast):
    return cast.actor(cast.anna)


@pytest.fixture
def lena(anna):
    return services.child_register(actor=anna, birth_date=date(2019, 3, 8), **LENA)


def told(child):
    return list(Event.objects.about_person(child.public_id).order_by("id").values_list("code", "details"))


def test_anna_registers_a_child_and_the_log_says_so(anna, lena):
    assert lena.organisation == anna.organisation
    assert lena.search_name == "лебедева елена ильинична"
    assert told(lena) == [("child.registered", {})]


@pytest.mark.parametrize("who", ["vera", "olga", "nina"])
def test_others_do_not_register_children(cast, who):
    with pytest.raises(PermissionDenied):
        services.child_register(actor=cast.actor(getattr(cast, who)), birth_date=date(2019, 3, 8), **LENA)
    assert not Child.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_date": localdate() + timedelta(days=1)}, "birth_date"),
        ({"birth_date": date(1901, 1, 1)}, "birth_date"),
        ({"last_name": "   "}, "last_name"),
        ({"first_name": "Лена🙂"}, "first_name"),
        ({"last_name": "<b>"}, "last_name"),
        ({"insurance_number": "112-233-445 96"}, "insurance_number"),
        ({"insurance_number": "123"}, "insurance_number"),
    ],
)
def test_what_cannot_be_true_is_refused_beside_its_field(anna, change, field):
    with pytest.raises(Refusal) as refused:
        services.child_register(actor=anna, **{"birth_date": date(2019, 3, 8), **LENA, **change})
    assert refused.value.field == field
    assert not Child.objects.exists()


def test_a_name_that_is_too_long_is_a_message_not_a_fault(anna):
    with pytest.raises(ValidationError):
        services.child_register(actor=anna, birth_date=date(2019, 3, 8), **LENA | {"last_name": "а" * 20000})


def test_names_and_numbers_come_into_their_usual_form(anna):
    child = services.child_register(
        actor=anna, last_name=" РИМСКАЯ-корсакова ".upper(), first_name="анна", sex="female",
        birth_date=date(2018, 1, 1), insurance_number="11223344595",
    )  # fmt: skip
    assert (child.full_name, child.insurance_number) == ("Римская-Корсакова Анна", "112-233-445 95")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("89001234567", "+7 (900) 123-45-67"), ("+7 900 123 45 67", "+7 (900) 123-45-67"), ("2-34-56", "2-34-56"),
        ("9001234567; 123456", "+7 (900) 123-45-67, 12-34-56"), ("+375 29 123-45-67", "+375291234567"), ("", ""),
    ],
)  # fmt: skip
def test_phones(typed, kept):
    assert validation.phone(typed) == kept


@given(st.text(max_size=60))
def test_any_phone_is_taken_or_refused(text):
    try:
        kept = validation.phone(text)
    except Refusal:
        return
    assert validation.phone(kept) == kept


def test_a_second_record_of_the_same_child_needs_a_look_at_the_first(anna, lena):
    for slip in ({}, {"last_name": "Лебедова"}, {"first_name": "Елна"}, {"last_name": "Соколова"}):
        with pytest.raises(LikelyDuplicates) as likely:
            services.child_register(actor=anna, birth_date=date(2019, 3, 8), **LENA | slip)
        assert likely.value.found == [lena], slip
    with pytest.raises(LikelyDuplicates):
        services.child_register(actor=anna, birth_date=date(2019, 8, 3), **LENA)
    twin = services.child_register(
        actor=anna, birth_date=date(2019, 3, 8), not_duplicates_of=[lena.public_id], **LENA | {"first_name": "Ольга"}
    )
    assert duplicates_of(anna, "Лебедева", "Елена", "Ильинична", date(2019, 3, 8)) == [lena, twin]


def test_a_namesake_of_another_age_and_a_child_of_another_commission_are_no_duplicates(cast, anna, lena):
    assert duplicates_of(anna, "Лебедева", "Елена", "Ильинична", date(2011, 6, 20)) == []
    assert duplicates_of(cast.actor(cast.zakhar), "Лебедева", "Елена", "Ильинична", date(2019, 3, 8)) == []
    services.child_register(actor=cast.actor(cast.zakhar), birth_date=date(2019, 3, 8), **LENA)


def test_dates_that_differ_by_one_slip():
    day = date(2019, 3, 8)
    assert dates_alike(day, date(2018, 3, 8))
    assert dates_alike(day, date(2019, 8, 3))
    assert not dates_alike(day, date(2018, 4, 8))


def test_a_new_surname_keeps_the_former_one_and_names_only_the_fields(anna, lena):
    services.child_change(actor=anna, child=lena, last_name="Смирнова", registered_address="ул. Новая, д. 1")
    lena.refresh_from_db()
    assert lena.former_last_name == "Лебедева"
    code, details = told(lena)[-1]
    assert code == "child.changed"
    assert details == {"fields": "фамилия, адрес регистрации, прежняя фамилия"}


def test_nothing_changed_is_no_event(anna, lena):
    services.child_change(actor=anna, child=lena, **LENA)
    assert len(told(lena)) == 1


def test_zakhar_changes_nothing_of_another_commission(cast, lena):
    with pytest.raises(Refusal):
        services.child_change(actor=cast.actor(cast.zakhar), child=lena, last_name="Чужая")


@pytest.mark.parametrize(
    ("born", "message"),
    [
        (date(2020, 1, 1), "младше"),
        (date(2019, 3, 8), "младше"),
        (date(2008, 1, 1), "меньше чем на"),
        (date(2100, 1, 1), "не наступила"),
    ],
)
def test_a_guardian_is_older_than_the_child(anna, lena, born, message):
    with pytest.raises(Refusal, match=message) as refused:
        services.guardian_add(actor=anna, child=lena, kinship="mother", birth_date=born, **MOTHER)
    assert refused.value.field == "birth_date"
    assert not Guardian.objects.exists()
    services.guardian_add(actor=anna, child=lena, kinship="mother", birth_date=date(1990, 1, 1), **MOTHER)
    with pytest.raises(Refusal, match="младше"):
        services.child_change(actor=anna, child=lena, birth_date=date(1989, 1, 1))


def test_the_same_mother_with_the_same_phone_makes_siblings(anna, lena):
    first = services.guardian_add(actor=anna, child=lena, kinship="mother", phone="8 900 111-22-33", **MOTHER)
    brother = services.child_register(
        actor=anna, last_name="Лебедев", first_name="Фёдор", sex="male", birth_date=date(2015, 1, 2)
    )
    second = services.guardian_add(
        actor=anna, child=brother, kinship="mother", phone="+79001112233", email="yulia@example.org", **MOTHER
    )
    assert first.guardian == second.guardian
    second.guardian.refresh_from_db()
    assert second.guardian.email == "yulia@example.org"
    assert list(Child.objects.visible_to(anna).siblings_of(lena)) == [brother]
    with pytest.raises(Refusal):
        services.guardian_add(actor=anna, child=lena, kinship="other", phone="89001112233", **MOTHER)


def test_the_main_guardian_passes_on_and_the_last_one_stays(anna, lena):
    mother = services.guardian_add(actor=anna, child=lena, kinship="mother", **MOTHER)
    father = services.guardian_add(
        actor=anna, child=lena, kinship="father", last_name="Лебедев", first_name="Илья", sex="male"
    )
    assert (mother.is_main, father.is_main) == (True, False)
    services.guardianship_end(actor=anna, guardianship=mother, ended_on=localdate())
    father.refresh_from_db()
    assert father.is_main
    with pytest.raises(Refusal, match="единственный"):
        services.guardianship_end(actor=anna, guardianship=father, ended_on=localdate())


def test_making_another_guardian_the_main_one(anna, lena):
    mother = services.guardian_add(actor=anna, child=lena, kinship="mother", **MOTHER)
    father = services.guardian_add(
        actor=anna, child=lena, kinship="father", last_name="Лебедев", first_name="Илья", sex="male"
    )
    services.guardian_change(actor=anna, guardianship=father, is_main=True, phone="89001234567")
    mother.refresh_from_db()
    assert (Guardianship.objects.get(is_main=True), mother.is_main) == (father, False)
    assert told(lena)[-1] == ("guardian.changed", {"fields": "телефон, основной представитель"})


@pytest.mark.usefixtures("known_day")
def test_a_new_place_of_study_ends_the_former(cast, anna, lena):
    garden = services.school_by_name(actor=anna, name="Детский сад № 3", level="preschool")
    assert garden.kind == "kindergarten"
    assert services.school_by_name(actor=anna, name="  детский сад № 3 ", level="preschool") == garden
    old = services.enrolment_set(actor=anna, child=lena, level="preschool", school=garden)
    new = services.enrolment_set(
        actor=anna, child=lena, level="primary", school=cast.school, group="1 «А»", started_on=date(2026, 9, 1)
    )
    old.refresh_from_db()
    assert old.ended_on == date(2026, 9, 1)
    assert Child.objects.with_place().get(pk=lena.pk).present_enrolment == new
    services.enrolment_change(actor=anna, enrolment=new, level="primary", school=cast.school, group="2 «А»")
    assert told(lena)[-1][1]["fields"] == "класс, группа, с"
    with pytest.raises(Refusal) as refused:
        services.enrolment_set(actor=anna, child=lena, level="primary")
    assert refused.value.field == "school"
    services.enrolment_set(actor=anna, child=lena, level="none")


def test_a_code_needs_the_written_consent(anna, lena):
    with pytest.raises(Refusal) as refused:
        services.diagnosis_add(actor=anna, child=lena, text="ОНР", icd10="F80.1")
    assert refused.value.field == "consented"
    with pytest.raises(Refusal, match="МКБ"):
        services.diagnosis_add(actor=anna, child=lena, text="ОНР", icd10="нет", consented=True)
    kept = services.diagnosis_add(actor=anna, child=lena, text="ОНР", icd10="f80,1", consented=True)
    assert (kept.icd10, kept.consented) == ("F80.1", True)
    services.diagnosis_remove(actor=anna, diagnosis=kept)
    assert [code for code, _ in told(lena)[-2:]] == ["child.diagnosis_added", "child.diagnosis_removed"]


@pytest.mark.usefixtures("known_day")
def test_disability_family_and_prevention(cast, anna, lena):
    with pytest.raises(Refusal):
        services.disability_add(actor=anna, child=lena, valid_from=date(2024, 1, 1), valid_to=date(2023, 1, 1))
    paper = services.disability_add(actor=anna, child=lena, document_number="12", valid_to=date(2027, 1, 1))
    services.disability_change(actor=anna, disability=paper, issued_by="Бюро № 1")
    assert told(lena)[-1][1] == {"fields": "кем выдан"}
    family = services.family_save(actor=anna, child=lena, kinds=["full"], children_count=2)
    assert services.family_save(actor=anna, child=lena, kinds=["full"], children_count=3).pk == family.pk
    head = cast.actor(cast.boris)
    record = services.prevention_add(actor=head, child=lena, body="school", started_on=date(2026, 1, 1))
    with pytest.raises(Refusal):
        services.prevention_add(actor=head, child=lena, body="school")
    with pytest.raises(Refusal):
        services.prevention_end(actor=head, prevention=record, ended_on=date(2025, 1, 1))
    services.prevention_end(actor=head, prevention=record, ended_on=date(2026, 2, 1))


def test_the_secretary_does_not_mark_risks(anna, lena):
    with pytest.raises(PermissionDenied):
        services.prevention_add(actor=anna, child=lena, body="school")


def test_a_corrected_case_stays_until_the_name_changes(anna, lena):
    services.names_decline(actor=anna, person=lena, forms={"genitive": "Лебедевой Елены Ильиничны", "dative": " "})
    assert lena.declined == {"genitive": "Лебедевой Елены Ильиничны"}
    services.child_change(actor=anna, child=lena, last_name="Смирнова")
    assert lena.declined == {}


def test_children_made_without_services_are_found_after_a_rebuild(cast, daria_child, anna):
    index_rebuild(cast.commission)
    assert duplicates_of(anna, "Данилов", "Миша", "", date(2020, 1, 15)) == [daria_child]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Школа N7", "Школа № 7"),
        ("школа №7", "школа № 7"),
        (' МБОУ "СОШ N 12" ', "МБОУ «СОШ № 12»"),
        ('1 "Б"', "1 «Б»"),
        ("Детский сад «Ручеёк»", "Детский сад «Ручеёк»"),
    ],
)
def test_a_school_and_a_class_typed_in_haste_are_kept_as_the_directory_writes_them(typed, kept):
    assert validation.title(typed) == kept
