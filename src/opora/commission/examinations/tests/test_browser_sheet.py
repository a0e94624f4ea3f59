"""The work sheet in a real browser: nothing typed is lost, whatever happens to the network, the session, the server."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse

from opora.commission.examinations import services
from opora.foundation.worksheets.models import EarlierText
from tests.cast import PASSWORD

from .day import arrived, sheet_begun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


@pytest.fixture
def sheet(cast):
    return sheet_begun(cast, cast.vera, arrived(cast))


@pytest.fixture
def opened(signed_in, sheet):
    """`opened(user)` is the sheet open in a browser of that person."""

    def open_as(user):
        page = signed_in(user)
        page.goto(reverse("examinations:sheet", args=[sheet.public_id]))
        return page

    return open_as


def section_of(sheet, kind="data"):
    asked = next(one for one in services.sheet_of(sheet).sections if one.kind == kind)
    return sheet.sections.get(code=asked.code)


def area(page, sheet, kind="data"):
    return page.locator(f"#text-{section_of(sheet, kind).public_id}")


def state(page, sheet, kind="data"):
    return page.locator(f"#section-{section_of(sheet, kind).code} [data-section-state]")


def sees(locator, words):
    from playwright.sync_api import expect

    expect(locator).to_contain_text(re.compile(words), timeout=WAIT)


def test_what_is_typed_is_saved_by_itself(opened, cast, sheet):
    page = opened(cast.vera)
    area(page, sheet).fill("Свистящие нарушены 🙂")
    sees(state(page, sheet), r"Сохранено в \d\d:\d\d")
    assert section_of(sheet).text == "Свистящие нарушены 🙂"


def test_a_click_on_the_finish_button_waits_for_the_last_letters(opened, cast, sheet):
    page = opened(cast.vera)
    area(page, sheet, "conclusion").fill("Нуждается в логопедической помощи.")
    page.get_by_role("button", name="Завершить лист").click()
    sees(page.locator("main"), "Лист завершён")
    sheet.refresh_from_db()
    assert sheet.is_finished
    assert section_of(sheet, "conclusion").text == "Нуждается в логопедической помощи."


def test_the_network_goes_and_comes_back(opened, cast, sheet):
    page = opened(cast.vera)
    page.context.set_offline(True)
    area(page, sheet).fill("Набрано без сети")
    sees(state(page, sheet), "Нет связи — набранное сохранено в этом окне")
    assert section_of(sheet).text == ""
    page.context.set_offline(False)
    sees(state(page, sheet), "Сохранено в")
    assert section_of(sheet).text == "Набрано без сети"


def test_the_server_is_restarted_and_the_page_is_opened_anew(opened, cast, sheet):
    page = opened(cast.vera)
    down = re.compile(r"/sections/")
    page.route(down, lambda route: route.fulfill(status=502, body="Bad Gateway"))
    area(page, sheet).fill("Набрано, пока сервер не отвечал")
    sees(state(page, sheet), "Сервер не отвечает — набранное сохранено в этом окне")
    page.unroute(down)
    page.reload()
    sees(page.locator(".section-note"), "Возвращён текст")
    sees(state(page, sheet), "Сохранено в")
    assert section_of(sheet).text == "Набрано, пока сервер не отвечал"


def test_the_session_ends_in_the_middle_and_the_text_is_there_after_signing_in(opened, cast, sheet):
    page = opened(cast.vera)
    area(page, sheet).fill("Начало. ")
    sees(state(page, sheet), "Сохранено в")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    area(page, sheet).press_sequentially("Конец, набранный после конца сеанса.")
    sees(page.locator("#session-ended"), "Сеанс закончился, набранное сохранено")
    sees(state(page, sheet), "Сеанс закончился")
    assert section_of(sheet).text == "Начало. "
    door = page.context.new_page()
    door.goto(reverse("account_login"))
    door.locator("input[name=login]").fill("vera")
    door.locator("input[name=password]").fill(PASSWORD)
    door.locator("input[name=password]").press("Enter")
    door.wait_for_url(re.compile(r"^(?!.*sign-in)"))
    sees(state(page, sheet), "Сохранено в")
    assert "Конец, набранный после конца сеанса." in section_of(sheet).text


def test_two_people_see_each_other_and_a_conflict_side_by_side(opened, cast, sheet):
    vera, boris = opened(cast.vera), opened(cast.boris)
    area(boris, sheet).click()
    area(vera, sheet).click()
    others = vera.locator(f"#section-{section_of(sheet).code} [data-section-others]")
    sees(others, f"Здесь же: {cast.boris.short_name}")
    delayed = re.compile(r"/sections/")
    boris.route(delayed, lambda route: route.abort())
    area(boris, sheet).fill("Слоговая структура сохранна.")
    sees(state(boris, sheet), "Нет связи")
    area(vera, sheet).fill("Свистящие нарушены.")
    sees(state(vera, sheet), "Сохранено в")
    boris.unroute(delayed)
    conflict = boris.locator(".conflict")
    sees(conflict, "Свистящие нарушены.")
    sees(conflict, "Слоговая структура сохранна.")
    assert section_of(sheet).text == "Свистящие нарушены."
    boris.get_by_role("button", name="Править вместе").click()
    sees(state(boris, sheet), "Сохранено в")
    together = section_of(sheet).text
    assert "Свистящие нарушены." in together
    assert "Слоговая структура сохранна." in together
    assert "Свистящие нарушены." in [one.text for one in EarlierText.objects.all()]
