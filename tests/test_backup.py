"""A backup is sealed, checked, and restored into an empty place; a short run of tests/trust/backup.py is at the end."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from opora.config.backup import archive, keys, sealing
from opora.config.backup.database import NotPossible
from opora.config.backup.postgresql import PostgreSQL
from opora.foundation.access.models import Position
from tests.trust import backup as proof

PARTS = {"database": b"SQLite format 3\x00" + bytes(range(256)) * 8, "erasures.log": b"", "files/kept/a.pdf": b"%PDF-1"}


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(sealing, "CHUNK", 200)


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    path = tmp_path_factory.mktemp("key") / "backup.key"
    assert keys.key_make(path)
    return keys.KeyRing(path)


def packed(ring, parts=PARTS):
    target = io.BytesIO()
    writer = archive.Writer(target, ring.key_now())
    for name, data in parts.items():
        writer.part(name, [data[:10], data[10:]])
    writer.finish({"format": 1})
    return target.getvalue()


def unpacked(data, ring):
    reader = archive.Reader(io.BytesIO(data), ring)
    return {part.name: b"".join(part.data) for part in reader}


def chunks(data):
    """The header with all before the first chunk, and the chunks with their lengths."""
    at = len(sealing.MAGIC)
    at += 4 + int.from_bytes(data[at : at + 4], "big")
    head, found = data[:at], []
    while at < len(data):
        size = 4 + int.from_bytes(data[at : at + 4], "big")
        found.append(data[at : at + size])
        at += size
    return head, found


def test_what_was_packed_comes_out_the_same_and_nothing_of_it_is_readable(ring, small_chunks):
    data = packed(ring)

    assert unpacked(data, ring) == PARTS
    assert all(word not in data for word in (b"SQLite", b"%PDF", b"kept", b"manifest"))
    assert packed(ring) != data


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(where=some.floats(0, 1, exclude_max=True), bit=some.integers(0, 7))
def test_a_flipped_bit_is_refused_wherever_it_is(ring, small_chunks, where, bit):
    data = bytearray(packed(ring))
    data[int(where * len(data))] ^= 1 << bit

    with pytest.raises((sealing.Broken, keys.NoKey)):
        unpacked(bytes(data), ring)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(kept=some.floats(0, 1, exclude_max=True))
def test_an_archive_that_was_cut_off_is_refused(ring, small_chunks, kept):
    data = packed(ring)

    with pytest.raises((sealing.Broken, keys.NoKey)):
        unpacked(data[: int(kept * len(data))], ring)


def test_chunks_that_are_dropped_swapped_doubled_or_brought_from_elsewhere_are_refused(ring, small_chunks):
    head, found = chunks(packed(ring))
    _, others = chunks(packed(ring))
    assert len(found) > 5

    for changed in (
        found[:-1], found[1:], [found[0], found[2], found[1], *found[3:]], [found[0], *found],
        [*found, found[-1]], [*found[:2], others[2], *found[3:]], [*found, others[-1]], [],
    ):  # fmt: skip
        with pytest.raises(sealing.Broken):
            unpacked(head + b"".join(changed), ring)
    assert unpacked(head + b"".join(found), ring) == PARTS


def test_the_seal_alone_refuses_it_too_before_any_hash_is_compared(ring, small_chunks):
    target = io.BytesIO()
    sealer = sealing.Sealer(target, ring.key_now())
    sealer.write(bytes(range(200)) * 5)
    sealer.finish()
    head, found = chunks(target.getvalue())
    spaced = head[len(sealing.MAGIC) + 4 :].replace(b": ", b":  ", 1)
    other_head = sealing.MAGIC + len(spaced).to_bytes(4, "big") + spaced

    assert b"".join(sealing.opened(io.BytesIO(target.getvalue()), ring)) == bytes(range(200)) * 5
    for changed in (
        [head, *found[:-1]], [head, found[1], found[0], *found[2:]], [head, *found[:2], *found[1:]],
        [other_head, *found],
    ):  # fmt: skip
        with pytest.raises(sealing.Broken):
            list(sealing.opened(io.BytesIO(b"".join(changed)), ring))


@pytest.mark.parametrize("said", [{"sha256": "0" * 64}, {"size": 1}, {"name": "files/other"}])
def test_an_archive_whose_list_says_otherwise_is_refused(ring, said):
    target = io.BytesIO()
    writer = archive.Writer(target, ring.key_now())
    writer.part("database", [b"SQLite and more"])
    writer._parts[0] |= said
    writer.finish({"format": 1})

    with pytest.raises(sealing.Broken, match="описью"):
        unpacked(target.getvalue(), ring)


@pytest.mark.parametrize("name", ["files/../../secrets.env", "/files/a", "secrets.env", "files/a\x00b"])
def test_a_name_that_leads_out_of_the_place_is_refused(ring, name):
    with pytest.raises(sealing.Broken):
        unpacked(packed(ring, {name: b"x"}), ring)


def test_another_key_is_named_and_not_taken_for_damage(ring, tmp_path):
    keys.key_make(tmp_path / "other.key")

    with pytest.raises(keys.NoKey, match="другим ключом"):
        unpacked(packed(ring), keys.KeyRing(tmp_path / "other.key"))
    with pytest.raises(keys.NoKey, match="Нет ключа"):
        unpacked(packed(ring), keys.KeyRing(tmp_path / "missing.key"))


def test_a_passphrase_opens_what_it_has_closed_and_a_short_one_closes_nothing(ring, monkeypatch):
    monkeypatch.setattr(keys, "SCRYPT", {"n": 2**10, "r": 8, "p": 1})
    monkeypatch.setenv("OPORA_BACKUP_PASSPHRASE", "шестнадцать знаков и больше")
    data = packed(ring)

    assert unpacked(data, ring) == PARTS
    monkeypatch.setenv("OPORA_BACKUP_PASSPHRASE", "другая, тоже достаточно длинная")
    with pytest.raises(keys.NoKey, match="другой парольной фразой"):
        unpacked(data, ring)
    monkeypatch.delenv("OPORA_BACKUP_PASSPHRASE")
    with pytest.raises(keys.NoKey, match="OPORA_BACKUP_PASSPHRASE"):
        unpacked(data, ring)
    monkeypatch.setenv("OPORA_BACKUP_PASSPHRASE", "коротко")
    with pytest.raises(keys.NoKey, match="короче"):
        ring.key_now()


def test_the_key_is_private_and_made_once(tmp_path):
    assert keys.key_make(tmp_path / "backup.key")
    first = (tmp_path / "backup.key").read_bytes()

    assert not keys.key_make(tmp_path / "backup.key")
    assert (tmp_path / "backup.key").read_bytes() == first
    assert (tmp_path / "backup.key").stat().st_mode & 0o077 == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_role_that_does_not_see_every_row_makes_no_backup(tmp_path, cast):
    """Better no backup than one that leaves rows out: the server is told to refuse, not to filter."""
    here = connection.settings_dict
    role = {**here, "USER": "opora_reader", "PASSWORD": ""}
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE opora_reader LOGIN")
        cursor.execute("GRANT pg_read_all_data TO opora_reader")
    try:
        with pytest.raises(NotPossible, match="BYPASSRLS"), PostgreSQL(role).copy(tmp_path) as copy:
            copy.about()
        with connection.cursor() as cursor:
            cursor.execute("ALTER ROLE opora_reader BYPASSRLS")
        with PostgreSQL(role).copy(tmp_path) as copy:
            rows = copy.about()["rows"]
            dump = b"".join(copy.stream())
        assert rows["access_position"] == Position.objects.count() > 0
        assert dump.startswith(b"PGDMP")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY opora_reader")
            cursor.execute("DROP ROLE opora_reader")


@pytest.mark.xdist_group("faults")
def test_a_place_comes_back_from_its_backup_as_it_was_while_people_wrote(django_db_blocker):
    told = proof.restored("sqlite", writes=40, flips=40)

    assert told.wrong == []


@pytest.mark.postgres
def test_a_place_on_postgresql_comes_back_too(django_db_blocker):
    told = proof.restored("postgresql", writes=40, flips=40)

    assert told.wrong == []
