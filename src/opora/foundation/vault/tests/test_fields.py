"""A sealed field is clear to whoever has the row and closed to whoever has the disk."""

from __future__ import annotations

import base64

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.signals import request_finished, request_started
from django.db import IntegrityError, close_old_connections, connection, transaction

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.audit.models import Event
from opora.foundation.vault import keyring
from opora.foundation.vault.cipher import SealBroken
from opora.foundation.vault.fields import is_erased
from opora.foundation.vault.models import PersonKey
from opora.foundation.vault.services import key_destroy

from .rows import Note, place_of, put, stored, table_made

TEXT = "Расстройство аутистического спектра"


@pytest.fixture
def place(db):
    table_made()
    return place_of("ПМПК Заречного района")


def note(place, person_id: str = "misha", **fields) -> Note:
    return Note.objects.create(organisation=place, person_id=person_id, **({"text": TEXT} | fields))


def fresh(row: Note) -> Note:
    """The row as the next request reads it."""
    keyring.forget()
    return Note.objects.get(pk=row.pk)


def destroyed(place, person_id: str = "misha") -> None:
    key_destroy(actor=SystemActor(place), person_id=person_id)


def test_the_database_holds_a_token_and_the_row_gives_the_text(place):
    row = note(place, details={"диагноз": [TEXT]})

    assert stored(row).startswith(f"v1:{PersonKey.objects.get().public_id}:")
    assert TEXT not in stored(row) + stored(row, "details")
    assert fresh(row).text == TEXT
    assert fresh(row).details == {"диагноз": [TEXT]}


def test_the_same_text_is_sealed_differently_each_time(place):
    first, second = note(place), note(place)

    assert stored(first) != stored(second)


def test_what_is_empty_stays_empty_and_needs_no_key(place):
    row = note(place, text="")

    assert (stored(row), stored(row, "details")) == ("", "{}")
    assert not PersonKey.objects.exists()
    assert list(Note.objects.filter(text="")) == [row]
    assert list(Note.objects.exclude(text="")) == []


@pytest.mark.parametrize("moved", ["to another row", "to another field", "to another child's row"])
def test_a_token_that_was_moved_does_not_open(place, moved):
    row, other = note(place), note(place, "lena" if moved == "to another child's row" else "misha")
    column = "other" if moved == "to another field" else "text"
    put(row if column == "other" else other, stored(row), column)

    with pytest.raises(SealBroken):
        getattr(fresh(row if column == "other" else other), column)


def test_no_flipped_byte_opens(place):
    row = note(place, text="ОНР")
    token = stored(row)
    head, body = token[:18], base64.b64decode(token[18:])
    for at in range(len(body)):
        spoilt = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        put(row, head + base64.b64encode(spoilt).decode())
        with pytest.raises(SealBroken):
            _ = fresh(row).text


@pytest.mark.parametrize("spoilt", [TEXT, "v1:", "v1:nokeyofthisone:AAAA", "v2:x", "v1:" + "я" * 40])
def test_what_we_did_not_seal_is_not_shown(place, spoilt):
    row = note(place)
    put(row, spoilt)

    with pytest.raises(SealBroken):
        _ = fresh(row).text


def test_a_wrapped_key_opens_for_no_other_child(place):
    mine, other = note(place), note(place, "lena")
    keys = {key.person_id: key for key in PersonKey.objects.all()}
    PersonKey.objects.filter(person_id="lena").update(wrapped=keys["misha"].wrapped)

    assert fresh(mine).text == TEXT
    with pytest.raises(SealBroken):
        _ = fresh(other).text
    keyring.forget()
    with pytest.raises(SealBroken):
        keyring.key_of(place.pk, "lena")  # nor is anything new sealed under the child of another


def test_sealed_text_is_neither_searched_nor_set_in_place(place):
    note(place)

    with pytest.raises(TypeError):
        Note.objects.filter(text=TEXT)
    with pytest.raises(FieldError):
        Note.objects.filter(text__icontains="аутист")
    with pytest.raises(FieldError):
        Note.objects.filter(details__диагноз="x")
    with pytest.raises(FieldError):
        list(Note.objects.order_by("details__диагноз"))
    with pytest.raises(TypeError), transaction.atomic():
        Note.objects.update(text="в открытую")
    row = Note.objects.get()
    row.text = "в открытую"
    with pytest.raises(TypeError), transaction.atomic():
        Note.objects.bulk_update([row], ["text"])


def test_a_text_over_its_limit_is_refused_in_russian(place):
    row = note(place, text="я" * 101)

    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "100" in str(refused.value)
    assert "символ" in str(refused.value)


def test_fifty_children_cost_one_query_for_keys(place, django_assert_num_queries):
    for at in range(50):
        note(place, f"child-{at}", details={"n": at})
    keyring.forget()

    with django_assert_num_queries(2):
        rows = list(Note.objects.order_by("pk"))
        assert [row.text for row in rows] == [TEXT] * 50
        assert [row.details["n"] for row in rows] == list(range(50))


def test_saving_what_was_not_changed_keeps_the_token(place):
    row = note(place, details={"a": 1})
    token, details = stored(row), stored(row, "details")

    fresh(row).save()  # never looked at
    looked = fresh(row)
    assert looked.text == TEXT
    looked.details["a"] = 2
    looked.save()

    assert stored(row) == token
    assert stored(row, "details") != details
    assert fresh(row).details == {"a": 2}


def test_a_destroyed_key_leaves_an_empty_text_and_lets_the_row_be_saved(place):
    row, other = note(place, details={"a": 1}), note(place, "lena")
    token = stored(row)

    destroyed(place)

    erased = fresh(row)
    assert (erased.text, erased.details) == ("", {})
    assert is_erased(erased, "text")
    assert not is_erased(fresh(other), "text")
    erased.save()
    assert stored(row) == token
    assert fresh(other).text == TEXT


@pytest.mark.parametrize("looked_at", [True, False])
def test_nothing_new_is_sealed_for_an_erased_child(place, looked_at):
    row = note(place)
    destroyed(place)

    erased = fresh(row)
    assert not looked_at or erased.text == ""
    erased.text = "новое"
    with pytest.raises(Refusal) as refused, transaction.atomic():
        erased.save()
    assert refused.value.code == "erased"
    with pytest.raises(Refusal), transaction.atomic():
        note(place)


def test_a_child_without_a_key_is_erased_too(place):
    destroyed(place, "nobody-wrote-of-him")

    with pytest.raises(Refusal), transaction.atomic():
        note(place, "nobody-wrote-of-him")
    key = PersonKey.objects.get()
    assert (key.wrapped, key.master_id) == ("", "")
    assert Event.objects.filter(code="vault.key_destroyed", person_id="nobody-wrote-of-him").count() == 1


@pytest.mark.parametrize("half", [{"wrapped": ""}, {"destroyed_at": "2026-01-01T00:00Z"}])
def test_a_key_is_wrapped_or_destroyed_and_nothing_between(place, half):
    """An emptied key would read like an erasure that nobody has decided."""
    note(place)

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonKey.objects.update(**half)


def test_the_organisations_own_key_is_not_destroyed(place):
    with pytest.raises(ValueError, match="own key"):
        destroyed(place, "")


def test_a_destroyed_key_is_noticed_at_once_in_the_same_request(place):
    row = note(place)
    kept = Note.objects.get(pk=row.pk)
    assert kept.text == TEXT

    destroyed(place)

    assert Note.objects.get(pk=row.pk).text == ""


def test_keys_are_put_away_after_a_minute(place, monkeypatch):
    row = note(place)
    assert Note.objects.get(pk=row.pk).text == TEXT
    PersonKey.objects.update(wrapped="", master_id="", destroyed_at="2026-01-01T00:00Z")  # by another process
    assert Note.objects.get(pk=row.pk).text == TEXT

    monkeypatch.setattr(keyring, "FRESH", 0.0)

    assert Note.objects.get(pk=row.pk).text == ""


@pytest.mark.parametrize("end", [request_started, request_finished])
def test_keys_are_put_away_at_both_ends_of_a_request(place, end):
    note(place)
    assert keyring._present().keys

    end.disconnect(close_old_connections)  # as the client of the tests does: the transaction of the test goes on
    try:
        end.send(sender=None)
    finally:
        end.connect(close_old_connections)

    assert not keyring._present().keys


def test_a_key_that_was_rolled_back_seals_nothing(place):
    """The next text gets a key that is in the database."""
    row = Note(organisation=place, person_id="misha", text=TEXT)
    with transaction.atomic():
        row.save()
        transaction.set_rollback(True)
    row.pk = None
    row.save()

    assert fresh(row).text == TEXT
    assert PersonKey.objects.count() == 1


def test_children_and_organisations_have_keys_of_their_own(place):
    other = place_of("ПМПК Нагорного района")
    for one, person in ((place, "misha"), (place, "lena"), (other, "misha"), (place, "")):
        note(one, person)
        note(one, person)

    assert PersonKey.objects.count() == 4


def test_many_keys_are_provided_in_a_few_queries(place, django_assert_max_num_queries):
    note(place, "child-1")
    with django_assert_max_num_queries(3):
        keyring.provide(place.pk, [f"child-{at}" for at in range(100)])
    with django_assert_max_num_queries(1):
        Note.objects.bulk_create(Note(organisation=place, person_id=f"child-{at}", text=TEXT) for at in range(100))
    keyring.forget()
    assert {row.text for row in Note.objects.all()} == {TEXT}


def test_a_page_reads_deferred_text(place):
    row = note(place)
    keyring.forget()

    assert Note.objects.defer("text").get(pk=row.pk).text == TEXT


def test_the_column_is_plain_text(place):
    assert Note._meta.get_field("details").db_type(connection) == "text"
