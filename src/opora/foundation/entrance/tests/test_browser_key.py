"""A security key in a real browser: set up, signed out, signed in with it; and a way in without any script."""

from __future__ import annotations

import re
from typing import Any

import pytest

from opora.foundation.audit.models import Event
from opora.foundation.entrance.models import AccountSession
from opora.foundation.organisations.models import Organisation
from tests.cast import PASSWORD

from .door import code

pytestmark = pytest.mark.browser


@pytest.fixture
def strict(served, cast):
    Organisation.objects.filter(pk=cast.commission.pk).update(requires_second_factor=True)
    return cast


def page_of(browser: Any, served: Any, **options: Any) -> Any:
    context = browser.new_context(locale="ru-RU", base_url=served.url.replace("127.0.0.1", "localhost"), **options)
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def add_key_to(page: Any) -> None:
    """Plug a key into the browser: Chromium's own virtual authenticator."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }},
    )  # fmt: skip


def sign_in(page: Any, login: str) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("Логин").fill(login)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()


def test_anna_sets_up_a_key_and_signs_in_with_it(browser, served, strict):
    page = page_of(browser, served)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    add_key_to(page)
    sign_in(page, "anna")
    page.get_by_role("heading", name="Добавьте второй фактор").wait_for()
    page.get_by_role("link", name="Добавить ключ").click()
    page.get_by_label("Название").fill("Синий, на связке")
    page.get_by_role("button", name="Приложить ключ").click()
    page.get_by_role("heading", name="Запасные коды").wait_for()
    page.get_by_role("link", name="Коды сохранены, к работе").click()
    page.get_by_role("heading", name="Рабочий стол").wait_for()

    page.context.clear_cookies()
    sign_in(page, "anna")
    page.get_by_role("button", name="Войти с ключом безопасности").click()
    page.get_by_role("heading", name="Рабочий стол").wait_for()
    page.goto("/account/code/settings/")
    assert page.get_by_text("Синий, на связке", exact=True).is_visible()

    assert errors == []
    assert AccountSession.objects.filter(user=strict.anna).count() == 2
    assert (
        Event.objects.filter(code="entrance.factor_added", user=strict.anna).get().details["kind"]
        == "ключ безопасности"
    )
    page.context.close()


def test_the_button_waits_for_the_script_that_listens_to_it(browser, served, strict):
    page = page_of(browser, served)
    page.route("**/entrance/key*.js", lambda route: route.abort())
    sign_in(page, "anna")
    page.get_by_role("link", name="Добавить ключ").click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="Приложить ключ").is_disabled()
    page.context.close()


def test_without_a_script_the_application_is_set_up_and_opens_the_door(browser, served, strict):
    page = page_of(browser, served, java_script_enabled=False, viewport={"width": 390, "height": 800})
    sign_in(page, "vera")
    page.get_by_role("link", name="Настроить приложение").click()
    secret = page.locator("#totp-secret").input_value()
    assert page.locator("img.qr").get_attribute("src").startswith("data:image/svg+xml")
    page.get_by_label("Код из приложения").fill(code(secret))
    page.get_by_role("button", name="Включить").click()
    page.get_by_role("heading", name="Запасные коды").wait_for()
    reserve = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="Коды сохранены, к работе").click()
    assert re.search("Рабочий стол", page.content())

    page.context.clear_cookies()
    sign_in(page, "vera")
    page.get_by_label("Код").fill(reserve)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.get_by_role("heading", name="Рабочий стол").wait_for()
    page.context.close()
