"""`python -m tests.trust.hostile`: ten thousand hostile inputs on SQLite and as many on PostgreSQL; then the browser.

Promised: no answer 5xx; nothing typed comes back as live markup; nobody is led to another host; every refusal has
words, stands beside its field, keeps what was typed and writes nothing; no exported cell is a formula; every paper
prints a hostile text sign by sign; the policy of a browser that walks through all pages reports nothing.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

SEED, INPUTS = 20261121, 10_000


def trial(count: int, seed: int) -> int:
    """Inputs against the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "opora.config.settings.test"
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection, transaction
    from django.test import override_settings
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment, teardown_test_environment

    from opora.foundation.organisations.scope import beyond_walls

    from .knocks import Maker
    from .stage import build
    from .standing import standing
    from .trial import Trial

    logging.disable(logging.CRITICAL)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    setup_test_environment()
    databases = runner.setup_databases(serialized_aliases=set())
    in_memory = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache", STEP_UP_AGE=24 * 60 * 60)
    try:
        with beyond_walls(), in_memory, transaction.atomic():
            stage = build()
            tally = Trial(stage).run(Maker(stage, seed).inputs(count))
            print(f"{connection.vendor}, seed {seed}\n{tally.told()}", flush=True)
            good = standing(stage)
            transaction.set_rollback(True)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()
        shutil.rmtree(settings.HOME, ignore_errors=True)
    return 0 if good and not tally.faults and tally.kinds.total() >= count else 1


def _apart(database: str, arguments: list[str]) -> int:
    """The same in a process of its own, on a server of its own where one is needed."""
    command = [sys.executable, "-m", "tests.trust.hostile", "--here", *arguments]
    if database == "sqlite":
        return subprocess.run(command, check=False).returncode
    from tests.postgres import APPLICATION, server

    with server() as url:
        environment = os.environ | {"OPORA_DATABASE_URL": url, "OPORA_DATABASE_ROLE": APPLICATION}
        return subprocess.run(command, env=environment, check=False).returncode


def in_browser() -> int:
    """Every page in every state, as three people see it, with a hostile text in every field."""
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-s", "-p", "no:randomly", "tests/journeys/test_policy.py"]
    return subprocess.run(command, env=os.environ | {"OPORA_WALK": "long"}, check=False).returncode


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.hostile", description=__doc__)
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.here:
        return trial(given.inputs, given.seed)
    wanted = ("sqlite", "postgres") if given.database == "both" else (given.database,)
    passed = ["--inputs", str(given.inputs), "--seed", str(given.seed)]
    return max([*(_apart(database, passed) for database in wanted), 0 if given.no_browser else in_browser()])


if __name__ == "__main__":
    sys.exit(main())
