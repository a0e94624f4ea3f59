"""A class teacher fills the passport in the browser: each tick is kept at once, on a phone one child at a time."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from opora.people.children.models import Family
from opora.school.pupils.models import Placement, SchoolClass
from opora.school.pupils.titles import year_of
from opora.school.support.passports.models import FamilyFact, SocialPassport

from .stage import begun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_teacher_fills_the_class_and_hands_it_in(school_cast, signed_in):
    today = timezone.localdate()
    SchoolClass.objects.update(year=year_of(today))
    Placement.objects.update(started_on=date(year_of(today), 9, 1))
    passport, misha = begun(school_cast, today), school_cast.misha
    page = signed_in(school_cast.tatiana, viewport={"width": 1366, "height": 768})
    page.goto(reverse("passports:sheet", args=[passport.public_id]))
    page.get_by_label("Состав семей: Данилов").select_option(label="Неполные семьи")
    page.get_by_label("Неполные семьи: Данилов").select_option(label="Неполные: воспитывает мать")
    page.get_by_text("воспитывает мать — 1").wait_for()
    assert Family.objects.get(child=misha).kinds == ["one_parent"]
    page.get_by_label("Детей в семье: Данилов").fill("99")
    page.keyboard.press("Tab")
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Детей в семье: Данилов").input_value() == "99"
    page.get_by_label("Детей в семье: Данилов").fill("3")
    page.keyboard.press("Tab")
    page.get_by_role("alert").wait_for(state="detached")
    phone = signed_in(school_cast.tatiana, viewport={"width": 390, "height": 844})
    phone.goto(reverse("passports:sheet", args=[passport.public_id]))
    phone.get_by_role("link", name="Данилов Миша").click()
    with phone.expect_response("**/tick/"):
        phone.get_by_label("Потеря кормильца: Данилов").check()
    page.goto(f"{reverse('passports:sheet', args=[passport.public_id])}?section=99")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Паспорт класса сдан.").wait_for()
    assert SocialPassport.objects.get().status == "submitted"
    assert Family.objects.get(child=misha).children_count == 3
    assert set(FamilyFact.objects.values_list("row__code", flat=True)) == {"mother_alone", "lost_parent"}
