"""The list of erasures that a restore carries out again."""

from __future__ import annotations

import pytest
from django.db import transaction

from opora.foundation.registers import erasures


@pytest.fixture
def place(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def repeated(monkeypatch):
    """An erasure of a made-up kind, and what was repeated of it."""
    done = []
    monkeypatch.setitem(erasures._REPLAYS, "test", lambda organisation, subject: done.append((organisation, subject)))
    return done


def note(cast, subject="abc", kind="test"):
    erasures.erasure_note(kind=kind, organisation=cast.commission, subject=subject)


def test_an_erasure_is_noted_before_its_commit_and_after_it(place, repeated, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        note(cast)
        assert [one.state for one in erasures.read(erasures.home_log())] == ["begun"]

    begun, done = erasures.read(erasures.home_log())
    assert (begun.id, begun.state, done.state) == (done.id, "begun", "done")
    assert erasures.home_log().stat().st_mode & 0o077 == 0


def test_only_what_was_done_is_repeated_once_and_what_was_begun_is_named(
    place, repeated, cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        note(cast, "erased")
    with transaction.atomic():
        note(cast, "taken back")
        transaction.set_rollback(True)

    told = erasures.erasures_replay(erasures.read(erasures.home_log()) * 2)

    assert repeated == [(cast.commission, "erased")]
    assert (told.done, [one.subject for one in told.unknown], told.impossible) == (1, ["taken back"], [])


def test_an_erasure_that_nobody_can_repeat_is_not_noted_and_not_forgotten(place, repeated, cast):
    with pytest.raises(ValueError, match="unheard"), transaction.atomic():
        note(cast, kind="unheard")
    unheard = erasures.Erasure("1", "unheard", cast.commission.public_id, "x", "2026-01-01", erasures.DONE)

    assert erasures.erasures_replay([unheard]).impossible == [unheard]


@pytest.mark.django_db(transaction=True)
def test_an_erasure_outside_a_transaction_is_refused(place, repeated, cast):
    with pytest.raises(RuntimeError):
        note(cast)


def test_a_torn_line_is_left_out_and_the_next_one_begins_anew(place):
    path = erasures.home_log()
    first, second = (erasures.Erasure(name, "test", "o", "s", "2026-01-01", erasures.DONE) for name in "12")
    erasures.append(path, first)
    with path.open("ab") as file:
        file.write(b'{"id": "torn", "kin')
    erasures.append(path, second)

    assert erasures.read(path) == [first, second]


def test_lists_of_several_places_become_one(place, tmp_path):
    beside = tmp_path / "backups.log"
    old, new = (erasures.Erasure(name, "test", "o", "s", f"2026-01-0{name}", erasures.DONE) for name in "12")
    erasures.append(erasures.home_log(), old)
    erasures.append(beside, old, new)

    assert erasures.merge(erasures.home_log(), beside) == [old, new]
    assert erasures.read(erasures.home_log()) == [old, new]
    assert erasures.merge(erasures.home_log(), beside, tmp_path / "missing") == [old, new]
    assert erasures.read(erasures.home_log()) == [old, new]
