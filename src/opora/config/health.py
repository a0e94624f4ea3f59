"""The state of the machine, for `GET /healthz` and `opora check`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from opora import __version__
from opora.foundation.access.routes import public_route
from opora.foundation.audit.models import Event
from opora.foundation.registers.services import faults

WORKER_LATE = timedelta(minutes=5)


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
    except DatabaseError:
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
    bad = list(faults())
    yield Finding(
        "Журналы",
        not bad,
        "; ".join(f"{one.series}: строка {one.line} — {one.reason}" for one in bad) or "цепочки целы, пропусков нет",
    )
    yield _clock()
    yield _secrets()


def _stored_files() -> Finding:
    from opora.foundation.files.models import StoredFile

    lost = [one.public_id for one in StoredFile.objects.iterator() if not default_storage.exists(str(one.content.name))]
    count = StoredFile.objects.count()
    return Finding("Вложения", not lost, f"на месте: {count}" if not lost else f"пропали: {len(lost)} из {count}")


def _clock() -> Finding:
    newest = Event.objects.order_by("-id").values_list("at", flat=True).first()
    if newest and newest > datetime.now(UTC) + timedelta(minutes=2):
        return Finding("Часы", False, f"отстают: последнее событие записано {newest:%d.%m.%Y %H:%M} UTC")
    return Finding("Часы", True, f"{timezone.localtime():%d.%m.%Y %H:%M}, пояс {settings.TIME_ZONE}")


def _secrets() -> Finding:
    path = Path(settings.HOME) / "secrets.env"
    if not path.exists():
        return Finding("Секреты", bool(settings.SECRET_KEY), "заданы окружением")
    private = path.stat().st_mode & 0o077 == 0
    return Finding("Секреты", private, "читает только владелец" if private else "файл могут прочитать другие")


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
