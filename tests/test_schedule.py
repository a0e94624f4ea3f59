"""Regular work of the worker: when it is due, who takes it, what it finds."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from opora.config import daily, health, measuring, schedule, sweeping
from opora.config.backup import services as backups
from opora.config.models import Job
from opora.foundation.files.services import file_store
from opora.foundation.organisations.scope import within
from opora.school.pupils.services import class_list_bring
from opora.school.signals.services import table_bring
from opora.school.signals.tests.stage import book

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def one():
    return schedule.Work("test", "Проба", DAY, lambda tell: "сделано", lambda: True)


def finished(one, at):
    Job.objects.filter(name=one.name).update(finished_at=at, seen_at=None)


def test_a_work_is_taken_once_and_is_due_again_after_its_interval(db, one):
    assert schedule.work_take(one, NOW)
    assert not schedule.work_take(one, NOW)
    finished(one, NOW + MINUTE)

    assert not schedule.work_take(one, NOW + DAY - MINUTE)
    assert schedule.work_take(one, NOW + DAY)


def test_a_work_whose_worker_fell_silent_is_taken_by_another(db, one):
    schedule.work_take(one, NOW)

    assert not schedule.work_take(one, NOW + schedule.SILENT - MINUTE)
    assert schedule.work_take(one, NOW + schedule.SILENT + MINUTE)


def test_a_clock_set_back_stops_no_regular_work(db, one):
    schedule.work_take(one, NOW)
    finished(one, NOW)

    assert schedule.work_take(one, NOW - DAY)
    assert schedule.work_take(one, NOW - 2 * DAY), "begun under another clock and never ended"


def test_a_work_that_breaks_off_says_so_and_the_next_one_is_done(db):
    def broken(tell):
        tell(1, 3)
        raise ZeroDivisionError("a name that must not be told")

    one = schedule.Work("test", "Проба", DAY, broken, lambda: True)
    schedule.work_take(one, timezone.now())

    assert not schedule.work_run(one)
    job = Job.objects.get(name="test")
    assert (job.done, job.total, job.trouble, job.succeeded_at) == (1, 3, "прервалась: ZeroDivisionError", None)
    assert health._job_finding(one, job) == health.Finding("Проба", False, "прервалась: ZeroDivisionError")


def test_every_declared_work_is_told_by_check(cast):
    told = {finding.what: finding for finding in health.findings()}

    for one in schedule.works():
        assert told[one.title].good, told[one.title].detail
    Job.objects.create(name="files", started_at=NOW, finished_at=NOW, succeeded_at=timezone.now() - 4 * DAY)
    assert not {finding.what: finding for finding in health.findings()}["Вложения по отпечаткам"].good


@pytest.fixture
def stored(cast):
    with within(cast.commission):
        return [
            file_store(actor=cast.actor(cast.anna), upload=SimpleUploadedFile(f"{name}.pdf", PDF)) for name in "абв"
        ]


def test_the_check_of_files_finds_the_one_that_was_changed_and_the_one_that_is_gone(stored, monkeypatch):
    monkeypatch.setattr(daily, "BATCH", 2)
    told = []
    assert daily.files_check(lambda done, total: told.append((done, total))) == "проверено 3"
    assert told == [(2, 3), (3, 3)]

    path = Path(default_storage.path(str(stored[1].content.name)))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    Path(default_storage.path(str(stored[2].content.name))).unlink()

    with pytest.raises(schedule.Trouble) as found:
        daily.files_check(lambda done, total: None)
    assert "повреждены 2 из 3" in str(found.value)
    assert stored[0].public_id not in str(found.value)
    assert stored[1].public_id in str(found.value)


@pytest.mark.django_db
def test_tables_are_measured_on_sqlite_and_no_value_of_a_row_is_kept():
    if measuring.is_wanted():
        assert measuring.measure(lambda done, total: None).startswith("измерено ")
    else:
        assert connection.vendor == "postgresql" or "ENABLE_STAT4" in built_with()
    kept = [name for name in connection.introspection.table_names() if name.startswith("sqlite_stat")]
    assert kept in ([], ["sqlite_stat1"])


def built_with():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA compile_options")
        return {row[0] for row in cursor.fetchall()}


def test_tables_of_children_that_nobody_came_back_to_are_thrown_away(school_cast):
    elena, polina = school_cast.actor(school_cast.elena), school_cast.actor(school_cast.polina)
    table = b"\xef\xbb\xbf" + "Фамилия;Имя;Дата рождения\nРощин;Глеб;05.06.2016\n".encode()
    screening, day = book([["Данилов Миша Игоревич", "4А", "особое"]]), timezone.localdate()
    lists, tables = [], []
    for days in (15, 13):
        with within(school_cast.school):
            upload = SimpleUploadedFile("список.csv", table)
            lists.append(class_list_bring(actor=elena, school_class=school_cast.four_a, upload=upload))
            upload = SimpleUploadedFile("скрининг.xlsx", screening)
            tables.append(
                table_bring(actor=polina, kind="testing", title="СПТ", held_on=day, upload=upload, start=print)
            )
            for one in (lists[-1], tables[-1]):
                type(one).objects.filter(pk=one.pk).update(asked_at=timezone.now() - timedelta(days=days))

    assert "незаконченных списков — 2" in sweeping.sweep(lambda done, total: None)
    with within(school_cast.school):
        for one in (*lists, *tables):
            one.refresh_from_db()
        assert [(one.state, bool(one.cells)) for one in lists] == [("cancelled", False), ("choosing", True)]
        assert [(one.state, bool(one.lines)) for one in tables] == [("cancelled", False), ("read", True)]
        assert [bool(one.file.content) for one in tables] == [False, True]


def test_the_newest_backups_are_kept_and_other_files_are_left_alone(tmp_path):
    names = [backups.backup_name(NOW + number * DAY) for number in range(5)]
    for name in [*names, "opora-notes.backup", "opora-20261121T090000Z.backup.part"]:
        (tmp_path / name).touch()

    backups.old_removed(tmp_path, keep=2)

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names[-2:], "opora-notes.backup", "opora-20261121T090000Z.backup.part"}


def test_a_missing_folder_for_backups_is_trouble_and_not_silence(settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path / "not mounted")

    with pytest.raises(schedule.Trouble, match="не подключена"):
        daily.backup_daily(lambda done, total: None)


def task(worker, *more):
    return DBTaskResult.objects.create(
        status="RUNNING", task_path="x", args_kwargs={"args": [], "kwargs": {}}, backend_name="default",
        run_after=NOW, started_at=timezone.now(), worker_ids=[*more, worker],
    )  # fmt: skip


def test_tasks_of_dead_workers_go_back_and_those_of_living_ones_stay(db, monkeypatch):
    machine = daily._machine()
    mine = task(daily.worker_begin())
    dead = task(f"{machine}:999999999:1-a")
    alive = task(f"{machine}:{os.getppid()}:1-a")
    elsewhere = task("other-machine:12:1-a")
    worn = task(f"{machine}:999999999:1-a", "one", "two")

    daily.tasks_return(lambda done, total: None)

    states = {one.pk: one.status for one in DBTaskResult.objects.all()}
    assert states == {
        mine.pk: "RUNNING", dead.pk: "READY", alive.pk: "RUNNING", elsewhere.pk: "RUNNING", worn.pk: "FAILED",
    }  # fmt: skip


def test_what_a_worker_claimed_before_the_database_went_away_goes_back(db):
    before = task(daily.worker_begin())
    daily.worker_begin()

    daily.tasks_return(lambda done, total: None)

    before.refresh_from_db()
    assert before.status == "READY"
