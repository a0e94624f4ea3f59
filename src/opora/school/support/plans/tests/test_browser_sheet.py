"""A plan typed with the keyboard alone in a real browser: Enter makes lines, Tab walks the fields, all saves itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from opora.school.support.plans.models import PlanItem
from opora.school.support.plans.services import plan_open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


def test_a_month_is_typed_with_enter_and_tab(school_cast, signed_in, known_day):
    from playwright.sync_api import expect

    plan = plan_open(
        actor=school_cast.actor(school_cast.polina), horizon="month", day=date(2026, 11, 21),
        owner=school_cast.post(school_cast.polina),
    )  # fmt: skip
    page = signed_in(school_cast.polina, viewport={"width": 1366, "height": 768})
    page.goto(reverse("plans:plan", args=[plan.public_id]))
    adder = page.locator("#part-education [name=title][placeholder='Новое мероприятие']")
    adder.fill("Вебинар для родителей")
    page.keyboard.press("Enter")
    expect(page.locator("#part-education .witem")).to_have_count(1, timeout=WAIT)
    expect(adder).to_be_focused(timeout=WAIT)  # the next one is typed at once
    page.keyboard.type("Классный час «Мы разные»")
    page.keyboard.press("Enter")
    expect(page.locator("#part-education .witem")).to_have_count(2, timeout=WAIT)
    expect(adder).to_be_focused(timeout=WAIT)  # before that the page may still take the cursor back

    line = page.locator("#part-education .witem").first
    line.locator("[name=starts_on]").fill("251126")
    page.keyboard.press("Tab")
    line.get_by_text("Сохранено в").wait_for()
    expect(line.locator("[name=ends_on]")).to_be_focused(timeout=WAIT)  # a saved row keeps the cursor
    line.locator("[name=ends_on]").fill("011226")
    page.keyboard.press("Tab")
    line = page.locator("#part-education .witem").first
    line.get_by_text("вне срока плана").wait_for()
    assert line.locator("[name=ends_on]").input_value() in ("011226", "01.12.2026")
    line.locator("[name=ends_on]").fill("251126")
    page.keyboard.press("Tab")
    expect(line.get_by_text("вне срока плана")).to_have_count(0, timeout=WAIT)

    page.locator("#part-education .witem").nth(1).get_by_title("Выше").click()
    expect(page.locator("#part-education .witem-title").first).to_have_value("Классный час «Мы разные»", timeout=WAIT)
    page.get_by_label("Цель", exact=True).first.fill("Поддержать родителей")
    page.keyboard.press("Tab")
    page.locator("#plan-words").get_by_text("Сохранено в").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_text("План отдан руководителю Службы").wait_for()

    webinar = PlanItem.objects.get(title="Вебинар для родителей")
    assert (webinar.starts_on, webinar.ends_on) == (date(2026, 11, 25), date(2026, 11, 25))
    plan.refresh_from_db()
    assert (plan.status, plan.aim) == ("submitted", "Поддержать родителей")
