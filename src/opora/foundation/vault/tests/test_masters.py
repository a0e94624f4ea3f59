"""Master keys: outside the database, changed while people work."""

from __future__ import annotations

import base64
import os
import stat
import threading
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.foundation.organisations.scope import within
from opora.foundation.vault import keyring, masters
from opora.foundation.vault.cipher import SealBroken
from opora.foundation.vault.models import PersonKey
from opora.foundation.vault.services import master_retire, master_rotate, masters_in_use, unreadable_keys

from .rows import place_of


@pytest.fixture
def keys_file(tmp_path, settings):
    settings.MASTER_KEYS_FILE = tmp_path / "home" / "master.keys"
    masters.make(settings.MASTER_KEYS_FILE)
    return settings.MASTER_KEYS_FILE


@pytest.fixture
def places(db, keys_file):
    both = [place_of("ПМПК Заречного района"), place_of("ПМПК Нагорного района")]
    for place in both:
        keyring.provide(place.pk, ["", *(f"child-{at}" for at in range(5))])
    return both


def secrets_of(places) -> list[bytes | None]:
    keyring.forget()
    return [keyring.key_of(place.pk, f"child-{at}").secret for place in places for at in range(5)]


def test_the_file_is_private_and_never_written_over(keys_file):
    written = keys_file.read_text()

    assert stat.S_IMODE(keys_file.stat().st_mode) == 0o600
    assert not masters.make(keys_file)
    assert keys_file.read_text() == written
    assert os.listdir(keys_file.parent) == ["master.keys"]


def test_where_people_are_real_a_missing_file_is_said_and_not_made(tmp_path, settings):
    settings.MASTER_KEYS_FILE, settings.MASTER_KEYS_ARE_MADE = tmp_path / "master.keys", False

    with pytest.raises(masters.MasterKeyMissing, match="Нет мастер-ключа"):
        masters.load()
    assert not settings.MASTER_KEYS_FILE.exists()


def test_keys_come_from_the_environment_too(settings):
    one, two = (base64.b64encode(bytes([at]) * 32).decode() for at in (1, 2))
    settings.MASTER_KEYS = f"first {one}, second {two}"

    assert masters.load().current == "second"
    assert masters.load().key("first") == b"\x01" * 32


@pytest.mark.parametrize("text", ["first", "first AAAA", "first %%%", "a b c", "# only a note", "x {k}\nx {k}"])
def test_a_bad_file_is_explained(settings, text):
    settings.MASTER_KEYS = text.replace("{k}", base64.b64encode(b"k" * 32).decode())

    with pytest.raises(masters.MasterKeyMissing, match="астер-ключ"):
        masters.load()


def test_a_running_server_sees_a_new_key_at_once(keys_file):
    before = masters.load().current
    added = masters.add()

    assert masters.load().current == added != before
    assert before in masters.load().keys


def test_rotation_changes_no_data_key_and_the_former_master_can_go(places):
    before, former = secrets_of(places), masters.load().current

    done = master_rotate(actor=SystemActor())
    master_retire(actor=SystemActor(), master_id=former)

    assert done.count == PersonKey.objects.count() == 12
    assert masters_in_use() == {done.master_id: 12}
    assert list(masters.load().keys) == [done.master_id]
    assert secrets_of(places) == before
    assert list(unreadable_keys()) == []
    for code in ("vault.master_rotated", "vault.master_retired"):
        assert {event.organisation for event in Event.objects.filter(code=code)} == set(places)


def test_a_master_in_use_or_current_is_not_retired(places):
    former = masters.load().current
    current = masters.add()

    for name, code in ((former, "in_use"), (current, "current"), ("nobody", "unknown")):
        with pytest.raises(Refusal) as refused:
            master_retire(actor=SystemActor(), master_id=name)
        assert refused.value.code == code
    assert list(masters.load().keys) == [former, current]


def test_an_interrupted_rotation_is_carried_to_its_end(places, monkeypatch):
    before = secrets_of(places)
    monkeypatch.setattr("opora.foundation.vault.services.BATCH", 4)

    def stop(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        master_rotate(actor=SystemActor(), tell=stop)
    assert len(masters_in_use()) == 2
    assert secrets_of(places) == before
    assert master_rotate(actor=SystemActor(), new=False).count == 8
    assert len(masters_in_use()) == 1
    assert secrets_of(places) == before


def test_rotation_does_not_bring_back_a_destroyed_key(places):
    PersonKey.objects.filter(person_id="child-1").update(wrapped="", master_id="", destroyed_at="2026-01-01T00:00Z")

    master_rotate(actor=SystemActor())

    assert PersonKey.objects.filter(person_id="child-1", wrapped="").count() == 2


def test_a_key_under_a_forged_master_does_not_open(places, keys_file):
    name = masters.load().current
    keys_file.write_text(f"{name} {base64.b64encode(b'o' * 32).decode()}\n")
    keyring.forget()

    with pytest.raises(SealBroken):
        keyring.key_of(places[0].pk, "child-1")


def test_a_key_made_while_its_master_is_retired_is_wrapped_anew(places, monkeypatch):
    former = masters.load().current
    real = keyring._fresh

    def overtaken(*asked):
        row = real(*asked)
        masters.add()
        masters.remove(former)
        return row

    monkeypatch.setattr(keyring, "_fresh", overtaken)
    made = keyring.key_of(places[0].pk, "child-new")

    row = PersonKey.objects.get(person_id="child-new")
    assert row.master_id == masters.load().current != former
    keyring.forget()
    assert keyring.key_of(places[0].pk, "child-new").secret == made.secret


def test_only_the_operator_changes_master_keys(places):
    head = Actor(user=None, organisation=places[0], roles=frozenset({Role.COMMISSION_HEAD}), sworn=True)

    with pytest.raises(PermissionDenied, match="обязанности"):
        master_rotate(actor=head)


def test_a_key_that_is_destroyed_in_the_middle_of_a_batch_is_not_brought_back(places, monkeypatch):
    real = masters.Masters.wrap

    def overtaken(known, *asked):
        PersonKey.objects.filter(person_id="child-1").update(wrapped="", master_id="", destroyed_at="2026-01-01T00:00Z")
        return real(known, *asked)

    monkeypatch.setattr(masters.Masters, "wrap", overtaken)

    assert master_rotate(actor=SystemActor()).count == 10
    assert PersonKey.objects.filter(person_id="child-1", wrapped="").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_master_is_not_retired_under_a_child_who_is_being_written(keys_file):
    """The key of a transaction that is not yet committed counts: retiring waits for it."""
    place, former = place_of("ПМПК Заречного района"), masters.load().current
    wrapped, asked = threading.Event(), threading.Event()

    def registrar() -> None:
        with transaction.atomic(), within(place):
            keyring.key_of(place.pk, "misha")
            wrapped.set()
            asked.wait(5)
            time.sleep(0.3)
        connections.close_all()

    work = threading.Thread(target=registrar)
    work.start()
    wrapped.wait(5)
    masters.add()
    asked.set()
    with pytest.raises(Refusal) as refused:
        master_retire(actor=SystemActor(), master_id=former)
    work.join()

    assert refused.value.code == "in_use"
    assert former in masters.load().keys


def test_a_lost_master_closes_everything_and_is_named(places, keys_file):
    keys_file.write_text(f"other {base64.b64encode(b'o' * 32).decode()}\n")
    keyring.forget()

    assert len(list(unreadable_keys())) == 12
    with pytest.raises(masters.MasterKeyMissing, match="верните его строку"):
        keyring.key_of(places[0].pk, "child-1")
