"""A programme drawn up with the keyboard in a real browser: nothing reloads, nothing typed is lost."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse

from opora.school.programmes.models import Activity, Programme, Task
from opora.school.programmes.services.bank import bank_fill
from opora.school.programmes.tests import drawing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000
PICTURES = os.environ.get("OPORA_PICTURES", "")


def picture(page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def test_a_plan_is_typed_with_enter_and_tab(school_cast, signed_in, known_day):
    from playwright.sync_api import expect

    programme = drawing.draft(school_cast)
    bank_fill(actor=school_cast.actor(school_cast.elena))
    page = signed_in(school_cast.zhanna, viewport={"width": 1366, "height": 768})
    page.goto(reverse("programmes:draft", args=[programme.public_id]))
    picture(page, "draft-empty")

    page.get_by_label("Новая цель").fill("Снизить тревогу на уроках")
    page.keyboard.press("Enter")
    page.get_by_label("Новая задача").fill("Научить просить о помощи")
    page.keyboard.press("Enter")
    page.get_by_label("Новое мероприятие").fill("Занятия по снижению тревоги")
    page.keyboard.press("Enter")
    line = page.locator(".line-activity")
    line.wait_for()
    expect(line.get_by_label("Форма проведения")).to_be_focused(timeout=WAIT)
    page.keyboard.type("занятие")
    page.keyboard.press("Tab")
    page.keyboard.type("Павлова П. П., педагог-психолог")
    page.keyboard.press("Tab")
    page.keyboard.type("раз в неделю")
    for _ in range(4):  # participants and both days are filled in already
        page.keyboard.press("Tab")
    page.keyboard.type("Просит о помощи словами")
    page.keyboard.press("Tab")
    line.get_by_text("Сохранено в").wait_for()
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=WAIT)

    activity = Activity.objects.get()
    assert (activity.form, activity.frequency, activity.planned_result) == (
        "занятие", "раз в неделю", "Просит о помощи словами",
    )  # fmt: skip
    assert activity.responsible == school_cast.post(school_cast.polina)
    assert "обучающийся, Павлова" in (page.locator("#checks").text_content() or "").replace("\u00a0", " ")

    line.get_by_label("Как часто").fill("дважды в неделю")
    page.keyboard.press("Enter")  # saves, and moves nothing
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=WAIT)
    line.get_by_text("Сохранено в").wait_for()

    line.get_by_label("По", exact=True).fill("010930")
    page.keyboard.press("Tab")
    line.get_by_text("вне срока программы").wait_for()
    assert line.get_by_label("По", exact=True).input_value() in ("010930", "01.09.2030")
    line.get_by_label("По", exact=True).fill("010227")
    page.keyboard.press("Tab")
    line.get_by_text("Сохранено в").wait_for()

    page.locator("#bank-found").get_by_role("button").first.click()
    page.locator(".line-goal").nth(1).or_(page.locator(".line-task").nth(1)).or_(
        page.locator(".line-activity").nth(1)
    ).or_(page.locator(".line-criterion")).first.wait_for()
    assert page.get_by_text("взято из банка, не изменено").first.is_visible()
    picture(page, "draft-1366")
    assert Task.objects.count() >= 1
    assert page.url.endswith("/draft/")


def test_the_sheet_stands_on_a_phone(school_cast, signed_in, known_day):
    programme = drawing.whole_draft(school_cast)
    page = signed_in(school_cast.zhanna, viewport={"width": 390, "height": 844})
    page.goto(reverse("programmes:draft", args=[programme.public_id]))

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "draft-390")
    page.goto(reverse("programmes:programme", args=[programme.public_id]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "programme-390")
    assert Programme.objects.count() == 1


def test_the_file_and_the_family_page_at_a_desk(school_cast, signed_in, known_day):
    programme = drawing.with_family(school_cast)
    page = signed_in(school_cast.zhanna, viewport={"width": 1366, "height": 768})
    page.goto(reverse("programmes:family", args=[programme.public_id]))
    picture(page, "family-1366")
    page.goto(reverse("programmes:programme", args=[programme.public_id]))
    picture(page, "programme-1366")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
