"""An instrument in a real browser: filled by digits alone, saved at each of them, scored at the last one."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from opora.commission.examinations.tests.day import arrived, sheet_begun
from opora.commission.instruments.models import ScoredInstrument

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


def sees(locator, pattern):
    from playwright.sync_api import expect

    expect(locator).to_contain_text(re.compile(pattern), timeout=WAIT)


@pytest.fixture
def page(signed_in, cast):
    sheet = sheet_begun(cast, cast.sofia, arrived(cast))
    page = signed_in(cast.sofia)
    page.goto(reverse("instruments:instrument", args=[sheet.public_id, "adaptation_family"]))
    return page


def test_ten_digits_fill_the_scale_and_backspace_takes_an_answer_away(page):
    page.locator("#family_household-1").focus()
    for digit in "3456782190":
        if page.evaluate("document.activeElement.name") == "family_mastery":
            page.keyboard.press("2")
        page.keyboard.press(digit)
    sees(page.locator("#result"), "Для листа")
    sees(page.locator("#result"), "Сохранено в")
    answers = ScoredInstrument.objects.get().answers
    assert [answers[name] for name in ("family_household", "family_orientation", "family_fitness")] == [3, 4, 10]
    page.locator("#family_peers-5").focus()
    page.keyboard.press("Backspace")
    sees(page.locator("#result"), "Без ответа 1")
    assert "family_peers" not in ScoredInstrument.objects.get().answers


def test_the_result_goes_into_the_sheet(page):
    page.locator("#family_household-1").focus()
    for _ in range(11):
        page.keyboard.press("1")
    sees(page.locator("#result"), "Для листа")
    page.get_by_role("button", name="Вставить в раздел").click()
    sees(page.locator("main"), "Результат вставлен в раздел")
    assert "условные баллы от 1 до 10" in page.locator("#section-social_data textarea").input_value().lower()
