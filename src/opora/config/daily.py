"""The regular work itself: stored files by their hash, backups, tasks whose worker has died."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from opora.foundation.access.refusals import Refusal
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_read
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within

from .backup import database, keys, sealing, services
from .schedule import Tell, Trouble, work

BATCH = 50
MOST_ATTEMPTS = 3
_lives = count(1)
_name = ""
FORGOTTEN = timedelta(hours=6)  # a task of another machine, whose processes cannot be looked at


@work("files", "Вложения по отпечаткам", timedelta(days=1))
def files_check(tell: Tell) -> str:
    """Read every stored file and compare its hash, in batches, organisation by organisation."""
    places = list(Organisation.objects.order_by("pk"))
    total = done = 0
    for place in places:
        with within(place):
            total += StoredFile.objects.of(place).count()
    broken: list[str] = []
    for place in places:
        for batch in _batches(place):
            with within(place):
                broken += [one.public_id for one in batch if not is_whole(one)]
            done += len(batch)
            tell(done, max(done, total))
    if broken:
        raise Trouble(f"повреждены {len(broken)} из {done}: {', '.join(broken[:10])}")
    return f"проверено {done}"


def _batches(place: Organisation) -> Iterator[list[StoredFile]]:
    """Files in order of their keys; no transaction is held open between two batches."""
    last = 0
    while True:
        with within(place):
            batch = list(StoredFile.objects.of(place).filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk


def is_whole(stored: StoredFile) -> bool:
    """Whether a file is there and has the hash it was kept with; one that was erased by law is no fault."""
    try:
        file_read(stored)
    except Refusal as refusal:
        return refusal.code != "file_broken"
    return True


@work("backup", "Резервная копия", timedelta(days=1), wanted=lambda: bool(settings.BACKUP_DIR))
def backup_daily(tell: Tell) -> str:
    """Make a backup in `OPORA_BACKUP_DIR` and drop those beyond `OPORA_BACKUP_KEEP`."""
    folder = Path(settings.BACKUP_DIR)
    if not folder.is_dir():
        raise Trouble("папки копий нет или она не подключена")
    try:
        path, _ = services.backup_make(folder, now=timezone.now())
    except (database.NotPossible, keys.NoKey, sealing.Broken) as problem:
        raise Trouble(str(problem)) from problem
    except OSError as problem:
        raise Trouble(f"копия не записана: {problem.strerror or problem}") from problem
    services.old_removed(folder, settings.BACKUP_KEEP)
    return f"{path.name}, {path.stat().st_size // 1024 + 1} КБ"


def worker_begin() -> str:
    """A new name under which this process claims tasks; what it claimed under an older one is given back."""
    global _name
    _name = f"{_machine()}:{os.getpid()}:{next(_lives)}-{secrets.token_hex(4)}"
    return _name


def _machine() -> str:
    return socket.gethostname()[:30]


@work("tasks", "Работы погибших обработчиков", timedelta(seconds=15))
def tasks_return(tell: Tell) -> str:
    """Give the tasks of dead workers to the living; one that has outlived too many workers has failed."""
    returned = 0
    for task in DBTaskResult.objects.filter(status="RUNNING").order_by("started_at")[:200]:
        if not _is_forsaken(task.worker_ids[-1] if task.worker_ids else "", task.started_at):
            continue
        mine = DBTaskResult.objects.filter(pk=task.pk, status="RUNNING", worker_ids=task.worker_ids)
        if len(task.worker_ids) >= MOST_ATTEMPTS:
            mine.update(status="FAILED", finished_at=timezone.now())
        else:
            returned += mine.update(status="READY", started_at=None)
    return f"возвращено {returned}"


def _is_forsaken(worker: str, since: datetime | None) -> bool:
    """Whether the worker of a task is dead: on this machine by its process, elsewhere by time alone."""
    machine, _, rest = worker.partition(":")
    process = rest.partition(":")[0]
    if machine != _machine() or not process.isdigit():
        return since is None or since < timezone.now() - FORGOTTEN
    if int(process) == os.getpid():
        return worker != _name  # an earlier life of this process, or another process that had its number
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
