"""A real browser for tests: one Chromium, a signed-in page for each person."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client

from tests.cast import prove
from tests.machine import CHROMIUM, CHROMIUM_FLAGS

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs a loop in the thread of the test


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


class Door:
    """The way into the live server: once shut it lets nobody in and waits for those who are inside.

    Browsers leave a last presence ping or draft behind them; such a request must not meet the emptying
    of the test's database, where PostgreSQL rightly calls it a deadlock.
    """

    def __init__(self) -> None:
        self.state = threading.Condition()
        self.inside = 0
        self.shut = False
        self.story = threading.get_ident()  # the test's own client comes by another way

    def enter(self, **_: Any) -> None:
        if threading.get_ident() == self.story:
            return
        with self.state:
            if self.shut:
                raise ConnectionAbortedError("the test is over")
            self.inside += 1

    def leave(self, **_: Any) -> None:
        if threading.get_ident() == self.story:
            return
        with self.state:
            self.inside -= 1
            self.state.notify_all()

    def close(self) -> None:
        with self.state:
            self.shut = True
            assert self.state.wait_for(lambda: self.inside <= 0, timeout=30), f"{self.inside} requests hang"


@pytest.fixture
def served(live_server: Any, transactional_db: None) -> Iterator[Any]:
    """The live server of one test; at its end nobody is inside."""
    door = Door()
    request_started.connect(door.enter)
    request_finished.connect(door.leave)
    yield live_server
    door.close()
    request_finished.disconnect(door.leave)
    request_started.disconnect(door.enter)


@pytest.fixture
def signed_in(browser: Any, served: Any) -> Iterator[Callable[..., Any]]:
    """`signed_in(user)` is a page of that person's own browser; console errors fail the test at its end."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_for(user: Any, **options: Any) -> Any:
        client = Client()
        client.force_login(user)
        prove(client, user)
        context = browser.new_context(locale="ru-RU", base_url=served.url, **options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served.url}])
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
