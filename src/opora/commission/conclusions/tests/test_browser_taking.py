"""Taking offers in a real browser: the box shows the new text at once, nothing typed is lost, lists stay open."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from opora.commission.conclusions.answers import values_of
from opora.commission.conclusions.catalogue import answers_with, catalogue_of
from opora.commission.conclusions.services import conclusion_fill
from opora.commission.examinations.models import Examination
from opora.commission.findings.models import Finding

from .stage import DAY, discussed, ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000
FACTS = {"level": "primary", "grade": 1, "vision": "low", "speech": "ohp3", "intellect": "norm"}


@pytest.fixture
def draft(cast, daria_child):
    case = discussed(cast, daria_child)
    sheet = Examination.objects.get(case=case, speciality="speech_therapist")
    for code, value in FACTS.items():
        Finding.objects.create(
            organisation=cast.commission, examination=sheet, code=code, value=value, recorded_by=cast.vera
        )
    found = ready(cast, case)
    conclusion_fill(actor=cast.actor(cast.boris), conclusion=found, values={"programme_code": "4.2"})
    found.refresh_from_db()
    return found


@pytest.fixture
def page(signed_in, cast, draft):
    found = signed_in(cast.vera)
    found.goto(reverse("conclusions:sheet", args=[draft.public_id]))
    return found


def sees(locator, words):
    from playwright.sync_api import expect

    expect(locator).to_contain_text(re.compile(words), timeout=WAIT)


def text_offers(draft, place="equipment"):
    return [one for one in catalogue_of(draft, DAY).at((place,)) if one.is_text]


def test_offers_are_taken_one_after_another_with_the_keyboard_staying_in_the_list(page, draft):
    from playwright.sync_api import expect

    first, second = text_offers(draft)[:2]
    section = draft.sections.get(code="equipment")
    area, shelf = page.locator(f"#text-{section.public_id}"), page.locator("#shelf-equipment")
    area.fill("Свои слова")
    shelf.locator("summary").click()
    shelf.locator(f"button[value='{first.code}']").click()
    expect(area).to_have_value(f"Свои слова\n{first.text}", timeout=WAIT)
    shelf.locator(f"button[value='{second.code}']").click()
    expect(area).to_have_value(f"Свои слова\n{first.text}\n{second.text}", timeout=WAIT)
    sees(page.locator("#origin-words-equipment"), "из каталога: 2, своими словами: 1")
    page.locator("#origins-equipment summary").click()
    area.fill(f"Свои слова\n{first.text} и ещё\n{second.text}")
    sees(page.locator("#origin-words-equipment"), "из каталога: 1, изменено после вставки: 1")
    assert page.locator("#origins-equipment").get_attribute("open") is not None
    sees(page.locator("#origin-lines-equipment"), "было:")


def test_an_offer_answers_a_question_on_the_page(page, draft):
    from playwright.sync_api import expect

    entry = next(
        one for one in catalogue_of(draft, DAY).entries
        if one.is_answer and one.is_text and set(answers_with(values_of(draft), one)) == {one.place}
    )  # fmt: skip
    button = page.locator(f"button[value='offer:{entry.place}:{entry.code}']")
    button.evaluate("one => { one.closest('details').open = true; }")
    button.click()
    expect(page.locator(f"#id_{entry.place}")).to_have_value(entry.text, timeout=WAIT)
    sees(page.locator("#answers-state"), "Ответы сохранены")
    draft.refresh_from_db()
    assert draft.answers[entry.place] == entry.text


def test_the_computed_term_is_taken_and_saved_answers_stay(page, draft):
    from playwright.sync_api import expect

    page.locator("#id_tutor_reason").fill("новые слова")
    button = page.locator("#next-examination button").first
    wording = button.get_attribute("value").split(":")[1]
    button.click()
    expect(page.locator("#id_reexamination_wording")).to_have_value(wording, timeout=WAIT)
    sees(page.locator("#next-examination"), "взято")
    draft.refresh_from_db()
    assert draft.answers["tutor_reason"] == "новые слова"


def test_a_programme_is_chosen_in_the_advice(page, draft):
    from playwright.sync_api import expect

    button = page.locator("#advice button[name=take]").first
    programme = button.get_attribute("value").split(":")[1]
    button.click()
    expect(page.locator("#id_programme_code")).to_have_value(programme, timeout=WAIT)
    sees(page.locator("#advice"), "выбрано")
    draft.refresh_from_db()
    assert draft.programme_code == programme


def test_without_a_script_everything_is_taken_too(signed_in, cast, draft):
    plain = signed_in(cast.gleb, java_script_enabled=False)
    plain.goto(reverse("conclusions:sheet", args=[draft.public_id]))
    offer = text_offers(draft)[0]
    shelf = plain.locator("#shelf-equipment")
    shelf.locator("summary").click()
    shelf.locator(f"button[value='{offer.code}']").click()
    assert plain.url.endswith("?open=equipment#section-equipment")
    assert offer.text in plain.locator(f"#text-{draft.sections.get(code='equipment').public_id}").input_value()
    assert plain.locator("#shelf-equipment details").get_attribute("open") is not None
    plain.locator("#next-examination button").first.click()
    assert "взято" in plain.locator("#next-examination").inner_text()
