"""The log of events: declared words, the same transaction as the deed."""

from __future__ import annotations

import pytest
from django.db import transaction

from opora.foundation.accounts.actors import SystemActor
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType, event, sentence_of, vocabulary
from opora.people.children.models import Child

from . import cast as people

KNOWN = next(iter(vocabulary().values()))


def test_an_event_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError):
        record(KNOWN, actor=SystemActor())

    assert not Event.objects.exists()


def test_an_undeclared_event_is_refused(db):
    with pytest.raises(ValueError, match="not declared"), transaction.atomic():
        record(EventType("invented.deed", "Сделано неизвестно что"), actor=SystemActor())


def test_an_event_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        event(KNOWN.code, "Ещё раз")


def test_an_event_goes_with_its_rolled_back_deed(cast):
    with transaction.atomic():
        record(KNOWN, actor=SystemActor(cast.commission), subject=cast.commission)
        transaction.set_rollback(True)

    assert not Event.objects.exists()


def test_a_sentence_takes_its_details_and_survives_their_absence():
    assert sentence_of("case.registered", {"number": 12}) == "Зарегистрировано обращение № 12"
    assert sentence_of("case.registered", {}) == "Зарегистрировано обращение № —"
    assert sentence_of("long.forgotten", {}) == "long.forgotten"


def test_opening_a_childs_file_is_an_event_that_strangers_never_see(cast, daria_child, as_user):
    response = as_user(cast.anna).get(f"/children/{daria_child.public_id}/")

    assert response.status_code == 200
    opened = Event.objects.about_person(daria_child.public_id)
    assert [one.user for one in opened] == [cast.anna]
    assert not opened.visible_to(cast.actor(cast.zakhar)).exists()


def test_when_the_event_cannot_be_written_the_data_is_not_shown(cast, daria_child, as_user, monkeypatch):
    def fails(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("opora.foundation.access.routes.record", fails)
    client = as_user(cast.anna)
    client.raise_request_exception = False

    response = client.get(f"/children/{daria_child.public_id}/")

    assert response.status_code == 500
    assert daria_child.last_name not in response.content.decode()


def test_the_log_holds_ids_and_codes_never_names(cast, as_user):
    child = people.child_of(cast.commission, last="Необыкновенский")
    as_user(cast.anna).get(f"/children/{child.public_id}/")

    assert Child.objects.count() == 1
    assert all("Необыкновенск" not in str(one.details) for one in Event.objects.all())
