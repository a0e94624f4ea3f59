"""The methods in a real browser: found by typing, ticked by click and by key, what is typed beside is not lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from opora.commission.examinations.tests.day import arrived, sheet_begun
from opora.commission.methods.models import MethodUse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


@pytest.fixture
def sheet(cast):
    return sheet_begun(cast, cast.gleb, arrived(cast))


@pytest.fixture
def page(signed_in, cast, sheet):
    page = signed_in(cast.gleb)
    page.goto(reverse("examinations:sheet", args=[sheet.public_id]))
    return page


def codes(sheet) -> list[str]:
    return sorted(MethodUse.objects.filter(examination=sheet).values_list("code", flat=True))


def test_methods_are_ticked_by_keys_and_quick_presses_do_not_meet(page, sheet):
    from playwright.sync_api import expect

    page.locator("#methods-summary").focus()
    page.keyboard.press("Enter")
    page.locator("#method-8-2-06").focus()
    page.keyboard.press("Space")
    expect(page.locator("#method-8-2-06")).to_have_attribute("aria-pressed", "true", timeout=WAIT)
    expect(page.locator("#method-8-2-06")).to_be_focused()
    for number in ("07", "08", "09"):
        page.locator(f"#method-8-2-{number}").click()
    expect(page.locator("#methods-count")).to_have_text("Использовано: 4", timeout=WAIT)
    assert codes(sheet) == ["8.2.06", "8.2.07", "8.2.08", "8.2.09"]
    page.locator(".methods-drop").first.click()
    expect(page.locator("#method-8-2-06")).to_have_attribute("aria-pressed", "false", timeout=WAIT)
    expect(page.locator("#methods-count")).to_have_text("Использовано: 3", timeout=WAIT)
    page.evaluate("document.querySelectorAll('.methods-drop').forEach((button) => button.click())")
    expect(page.locator("#methods-count")).to_have_text("Отметить методики", timeout=WAIT)
    assert codes(sheet) == []


def test_a_note_outlives_the_next_tick_and_is_saved(page, sheet):
    from playwright.sync_api import expect

    page.locator("#methods-summary").click()
    page.locator("#method-8-2-06").click()
    note = page.locator(".methods-note input.form-control").first
    note.fill("по образцу")
    with page.expect_response(lambda answer: answer.url.endswith("/note/")) as saved:
        page.locator("#method-8-2-07").click()
    assert saved.value.ok
    expect(page.locator("#methods-count")).to_have_text("Использовано: 2", timeout=WAIT)
    expect(note).to_have_value("по образцу")
    assert MethodUse.objects.get(code="8.2.06").note == "по образцу"


def test_words_narrow_and_the_rest_comes_on_request(page, sheet):
    from playwright.sync_api import expect

    page.locator("#methods-summary").click()
    page.fill("#method-q", "шульте")
    expect(page.locator("#method-choice")).to_contain_text("ничего нет", timeout=WAIT)
    page.locator("text=Показать все").click()
    page.locator("#method-8-3-10").click(timeout=WAIT)
    expect(page.locator("#methods-count")).to_have_text("Использовано: 1", timeout=WAIT)
    assert codes(sheet) == ["8.3.10"]
