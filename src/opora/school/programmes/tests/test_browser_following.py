"""Marks with a thumb: a phone of 390 pixels, one tap, words on leaving the box, and the way back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from opora.school.programmes.models import Mark
from opora.school.programmes.tests import drawing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def sees(locator, pattern):
    from playwright.sync_api import expect

    expect(locator).to_contain_text(re.compile(pattern), timeout=WAIT)


def test_an_activity_is_marked_on_a_phone_in_one_tap(signed_in, school_cast):
    drawing.running(school_cast, on=timezone.localdate() - timedelta(days=35))
    page = signed_in(school_cast.polina, **PHONE)
    page.goto(reverse("programmes:mine"))
    card = page.locator(".mark-card").first
    sees(card, "просрочена")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert card.get_by_role("button", name="Выполнено", exact=True).bounding_box()["height"] >= 44

    card.get_by_role("button", name="Выполнено", exact=True).tap()
    sees(card.locator(".mark-state"), "выполнено")
    assert Mark.objects.get().state == "done"
    card.get_by_label("Результат").fill("Пришёл сам и попросил помощи")
    card.get_by_label("Рекомендация").tap()
    sees(card, "Сохранено в")
    assert Mark.objects.get().result == "Пришёл сам и попросил помощи"

    card.get_by_role("button", name="Убрать отметку").tap()
    sees(card, "просрочена")
    assert not Mark.objects.exists()
