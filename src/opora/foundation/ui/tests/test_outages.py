"""Faults that lie outside and pass: a page that says when to come again and gives back what was typed."""

from __future__ import annotations

import errno

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory

from opora.foundation.ui import faults
from opora.foundation.ui.errors import server_error

TYPED = {"text": 'Речь «ясная»\n<b> & "кавычки"', "form_key": "k1", "csrfmiddlewaretoken": "t" * 32}


def answered(error, **options):
    """The page that the product answers an error with."""
    factory = RequestFactory()
    request = factory.post("/cases/?page=2", TYPED, **options)
    try:
        raise error
    except Exception:
        return server_error(request)


def postgres(state):
    cause = Exception()
    cause.sqlstate = state
    error = OperationalError("told by the driver")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("connection refused"), 503, "База данных не отвечает"),
        (InterfaceError("connection already closed"), 503, "База данных не отвечает"),
        (OperationalError("database is locked"), 503, "База данных занята"),
        (postgres("40P01"), 503, "База данных занята"),
        (postgres("53100"), 507, "Кончилось место на диске"),
        (OperationalError("database or disk is full"), 507, "Кончилось место на диске"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "Кончилось место на диске"),
    ],
)
def test_a_passing_fault_has_its_own_page_with_a_number_and_a_time(error, status, words):
    answer = answered(error)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert answer["X-Incident"] in answer.content.decode()
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("error", [IntegrityError("a key"), OSError(errno.ENOENT, "no file"), ZeroDivisionError()])
def test_a_fault_of_the_program_is_no_passing_one(error):
    answer = answered(error)

    assert answer.status_code == 500
    assert "Retry-After" not in answer
    assert "Отправить ещё раз" not in answer.content.decode()


def test_a_cause_deep_below_is_found():
    error = ValueError("a file could not be kept")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    assert faults.outage_of(error) == faults.FULL


def test_what_was_typed_is_on_the_page_and_can_be_sent_again():
    page = answered(OperationalError("gone")).content.decode()

    assert 'action="/cases/?page=2"' in page
    assert 'value="Речь «ясная»\n&lt;b&gt; &amp; &quot;кавычки&quot;"' in page
    assert 'name="form_key" value="k1"' in page
    assert "Отправить ещё раз" in page


def test_a_background_save_gets_a_sentence_and_no_page():
    answer = answered(OperationalError("gone"), headers={"X-Requested-With": "fetch"})

    assert answer.status_code == 503
    assert "<" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "fields"), [("/account/sign-in/", {"login": "anna"}), ("/x/", {"new_password1": "a"})]
)
def test_a_password_is_never_given_back(path, fields):
    assert faults.typed_in(RequestFactory().post(path, fields)) == []


def test_a_full_disk_that_sqlite_calls_otherwise_is_known_by_the_disk(monkeypatch):
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 0})())

    assert faults.outage_of(OperationalError("disk I/O error")) == faults.FULL
