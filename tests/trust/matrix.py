"""`python -m tests.trust.matrix`: the permission matrix with every role of the product, on SQLite and on PostgreSQL.

Prints the number of cells, of marks and of the signs they were looked for in, and what each layer showed alone. The
ordinary suite runs the same code with fewer columns (`MATRIX=full` makes the difference, tests/permissions/world.py).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence

FEWEST_CELLS = 10_000
FIGURES = re.compile(
    r"^(matrix: .*|row-level security alone: .*|scoped managers alone: .*|with neither: .*|forms: .*|\d+ passed.*"
    r"|.*\d+ failed.*|FAILED .*|ERROR .*)$",
    re.MULTILINE,
)
FOLDER = "tests/permissions"


def run(title: str, module: Sequence[str], workers: str) -> bool:
    """Run the folder once; print its figures. True when nothing leaked and the matrix was as large as promised."""
    started = time.monotonic()
    command = [sys.executable, "-m", *module, "-p", "no:randomly", "-rA", "-n", workers, "--dist", "loadgroup", FOLDER]
    environment = {**os.environ, "MATRIX": "full"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    figures = [line for line in FIGURES.findall(done.stdout) if not line.startswith("PASSED")]
    print(f"{title}: {'held' if done.returncode == 0 else 'BROKEN'}, {time.monotonic() - started:.0f} s")
    for line in figures:
        print(f"  {line}")
    if not figures:
        print(done.stdout[-2000:] + done.stderr[-2000:])
    cells = re.search(r"matrix: (\d+) cells, (\d+) leaks", done.stdout)
    return done.returncode == 0 and cells is not None and int(cells[1]) >= FEWEST_CELLS and cells[2] == "0"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code is 0 when both databases hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=("sqlite", "postgres"), help="one database alone")
    asked.add_argument("--workers", default="2")
    given = asked.parse_args(arguments)
    held = []
    if given.only != "postgres":
        held.append(run("SQLite", ["pytest"], given.workers))
    if given.only != "sqlite":
        held.append(run("PostgreSQL", ["tests.postgres"], given.workers))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
