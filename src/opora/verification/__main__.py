"""`python -m opora.verification FILE`: check an export anywhere, without Опора and without a database.

Exit code: 0 all holds, 1 a bad row was found, 2 the file or a key could not be read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .checking import NotEvidence, verify_file
from .keys import public_read
from .report import told

GOOD, BAD, UNREADABLE = 0, 1, 2


def options(one: argparse.ArgumentParser) -> None:
    """The options, the same for `opora verify`."""
    one.add_argument("file", type=Path, help="файл выгрузки (JSON Lines)")
    one.add_argument(
        "--public-key", action="append", default=[], help="открытый ключ или файл с ним; можно несколько раз"
    )
    one.add_argument("--against", action="append", default=[], type=Path, help="отметка, сохранённая в другом месте")


def run(asked: argparse.Namespace) -> int:
    """Print what was found, in Russian."""
    started = time.perf_counter()
    try:
        keys = [public_read(one) for one in asked.public_key]
        report = verify_file(asked.file, keys=keys, against=asked.against)
    except (NotEvidence, ValueError) as error:
        print(f"Проверить нельзя: {error}")
        return UNREADABLE
    print("\n".join(told(report, time.perf_counter() - started)))
    return GOOD if report.good else BAD


def main(arguments: Sequence[str] | None = None) -> int:
    one = argparse.ArgumentParser(prog="opora-verify", description="Проверка выгрузки журнала событий и журналов учёта")
    options(one)
    return run(one.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
