"""The sheet of a conclusion on ГИА in a real browser: it saves itself, takes offers, works without a script."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from .stage import discussed_learner, drawn_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


@pytest.fixture
def draft(cast, daria_child):
    return drawn_up(cast, discussed_learner(cast, daria_child))


def address(draft):
    return reverse("attestation:sheet", args=[draft.public_id])


def sees(locator, words):
    from playwright.sync_api import expect

    expect(locator).to_contain_text(re.compile(words), timeout=WAIT)


def test_typed_words_are_saved_and_an_offer_goes_below_them(signed_in, cast, draft):
    from playwright.sync_api import expect

    page = signed_in(cast.vera)
    page.goto(address(draft))
    page.locator("#id_conditions").fill("Свои слова")
    sees(page.locator("#answers-state"), "Ответы сохранены")
    shelf = page.locator("#conditions details.shelf")
    shelf.locator("summary").click()
    shelf.locator("button[value='gia_extra_time_oral']").click()
    expect(page.locator("#id_conditions")).to_have_value(re.compile("Свои слова\nувеличение"), timeout=WAIT)
    expect(page.locator("#conditions details.shelf")).to_have_attribute("open", "", timeout=WAIT)
    sees(page.locator("#conditions"), "взято")
    draft.refresh_from_db()
    assert len(draft.answers["conditions"].splitlines()) == 2


def test_another_level_asks_its_own_questions(signed_in, cast, draft):
    from playwright.sync_api import expect

    page = signed_in(cast.vera)
    page.goto(address(draft))
    page.locator("input[name=level][value='11']").check()
    expect(page.locator("#amount")).to_have_count(0, timeout=WAIT)
    draft.refresh_from_db()
    assert draft.level == "11"


def test_without_a_script_everything_is_saved_and_taken_too(signed_in, cast, draft):
    plain = signed_in(cast.gleb, java_script_enabled=False)
    plain.goto(address(draft))
    plain.locator("#id_workplace").fill("у окна")
    plain.locator("#special details.shelf summary").click()
    plain.locator("#special button[value='gia_room_small']").click()
    assert plain.url.endswith("?open=special#special")
    assert plain.locator("#id_workplace").input_value() == "у окна"
    assert "меньшим числом участников" in plain.locator("#id_special").input_value()
