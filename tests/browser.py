"""A real browser for tests: one Chromium, a signed-in page for each person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.machine import CHROMIUM

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs a loop in the thread of the test
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def signed_in(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`signed_in(user)` is a page of that person's own browser; console errors fail the test at its end."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_for(user: Any, **options: Any) -> Any:
        client = Client()
        client.force_login(user)
        context = browser.new_context(locale="ru-RU", base_url=live_server.url, **options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_for
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")  # what a page still asks must not outlive the test's database
        context.close()
    assert errors == []
