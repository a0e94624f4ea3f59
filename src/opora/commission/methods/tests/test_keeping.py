"""Stories of the reference page: own methods of the commission and its marks on the letter's."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from opora.commission.examinations.tests.day import words
from opora.commission.methods import services
from opora.commission.methods.forms import AgeField
from opora.commission.methods.models import OwnMethod, PreliminaryMark
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.regulations.edition import edition

pytestmark = pytest.mark.django_db
LAW = edition("2016", date(2026, 11, 22))


def kept(cast, user, **fields) -> OwnMethod:
    own = OwnMethod(organisation=cast.commission, **{"title": "Проба с кубиками", **fields})
    return services.own_method_save(actor=cast.actor(user), own=own)


def test_boris_adds_a_method_for_psychologists_from_five_to_seven(cast, as_user):
    boris = as_user(cast.boris)
    answer = boris.post(
        reverse("methods:own_new"),
        {"title": " Проба  с кубиками ", "speciality": "psychologist", "from_months": "5", "to_months": "7 лет",
         "note": "два цвета", "is_preliminary": "on"},
        follow=True,
    )  # fmt: skip
    own = OwnMethod.objects.get()
    assert (own.title, own.from_months, own.to_months, own.is_preliminary) == ("Проба с кубиками", 60, 84, True)
    assert own.organisation == cast.commission
    assert "от 5 до 7 лет" in words(answer)
    assert Event.objects.filter(code="method.own_saved").count() == 1
    form = words(boris.get(reverse("methods:own_edit", args=[own.public_id])))
    assert 'value="5"' in form
    assert 'value="7"' in form


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "error-summary"),
        ({"title": "Проба", "from_months": "8", "to_months": "5"}, "должен быть больше"),
        ({"title": "Проба", "from_months": "скоро"}, "Напишите возраст так"),
        ({"title": "Проба", "to_months": "25"}, "обследует детей до 18 лет"),
        ({"title": "я" * 301}, "300"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(cast, as_user, fields, said):
    answer = as_user(cast.vera).post(reverse("methods:own_new"), {"speciality": "", "note": "своё", **fields})
    assert answer.status_code == 422
    assert said in words(answer)
    assert "своё" in words(answer)
    assert not OwnMethod.objects.exists()


@pytest.mark.parametrize(
    ("typed", "months"),
    [("4", 48), ("2,5", 30), ("1 год 6 мес.", 18), ("18 мес", 18), ("", 0), ("5 лет", 60), ("0", 0)],
)
def test_an_age_as_people_write_it(typed, months):
    assert AgeField(otherwise=0).clean(typed) == months


@pytest.mark.parametrize("typed", ["мес", "-3", "5-7", "1e3", "пять"])
def test_an_age_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        AgeField(otherwise=0).clean(typed)


@pytest.mark.parametrize("months", [1, 11, 12, 18, 30, 84, 215])
def test_an_age_is_shown_as_it_may_be_typed_again(months):
    field = AgeField(otherwise=0)
    assert field.clean(field.prepare_value(months)) == months


def test_one_method_is_not_kept_twice_and_is_put_away_instead_of_deleted(cast, as_user):
    own = kept(cast, cast.vera)
    with pytest.raises(ValidationError):
        kept(cast, cast.gleb)
    vera = as_user(cast.vera)
    address = reverse("methods:own_offer", args=[own.public_id])
    vera.post(address, {"offered": "0"})
    own.refresh_from_db()
    assert not own.is_active
    assert "убрана" in words(vera.get(reverse("methods:list")))
    vera.post(address, {"offered": "1"})
    own.refresh_from_db()
    assert own.is_active
    assert Event.objects.filter(code="method.own_offered").count() == 2


def test_the_secretary_reads_the_list_and_a_stranger_finds_nothing(cast, as_user):
    own = kept(cast, cast.vera)
    page = words(as_user(cast.anna).get(reverse("methods:list")))
    assert "Проба с кубиками" in page
    assert "Добавить свою" not in page
    assert as_user(cast.anna).get(reverse("methods:own_new")).status_code == 403
    assert as_user(cast.zakhar).get(reverse("methods:own_edit", args=[own.public_id])).status_code == 404
    assert "Проба с кубиками" not in words(as_user(cast.zakhar).get(reverse("methods:list")))
    with pytest.raises(PermissionDenied):
        services.own_method_save(actor=cast.actor(cast.zakhar), own=own)
    with pytest.raises(PermissionDenied):
        services.own_method_offer(actor=cast.actor(cast.anna), own=own, offered=False)


def test_the_commission_marks_what_it_takes_before_the_session(cast, as_user):
    vera, address = as_user(cast.vera), reverse("methods:mark")
    answer = vera.post(address, {"list": "8.4", "marked": ["8.4.27", "8.4.28"]})
    assert answer.headers["Location"].endswith("?list=8.4#list-8.4")
    vera.post(address, {"list": "8.2", "marked": ["8.2.06"]})
    vera.post(address, {"list": "8.4", "marked": ["8.4.28"]})
    assert set(PreliminaryMark.objects.values_list("code", flat=True)) == {"8.4.28", "8.2.06"}
    page = words(vera.get(reverse("methods:list") + "?list=8.4"))
    assert page.count("checked") == 2
    assert Event.objects.filter(code="method.preliminary_marked").count() == 3


def test_a_mark_outside_of_the_list_is_refused(cast, as_user):
    for list_code, codes in (("8.4", ["8.2.06"]), ("нет", []), ("", ["8.2.06"])):
        with pytest.raises(Refusal) as refused:
            services.preliminary_mark(actor=cast.actor(cast.vera), law=LAW, list_code=list_code, codes=codes)
        assert refused.value.code == "unknown_method"
    as_user(cast.vera).post(reverse("methods:mark"), {"list": "8.4", "marked": ["8.2.06"]})
    assert not PreliminaryMark.objects.exists()
    with pytest.raises(PermissionDenied):
        services.preliminary_mark(actor=cast.actor(cast.anna), law=LAW, list_code="8.4", codes=["8.4.28"])


def test_the_page_shows_every_list_of_the_letter_and_asks_as_often_for_many_own_ones(
    cast, as_user, django_assert_max_num_queries
):
    vera = as_user(cast.vera)

    def queries() -> int:
        with django_assert_max_num_queries(30) as counted:
            page = words(vera.get(reverse("methods:list")))
        assert page.count('<details class="methods-list"') == 21
        return len(counted)

    kept(cast, cast.vera, title="Первая проба")
    queries()
    one = queries()
    for number in range(30):
        kept(cast, cast.vera, title=f"Проба {number}", speciality="psychologist")
    assert queries() == one
