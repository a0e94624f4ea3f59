"""Checkpoints over the living log, the export, and the check of both."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from opora.config.cli import main
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.audit.models import Checkpoint, Event
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import vocabulary
from opora.foundation.evidence import keys
from opora.foundation.evidence.models import Inspection
from opora.foundation.evidence.services import (
    checkpoint_make,
    checkpoint_path,
    database_verify,
    evidence_export,
    inspection_order,
)
from opora.foundation.organisations.scope import within
from opora.foundation.registers.models import Entry, Series
from opora.foundation.registers.services import entry_add, faults, snapshot_freeze
from opora.verification.canon import entry_digest
from opora.verification.checking import verify_file

from . import cast as people
from .tampering import behind_the_guards

KNOWN = vocabulary()["child.opened"]
DAY = date(2026, 3, 2)


@pytest.fixture
def home(settings, tmp_path: Path):
    settings.HOME, settings.CHECKPOINTS = tmp_path, tmp_path / "checkpoints"
    keys.key_make(keys.key_path())
    return tmp_path


@pytest.fixture
def place(db, home):
    commission = people.organisation("territorial_commission", "ПМПК Заречного района")
    with within(commission):
        yield commission


def write(place: Any, count: int = 3) -> None:
    with transaction.atomic():
        for number in range(count):
            record(KNOWN, actor=SystemActor(place), subject=place, person_id=f"child-{number}", count=number)


def line(place: Any, text: str = "Имя") -> Entry:
    with transaction.atomic():
        return entry_add(actor=SystemActor(place), series="booking", day=DAY, subject=place, content={"ребёнок": text})


def exported(place: Any, path: Path, **options: Any) -> Path:
    path.write_text("".join(evidence_export(actor=SystemActor(place), **options)), encoding="utf-8")
    return path


def verified(path: Path, **options: Any):
    return verify_file(path, keys=keys.public_keys(), **options)


def test_an_export_of_the_living_log_holds(place, home):
    write(place)
    line(place)
    checkpoint_make(actor=SystemActor(place))
    write(place, 5)
    line(place)
    line(place)

    report = verified(exported(place, home / "a.jsonl", with_content=True))

    assert report.faults == []
    assert report.counts["event"] == 9  # with the event of the first checkpoint
    assert report.counts["entry"] == 3
    assert report.counts["checkpoint"] == 2
    assert report.organisation == place.full_name


def test_without_contents_no_word_and_no_salt_leaves(place, home):
    write(place)
    entry = line(place, "Необыкновенский")

    path = exported(place, home / "a.jsonl")

    text = path.read_text(encoding="utf-8")
    assert "Необыкновенский" not in text
    assert entry.salt not in text
    assert verified(path).good
    assert "Необыкновенский" in exported(place, home / "b.jsonl", with_content=True).read_text(encoding="utf-8")


def test_an_erased_child_does_not_break_the_chain(place, home):
    write(place)
    entry, _ = line(place), line(place)
    checkpoint_make(actor=SystemActor(place))
    Entry.objects.filter(pk=entry.pk).update(content={}, salt="")

    report = verified(exported(place, home / "a.jsonl", with_content=True))

    assert report.faults == []
    assert report.erased == ["booking/2026: строка 1"]
    assert database_verify(place).good


def test_a_changed_event_is_named_by_the_check_of_the_database(place, home):
    write(place, 4)
    checkpoint_make(actor=SystemActor(place))
    second = Event.objects.filter(organisation=place).order_by("id")[1]

    with behind_the_guards():
        Event.objects.filter(pk=second.pk).update(code="child.changed")

    first = database_verify(place).first
    assert first is not None
    assert (first.row, first.reason) == (f"событие № {second.pk}", "изменено")
    assert verified(exported(place, home / "a.jsonl")).first.row == f"событие № {second.pk}"


def test_a_removed_event_is_named_and_a_fresh_one_is_no_fault(place):
    write(place, 4)
    checkpoint_make(actor=SystemActor(place))
    second = Event.objects.filter(organisation=place).order_by("id")[1]
    assert database_verify(place).unsealed == 1  # the event of the checkpoint itself

    with behind_the_guards():
        Event.objects.filter(pk=second.pk).delete()

    assert str(database_verify(place).first) == f"событие № {second.pk} — пропало со своего места"


def test_a_register_hashed_anew_in_the_database_is_found(place):
    """Who can write the database can make the chain fit again, but not the signature over what it was."""
    entry, last = line(place), line(place)
    checkpoint_make(actor=SystemActor(place))
    with behind_the_guards():
        previous = ""
        for one in (entry, last):
            one.refresh_from_db()
            day = date(2026, 5, 5) if one.pk == entry.pk else one.day
            digest = entry_digest(
                {
                    "previous": previous, "line": one.line, "number": one.number, "number_year": one.year,
                    "type": one.kind, "day": day.isoformat(), "subject": f"{one.subject_type}:{one.subject_id}",
                    "commitment": one.commitment, "corrects": "",
                }
            )  # fmt: skip
            Entry.objects.filter(pk=one.pk).update(day=day, previous=previous, digest=digest)
            previous = digest
        Series.objects.filter(organisation=place).update(head=previous)

    assert list(faults(place)) == []
    assert str(database_verify(place).first) == ("журнал booking/2026, строка 1 — запись не та, что заверена отметкой")


@pytest.mark.django_db(transaction=True)
def test_a_cut_tail_is_found_by_the_checkpoint_that_was_put_aside(home):
    place = people.organisation("territorial_commission", "ПМПК Заречного района")
    with within(place):
        write(place)
        checkpoint_make(actor=SystemActor(place))
        before = Event.objects.filter(organisation=place).count()
        write(place)
        last = checkpoint_make(actor=SystemActor(place))
        aside = checkpoint_path(place, last.number)
        assert aside.stat().st_mode & 0o077 == 0

        with behind_the_guards():
            kept = list(Event.objects.filter(organisation=place).order_by("id").values_list("pk", flat=True)[:before])
            Event.objects.filter(organisation=place).exclude(pk__in=kept[:-1]).delete()
            Checkpoint.objects.filter(pk=last.pk).delete()

        found = database_verify(place).first
        assert found is not None
        assert found.reason.startswith("хвост обрезан")
        report = verified(exported(place, home / "a.jsonl"), against=[aside])
        assert "история переписана" in str(report.first) or "хвост обрезан" in str(report.first)


def test_nothing_new_makes_no_checkpoint(place):
    assert checkpoint_make(actor=SystemActor(place)) is None
    write(place)
    first = checkpoint_make(actor=SystemActor(place))
    assert first.number == 1
    assert (first.count, first.previous) == (3, "")


def test_a_checkpoint_without_the_key_is_refused(place, home):
    write(place)
    keys.key_path().unlink()

    with pytest.raises(Refusal, match="opora init"):
        checkpoint_make(actor=SystemActor(place))
    assert not Checkpoint.objects.filter(organisation=place).exists()


def test_the_key_is_private_and_made_once(home):
    path = keys.key_path()
    before = path.read_text(encoding="ascii")

    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.key_make(path) is False
    assert path.read_text(encoding="ascii") == before
    assert before.strip() not in "".join(keys.public_keys())


def test_an_old_key_is_still_known_when_a_new_one_signs(place, home):
    write(place)
    checkpoint_make(actor=SystemActor(place))
    old = keys.key_path().read_text(encoding="ascii")
    keys.key_path().unlink()
    keys.key_make(keys.key_path())
    new = keys.key_path().read_text(encoding="ascii")
    keys.key_path().write_text(old + new, encoding="ascii")

    assert verified(exported(place, home / "a.jsonl")).good


def test_a_day_lost_by_the_clock_leaves_the_log_whole(place, home):
    write(place)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        write(place)
        checkpoint_make(actor=SystemActor(place))
        write(place)
    moments = list(Event.objects.filter(organisation=place).order_by("id").values_list("at", flat=True))
    assert moments != sorted(moments)

    assert database_verify(place).good
    assert verified(exported(place, home / "a.jsonl")).good


def test_the_check_of_the_machine_tells_of_a_clock_behind_its_own_events(place, capsys):
    write(place)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        write(place)  # younger than the first ones, though written after them
        main(["check"])

    assert "ОШИБКА  Часы" in capsys.readouterr().out


def test_events_of_no_organisation_are_sealed_too(place, home, capsys):
    with transaction.atomic():
        record(KNOWN, actor=SystemActor())
    path = home / "место.jsonl"

    assert main(["evidence", "checkpoint", "--organisation", "-"]) == 0
    assert main(["evidence", "export", "--organisation", "-", "-o", str(path)]) == 0
    assert main(["evidence", "check", "--organisation", "-"]) == 0

    report = verified(path)
    assert (report.good, report.counts["event"]) == (True, 2)


def test_the_log_of_another_organisation_is_not_in_the_export(place, home):
    other = people.organisation("territorial_commission", "ПМПК Нагорного района")
    write(place)
    with within(other):
        write(other, 2)

    report = verified(exported(place, home / "a.jsonl"))

    assert report.good
    assert report.counts["event"] == 3
    assert other.public_id not in (home / "a.jsonl").read_text(encoding="utf-8")


EVIDENCE = {
    "audit_event": "code", "audit_checkpoint": "head", "registers_entry": "digest", "registers_snapshot": "sha256",
}  # fmt: skip


@pytest.mark.parametrize("table", EVIDENCE)
def test_the_database_itself_refuses_to_change_evidence(place, table):
    """On SQLite triggers do; on PostgreSQL the role of the requests has no such right."""
    write(place)
    line(place)
    checkpoint_make(actor=SystemActor(place))
    snapshot_freeze(actor=SystemActor(place), form="protocol", subject=place, content={"number": "1"})
    with connection.cursor() as cursor:
        for statement in (f"UPDATE {table} SET {EVIDENCE[table]} = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match=r"is evidence|permission denied"), transaction.atomic():
                cursor.execute(statement)


def test_erasing_the_content_of_a_line_stays_possible(place):
    entry = line(place)

    Entry.objects.filter(pk=entry.pk).update(content={}, salt="")

    entry.refresh_from_db()
    assert entry.content == {}


def test_only_a_head_exports_and_checks(cast, home):
    for user in (cast.anna, cast.vera, cast.olga):
        with within(cast.commission), pytest.raises(PermissionDenied):
            evidence_export(actor=cast.actor(user))
        with within(cast.commission), pytest.raises(PermissionDenied):
            inspection_order(actor=cast.actor(user), start=lambda order: None)
    with within(cast.commission):
        write(cast.commission)
        assert list(evidence_export(actor=cast.actor(cast.boris)))


@pytest.mark.django_db(transaction=True)
def test_the_head_orders_a_check_and_sees_its_verdict(home, as_user):
    cast = people.assemble()
    with within(cast.commission):
        write(cast.commission)
        checkpoint_make(actor=SystemActor(cast.commission))
    boris = as_user(cast.boris)

    page = boris.post(reverse("evidence:check"), follow=True)

    assert "Всё сходится" in page.content.decode()
    with within(cast.commission):
        inspection = Inspection.objects.get()
        assert inspection.good is True
        assert Event.objects.filter(code="evidence.checked", organisation=cast.commission).exists()
    assert "всё сходится" in boris.get(reverse("evidence:log")).content.decode()
    assert as_user(cast.zakhar).get(reverse("evidence:inspection", args=[inspection.public_id])).status_code == 404


def test_the_commands_seal_export_and_verify(place, home, capsys):
    write(place)
    line(place)
    path = home / "выгрузка.jsonl"

    assert main(["evidence", "checkpoint"]) == 0
    assert "отметка № 1, событий 3" in capsys.readouterr().out
    assert main(["evidence", "key"]) == 0
    public = capsys.readouterr().out.strip()
    assert main(["evidence", "export", "--organisation", place.short_name, "-o", str(path)]) == 0
    assert path.stat().st_mode & 0o077 == 0
    assert main(["verify", str(path), "--public-key", public]) == 0
    assert main(["evidence", "check"]) == 0
    assert "ИТОГ: всё сходится." in capsys.readouterr().out

    records = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(one.replace("child-1", "child-9") for one in records), encoding="utf-8")
    assert main(["verify", str(path), "--public-key", public]) == 1
    number = json.loads(records[3])["id"] + 1
    assert f"событие № {number} — изменено" in capsys.readouterr().out
    assert main(["evidence", "checkpoint", "--organisation", "Нет такой"]) == 1
