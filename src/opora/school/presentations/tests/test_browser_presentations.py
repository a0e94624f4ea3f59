"""The sheet in a real browser: a tick writes its sentence, typing beside it is not lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from opora.school.presentations import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


@pytest.fixture
def sheet(school_cast):
    return services.presentation_start(
        actor=school_cast.actor(school_cast.tatiana), child=school_cast.misha, kind="characteristic",
        position=school_cast.post(school_cast.tatiana), on=timezone.localdate(),
    )  # fmt: skip


def shows(area, pattern):
    from playwright.sync_api import expect

    expect(area).to_have_value(re.compile(pattern), timeout=WAIT)


def test_a_tick_writes_its_sentence_behind_what_is_typed_and_takes_it_back(signed_in, school_cast, sheet):
    page = signed_in(school_cast.tatiana)
    page.goto(reverse("presentations:sheet", args=[sheet.public_id]))
    area = page.locator("#section-c_discipline textarea")
    area.fill("Любит порядок.")
    page.get_by_label("Специально мешает другим детям.").check()
    shows(area, r"Любит порядок\. Специально мешает другим детям\.")
    page.get_by_label("Нарушений учебной дисциплины практически нет.").check()
    shows(area, "практически нет")
    page.get_by_label("Специально мешает другим детям.").uncheck()
    shows(area, r"^Любит порядок\. Нарушений учебной дисциплины практически нет\.$")
    section = sheet.sections.get(code="c_discipline")
    assert section.chosen == ["c_discipline_kinds.none"]
    area.press_sequentially(" И тишину.")
    page.locator("#section-c_discipline [data-section-state][data-state=saved]").wait_for()
    page.reload()
    shows(area, "тишину")


def test_of_a_choice_of_one_the_other_tick_goes_and_what_is_missing_is_counted_anew(signed_in, school_cast, sheet):
    page = signed_in(school_cast.tatiana)
    page.goto(reverse("presentations:sheet", args=[sheet.public_id]))
    before = page.locator("#lacks h2").inner_text()
    page.get_by_label("Пишет правой рукой.").check()
    shows(page.locator("#section-c_writing textarea"), "правой")
    page.get_by_label("Пишет левой рукой.").check()
    shows(page.locator("#section-c_writing textarea"), r"^Пишет левой рукой\.$")
    assert not page.get_by_label("Пишет правой рукой.").is_checked()
    page.get_by_label("для заседания консилиума").check()
    page.get_by_text("Сохранено", exact=True).first.wait_for()
    page.wait_for_function("(old) => document.querySelector('#lacks h2').innerText !== old", arg=before)
