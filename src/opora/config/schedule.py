"""Regular work without cron: the worker looks every few seconds whether something is due.

A work is due when it was begun long enough ago, when its worker has fallen silent, or when the clock was set back
behind its last beginning. One row of `Job` for each work is the lock: of several workers one takes it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone

from .models import Job

logger = logging.getLogger("opora.worker")
LOOK = 10  # seconds
PULSE = 20  # seconds
SILENT = timedelta(minutes=3)
AHEAD = timedelta(minutes=2)  # a moment further in the future was written under another clock

Tell = Callable[[int, int], None]


class Trouble(Exception):
    """The work was done to its end and found something wrong; the message is a Russian sentence without names."""


@dataclass(frozen=True)
class Work:
    """`run` gets a function that tells how much is done, and returns how it ended in Russian."""

    name: str
    title: str
    every: timedelta
    run: Callable[[Tell], str]
    wanted: Callable[[], bool]


_WORKS: dict[str, Work] = {}


def work(
    name: str, title: str, every: timedelta, *, wanted: Callable[[], bool] = lambda: True
) -> Callable[[Callable[[Tell], str]], Callable[[Tell], str]]:
    """Declare regular work. It must be safe to break off anywhere and to begin again."""

    def declare(run: Callable[[Tell], str]) -> Callable[[Tell], str]:
        _WORKS[name] = Work(name, title, every, run, wanted)
        return run

    return declare


def works() -> list[Work]:
    from . import daily, measuring, sealing, sweeping  # noqa: F401 - declare the works

    return list(_WORKS.values())


def work_take(one: Work, now: datetime) -> bool:
    """Take the work if it is due and nobody else has it."""
    Job.objects.get_or_create(name=one.name)
    idle = Q(started_at=None) | Q(finished_at__isnull=False)
    due = Q(started_at=None) | Q(started_at__lte=now - one.every) | Q(started_at__gt=now + AHEAD)
    silent = Q(seen_at=None) | Q(seen_at__lt=now - SILENT) | Q(seen_at__gt=now + AHEAD)
    ready = Job.objects.filter(name=one.name).filter((idle & due) | (~idle & silent))
    return bool(ready.update(started_at=now, seen_at=now, finished_at=None, done=0, total=0))


@contextmanager
def _pulse(name: str) -> Iterator[None]:
    """Say every few seconds that the work goes on, however long one step of it takes."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(PULSE):
            try:
                Job.objects.filter(name=name).update(seen_at=timezone.now())
            except Error:
                logger.warning("Regular work goes on while the database does not answer")
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def work_run(one: Work) -> bool:
    """Do a work that was taken, and write down how it ended."""

    def tell(done: int, total: int) -> None:
        Job.objects.filter(name=one.name).update(done=done, total=total, seen_at=timezone.now())

    trouble, told = "", ""
    try:
        with _pulse(one.name):
            told = one.run(tell)
    except Trouble as found:
        trouble = str(found)
    except Exception as error:
        logger.exception("Regular work %s broke off", one.name)
        trouble = f"прервалась: {type(error).__name__}"
    now = timezone.now()
    job = Job.objects.filter(name=one.name)
    job.update(seen_at=None, finished_at=now, trouble=trouble[:400], told=told[:400])
    if not trouble:
        job.update(succeeded_at=now)
    return not trouble


def due_done() -> Iterator[str]:
    """Do everything that is due, one after another; yields the names of what was done."""
    for one in works():
        if one.wanted() and work_take(one, timezone.now()):
            work_run(one)
            yield one.name


def keep(stop: threading.Event) -> None:
    """The loop of the worker. Outlives the database: what fails is tried again at the next look."""
    while not stop.is_set():
        close_old_connections()
        try:
            for _ in due_done():
                pass
        except Error:
            logger.warning("Regular work waits: the database does not answer")
        except Exception:
            logger.exception("Regular work could not be looked after")
        close_old_connections()
        stop.wait(LOOK)
