"""The state of the machine, for `GET /healthz` and `opora check`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from opora import __version__
from opora.foundation.access.routes import public_route
from opora.foundation.audit.models import Event
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within
from opora.foundation.registers.services import faults
from opora.foundation.vault import masters

from .models import Job
from .schedule import Work, works

WORKER_LATE = timedelta(minutes=5)
A_WHILE = timedelta(hours=1)
MISSED = 3  # so many times over its interval a regular work may be late


@dataclass(frozen=True)
class Finding:
    """One checked thing: what, whether it is in order, and how it stands, in Russian."""

    what: str
    good: bool
    detail: str


def database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return Finding("База данных", False, "не отвечает")
    return Finding("База данных", True, f"отвечает ({connection.vendor})")


def files() -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=settings.FILES_ROOT, prefix="probe-"):
            pass
    except OSError:
        return Finding("Файлы", False, "в папку файлов нельзя писать")
    return Finding("Файлы", True, "папка доступна")


def worker() -> Finding:
    """Bad only when work waits and nobody takes it; an idle worker leaves no trace in the database."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(status="READY", enqueued_at__lt=timezone.now() - WORKER_LATE).count()
    if waiting:
        return Finding("Обработчик", False, f"не взято работ: {waiting}")
    return Finding("Обработчик", True, "очередь не стоит")


def findings() -> Iterator[Finding]:
    """All checks, the quick ones first."""
    yield database()
    pending = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
    yield Finding("Таблицы", not pending, "по версии программы" if not pending else "нужно выполнить opora init")
    yield files()
    yield worker()
    yield _stored_files()
    bad = faults()
    yield Finding(
        "Журналы",
        not bad,
        "; ".join(f"{one.series}: строка {one.line} — {one.reason}" for one in bad) or "цепочки целы, пропусков нет",
    )
    yield from _regular()
    yield _clock()
    yield _secrets()
    yield master_key()


def _stored_files() -> Finding:
    from opora.foundation.files.models import StoredFile

    lost, count = 0, 0
    for place in Organisation.objects.workplaces():
        with within(place):
            count += StoredFile.objects.count()
            names = StoredFile.objects.values_list("content", flat=True).iterator()
            lost += sum(not default_storage.exists(name) for name in names)
    return Finding("Вложения", not lost, f"на месте: {count}" if not lost else f"пропали: {lost} из {count}")


def _regular() -> Iterator[Finding]:
    """The regular work of the worker that concerns people: never done yet is no fault of a new place."""
    jobs = {job.name: job for job in Job.objects.all()}
    for one in works():
        job = jobs.get(one.name)
        if not one.wanted():
            yield Finding(one.title, True, "не настроено: задайте OPORA_BACKUP_DIR (docs/howto/backup.md)")
        elif job is None or job.started_at is None:
            yield Finding(one.title, True, "ещё не было: сделает обработчик (opora worker)")
        else:
            yield _job_finding(one, job)


def _job_finding(one: Work, job: Job) -> Finding:
    running = f"идёт: {job.done} из {job.total}" if job.finished_at is None else job.told
    if job.trouble and job.finished_at is not None:
        return Finding(one.title, False, job.trouble)
    last = job.succeeded_at or job.started_at
    if last is not None and last < timezone.now() - max(one.every * MISSED, A_WHILE):
        return Finding(one.title, False, f"давно не было: последний раз {timezone.localtime(last):%d.%m.%Y %H:%M}")
    when = f" ({timezone.localtime(last):%d.%m.%Y %H:%M})" if last else ""
    return Finding(one.title, True, f"{running}{when}")


def _clock() -> Finding:
    newest = None  # of all: after a step back the last one is younger
    for place in Organisation.objects.workplaces():
        with within(place):
            last = Event.objects.aggregate(at=Max("at"))["at"]
            newest = max(filter(None, (newest, last)), default=None)
    if newest and newest > datetime.now(UTC) + timedelta(minutes=2):
        return Finding("Часы", False, f"отстают: последнее событие записано {newest:%d.%m.%Y %H:%M} UTC")
    return Finding("Часы", True, f"{timezone.localtime():%d.%m.%Y %H:%M}, пояс {settings.TIME_ZONE}")


def _secrets() -> Finding:
    path = Path(settings.HOME) / "secrets.env"
    if not path.exists():
        return Finding("Секреты", bool(settings.SECRET_KEY), "заданы окружением")
    private = path.stat().st_mode & 0o077 == 0
    return Finding("Секреты", private, "читает только владелец" if private else "файл могут прочитать другие")


def master_key() -> Finding:
    """Good when there is one and nobody else can read it."""
    try:
        known = masters.load()
    except masters.MasterKeyMissing as missing:
        return Finding("Мастер-ключ", False, str(missing))
    if not masters.is_given_by_environment() and masters.path().stat().st_mode & 0o077:
        return Finding("Мастер-ключ", False, "файл могут прочитать другие")
    return Finding("Мастер-ключ", True, f"действует {known.current}")


@public_route("GET")
def healthz(request: HttpRequest) -> JsonResponse:
    """JSON for a monitor; 503 when something is wrong. No name, no path, no detail of a person."""
    checks = {"database": database(), "files": files()}
    checks["worker"] = worker() if checks["database"].good else Finding("Обработчик", False, "неизвестно")
    good = all(one.good for one in checks.values())
    answer = {"version": __version__, "ok": good} | {
        name: {"ok": one.good, "detail": one.detail} for name, one in checks.items()
    }
    return JsonResponse(answer, status=200 if good else 503, json_dumps_params={"ensure_ascii": False})
