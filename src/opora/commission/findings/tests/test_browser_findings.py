"""The facts in a real browser: chosen by keys, saved one by one, nothing typed meanwhile is lost."""

from __future__ import annotations

import re
import time

import pytest
from django.urls import reverse

from opora.commission.examinations.tests.day import arrived, sheet_begun
from opora.commission.findings.gathering import case_facts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


@pytest.fixture
def sheet(cast):
    return sheet_begun(cast, cast.vera, arrived(cast))


@pytest.fixture
def page(signed_in, cast, sheet):
    page = signed_in(cast.vera)
    page.goto(reverse("examinations:sheet", args=[sheet.public_id]))
    return page


def opened(page, group):
    page.locator(f"#findings-{group} > summary").click()
    return page.locator(f"#findings-{group}")


def saved(page):
    return page.expect_response(lambda answer: "/findings/" in answer.url and answer.request.method == "POST")


def test_a_choice_by_keys_is_saved_and_asks_what_follows(page, sheet):
    from playwright.sync_api import expect

    page.locator("#findings-speech > summary").focus()
    page.keyboard.press("Enter")
    page.locator("#f-speech").focus()
    with saved(page):
        page.locator("#f-speech").select_option("general")
    level = page.locator("#f-speech_level")
    expect(level).to_be_visible(timeout=WAIT)  # the fold stayed open
    expect(page.locator("#f-speech")).to_be_focused()
    with saved(page):
        level.select_option("2")
    expect(page.locator("#finding-speech_level.is-recorded")).to_be_visible(timeout=WAIT)
    expect(page.locator("#findings-body")).to_contain_text("Записано")
    assert case_facts(sheet.case).get("speech_level") == "2"
    page.locator("#findings-speech > summary").focus()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/sessions/[^/]+/$"), timeout=WAIT)  # nothing is unsaved: Esc leads back


def test_what_is_typed_while_another_fact_is_being_saved_is_not_lost(page, sheet):
    from playwright.sync_api import expect

    opened(page, "speech")

    def slowly(route):
        time.sleep(0.7)
        route.continue_()

    page.route("**/findings/**", slowly)
    with saved(page):
        page.locator("#f-class_lessons").select_option("ready")
        words = page.locator("#f-first_words_months")
        words.focus()
        page.keyboard.type("1")
    expect(page.locator("#findings-body")).to_contain_text("Записано", timeout=WAIT)
    expect(words).to_be_focused()
    page.keyboard.type("8")
    assert words.input_value() == "18"
    with saved(page):
        page.keyboard.press("Tab")
    page.unroute("**/findings/**")
    page.wait_for_load_state("networkidle")
    facts = case_facts(sheet.case)
    assert (facts.get("first_words_months"), facts.get("class_lessons")) == (18, "ready")


def test_a_wrong_value_stays_in_its_field_with_the_message(page):
    from playwright.sync_api import expect

    opened(page, "speech")
    with saved(page):
        page.locator("#f-first_words_months").fill("год")
        page.keyboard.press("Tab")
    expect(page.locator("#f-first_words_months_error")).to_contain_text("Нужно число", timeout=WAIT)
    assert page.locator("#f-first_words_months").input_value() == "год"


def test_a_question_of_the_advice_leads_to_its_field(page):
    from playwright.sync_api import expect

    opened(page, "speech")
    with saved(page):
        page.locator("#f-speech").select_option("general")
    expect(page.locator("#f-speech_level")).to_be_visible(timeout=WAIT)
    page.locator("#findings-speech > summary").click()
    asked = page.locator("#advice a[data-finding]").evaluate_all(
        "links => links.map((one) => one.dataset.finding).find((code) => document.getElementById(`f-${code}`))"
    )
    link = page.locator(f"#advice a[data-finding={asked}]").first
    link.evaluate(
        "one => { for (let f = one.closest('details'); f; f = f.parentElement.closest('details')) f.open = true }"
    )
    link.click()
    expect(page.locator(f"#f-{asked}")).to_be_focused()
