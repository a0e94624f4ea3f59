"""The log keeps the incident number and the place in the code; names, addresses and typed words stay out of it."""

from __future__ import annotations

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.test import Client

from opora.config.logs import WithoutAddresses, WithoutWords
from opora.foundation.access import routes

CANARY = "Сокровищев"


@pytest.fixture
def written():
    """What the console handler of the settings would write."""
    words = settings.LOGGING["formatters"]["words"]
    console = logging.StreamHandler(io.StringIO())
    console.setFormatter(WithoutWords(words["format"], style=words["style"]))
    console.addFilter(WithoutAddresses())
    root = logging.getLogger()
    root.addHandler(console)
    yield lambda: console.stream.getvalue()
    root.removeHandler(console)


@pytest.fixture
def browser(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.anna)
    return client


def test_the_settings_use_this_filter_and_this_form():
    handlers = settings.LOGGING["handlers"]

    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert handlers["console"]["filters"] == ["addresses"]
    assert handlers["console"]["formatter"] == "words"
    assert settings.LOGGING["filters"]["addresses"]["()"] == "opora.config.logs.WithoutAddresses"
    assert settings.LOGGING["formatters"]["words"]["()"] == "opora.config.logs.WithoutWords"
    assert not settings.ADMINS


def test_no_other_handler_writes_beside_it():
    """Django has one that mails the whole request and one that writes it to the screen."""
    for name in ("django", "django.server", "django.request", "django.security", "opora", "opora.incidents"):
        assert logging.getLogger(name).handlers == [], name
        assert logging.getLogger(name).propagate, name


def test_a_failure_leaves_its_number_and_place_and_no_words(browser, written, monkeypatch):
    def fail(*args):
        try:
            raise IntegrityError(f"Key (last_name)=({CANARY}) already exists")
        except IntegrityError as error:
            raise ValueError(f"{CANARY} Миша") from error

    monkeypatch.setattr(routes, "_carry_out", fail)
    answer = browser.get(f"/children/?q={CANARY}")

    log = written()
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert CANARY not in log
    assert "Миша" not in log
    assert answer.headers["X-Incident"] in log
    assert "builtins.ValueError" in log
    assert "IntegrityError" in log
    assert "test_logs.py" in log
    assert "children:list" in log


@pytest.mark.django_db
def test_an_error_of_the_database_leaves_no_words(written):
    with pytest.raises(Exception) as failed, connection.cursor() as cursor:  # noqa: PT011
        cursor.execute(f"SELECT '{CANARY}' FROM nowhere_{CANARY}")
    assert CANARY in str(failed.value)
    logging.getLogger("opora.incidents").error("Incident 1", exc_info=failed.value)

    assert CANARY not in written()
    assert "Incident 1" in written()


@pytest.mark.parametrize(
    ("method", "target", "extra", "status"),
    [
        ("get", f"/{CANARY}/", {}, 404),
        ("get", f"/children/{CANARY}/?q={CANARY}", {}, 404),
        ("put", f"/children/?q={CANARY}", {}, 405),
        ("get", f"/?q={CANARY}", {"HTTP_HOST": "сокровищев.example"}, 400),
        ("get", "/", {"HTTP_HOST": f"{CANARY}.example"}, 400),
        ("post", f"/children/new/?name={CANARY}", {}, 200),
    ],
)
def test_a_refused_request_leaves_no_words(browser, written, method, target, extra, status):
    answer = getattr(browser, method)(target, **extra)

    assert answer.status_code in (status, 422)
    log = written()
    assert CANARY not in log
    assert CANARY.lower() not in log.lower()
    assert "%D0" not in log


def test_a_form_without_its_token_leaves_no_words(cast, written):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.anna)

    assert client.post(f"/children/new/?q={CANARY}", {"last_name": CANARY}).status_code == 403
    assert "403" in written()
    assert "children:new" in written()
    assert CANARY not in written()


def test_one_message_is_one_line(written):
    logging.getLogger("opora.incidents").error("first\n2026-01-01 INFO opora: forged\r\nline")

    assert len(written().splitlines()) == 1


def test_another_handler_does_not_hand_over_the_words(written):
    """Python keeps the text of an exception on the record for the next handler."""
    record = logging.LogRecord("opora", logging.ERROR, "", 0, "failed", None, None)
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
    logging.Formatter().format(record)
    assert CANARY in record.exc_text

    assert CANARY not in WithoutWords().format(record)
