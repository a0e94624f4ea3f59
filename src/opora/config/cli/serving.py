"""`opora serve` and `opora worker`: both outlive what they lean on."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time

logger = logging.getLogger("opora.worker")
AGAIN = 2.0  # seconds between two starts of what has died
LAST_WORDS = 20.0  # seconds for what is being done
CRASHES = 5  # so many deaths in a row within a minute: the fault is not one of the moment


def serve(asked: argparse.Namespace) -> int:
    """Serve with granian until stopped; with `--with-worker` the worker lives and dies with it.

    A killed process is replaced by granian; when several die at once and granian itself gives up, it is begun again.
    """
    if _is_unfinished() or not _has_master_key():
        return 1
    parent = os.getpid()
    os.register_at_fork(after_in_child=lambda: leave_with(parent))
    stop = threading.Event()
    helper = threading.Thread(target=_keep_worker, args=(stop,), daemon=True) if asked.with_worker else None
    if helper is not None:
        helper.start()
    print(f"Опора открыта: http://{asked.host}:{asked.port}/  (остановить — Ctrl+C)", flush=True)
    deaths: list[float] = []
    try:
        while not _served(asked):
            deaths = [moment for moment in deaths if time.monotonic() - moment < 60] + [time.monotonic()]
            if len(deaths) >= CRASHES:
                return 1
            time.sleep(AGAIN / 4)
    finally:
        stop.set()
        if helper is not None:
            helper.join(timeout=LAST_WORDS + 5)
    return 0


def _served(asked: argparse.Namespace) -> bool:
    """One life of granian. True when it was asked to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    try:
        Granian(
            "opora.config.wsgi:application",
            address=asked.host,
            port=asked.port,
            interface=Interfaces.WSGI,
            workers=asked.workers,
            blocking_threads=4,
            log_access=False,
            log_enabled=True,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            respawn_interval=0.1,
            workers_kill_timeout=int(LAST_WORDS),
        ).serve()
    except SystemExit as ended:
        return not ended.code
    return True


def _keep_worker(stop: threading.Event) -> None:
    """Keep one worker process alive until `stop`, then let it finish what it is doing."""
    process: subprocess.Popen[bytes] | None = None
    while not stop.is_set():
        if process is None or process.poll() is not None:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "opora.config.cli", "worker", "--beside", str(os.getpid())]
            )
        stop.wait(AGAIN)
    if process is not None and process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=LAST_WORDS)
        except subprocess.TimeoutExpired:
            process.kill()


def leave_with(parent: int) -> None:
    """End this process once its parent is gone: an orphan would go on answering beside its successor."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(AGAIN / 2)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(LAST_WORDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def worker(asked: argparse.Namespace) -> int:
    """Carry out long work from the queue in the database, and regular work when it is due."""
    if asked.beside:
        leave_with(asked.beside)
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings.production")
    django.setup()
    if _is_unfinished() or not _has_master_key():
        return 1
    from django.core.management import call_command
    from django.db import Error, close_old_connections

    from opora.config import daily, schedule

    threading.Thread(target=schedule.keep, args=(threading.Event(),), daemon=True).start()
    while True:
        try:
            call_command("db_worker", verbosity=0, worker_id=daily.worker_begin())
        except Error:
            logger.warning("The worker waits: the database does not answer")
            close_old_connections()
            time.sleep(AGAIN)
        else:
            return 0


def _is_unfinished() -> bool:
    """A place whose restore was broken off must not be served: half of its files may be missing."""
    from opora.config.settings import base

    if not (base.HOME / "restore-unfinished").exists():
        return False
    print("Восстановление этого места не дошло до конца: очистите его и повторите opora restore.")
    return True


def _has_master_key() -> bool:
    """Without a master key nothing about children can be read or kept: said at once, not to the first visitor."""
    import django

    django.setup()
    from opora.foundation.vault import masters

    try:
        masters.load()
    except masters.MasterKeyMissing as missing:
        print(missing)
        return False
    return True
