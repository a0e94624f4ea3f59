"""`opora serve` and `opora worker`."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys


def serve(asked: argparse.Namespace) -> int:
    """Serve with granian until stopped; with `--with-worker` the worker lives and dies with it."""
    helper = subprocess.Popen([sys.executable, "-m", "opora.config.cli", "worker"]) if asked.with_worker else None
    print(f"Опора открыта: http://{asked.host}:{asked.port}/  (остановить — Ctrl+C)", flush=True)
    try:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

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
        ).serve()
    finally:
        if helper is not None:
            helper.send_signal(signal.SIGTERM)
            helper.wait(timeout=20)
    return 0


def worker(asked: argparse.Namespace) -> int:
    """Carry out long work from the queue in the database."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings.production")
    django.setup()
    call_command("db_worker", verbosity=0)
    return 0
