"""`python -m tests.trust.uploads`: the whole corpus through the check of uploads, with the time and memory of each.

Each check runs in a process of its own, so that its peak of memory is its own. Promised: under 3 seconds of the
processor, and under 300 MB more than the process had before.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS, MEGABYTES = 3.0, 300


@dataclass(frozen=True)
class Trial:
    got: str
    seconds: float
    megabytes: float


def judge(data: bytes) -> str:
    """What the product says: the code of the refusal, «clean» when nothing of the payload is left, or «LEFT»."""
    from opora.foundation.access.refusals import Refusal
    from opora.foundation.files.inspection import inspect
    from opora.foundation.files.scanning import scan

    from .corpus.making import PAYLOAD

    try:
        kept = inspect(data, "Проба").data
        scan(data, "Проба")
    except Refusal as refusal:
        return refusal.code
    return "LEFT" if PAYLOAD in kept else "clean"


def trial(make: Callable[[], bytes]) -> Trial:
    """Make a file in one process and check it in another, so that neither finds memory used before."""
    with tempfile.NamedTemporaryFile(prefix="opora-corpus-") as file:
        _in_child(lambda: file.write(make()) and file.flush())
        answer = _in_child(lambda: _measured(file.name))
    got, spent, peak = answer or ("died", 99.0, 0.0)
    return Trial(got, spent, peak)


def _measured(path: str) -> tuple[str, float, float]:
    data = Path(path).read_bytes()
    before, started = _resident(), time.process_time()
    got = judge(data)
    spent = time.process_time() - started
    return got, spent, max(0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before)


def _in_child(work: Callable[[], Any]) -> Any:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            os.write(write, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        answer = told.read()
    os.waitpid(child, 0)
    return json.loads(answer) if answer else None


def _resident() -> float:
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * resource.getpagesize() / 1024 / 1024


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "opora.config.settings.test"
    import logging

    logging.disable(logging.ERROR)
    warnings.simplefilter("ignore")
    from . import corpus  # noqa: F401 — loaded before the first measurement


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.uploads", description=__doc__)
    parser.add_argument("--only", default="", help="kinds of hostile files whose name holds this text; no good files")
    only = parser.parse_args(arguments).only
    _prepare()
    from django.test import override_settings

    from . import clamd
    from .corpus import GOOD, HOSTILE
    from .corpus.largest import LARGEST

    kinds, wrong = defaultdict[str, list[Trial]](list), []
    with clamd.running(clamd.honest) as address, override_settings(CLAMD=address):
        for one in HOSTILE:
            if only not in one.kind:
                continue
            result = trial(one.make)
            kinds[one.kind].append(result)
            if result.got != one.code:
                wrong.append(f"{one.kind}: {one.name}: {result.got} instead of {one.code}")
        for name, make, _ in [] if only else [*GOOD, *LARGEST]:
            result = trial(make)
            kinds["(good files)"].append(result)
            if result.megabytes > 100 or result.seconds > 1:
                print(f"  heavy: {name}: {result.seconds:.2f} s, {result.megabytes:.0f} MB")
            if result.got != "clean":
                wrong.append(f"good: {name}: {result.got}")
    print(f"{'kind':<28}{'files':>6}{'slowest, s':>12}{'peak, MB':>10}")
    for kind, results in sorted(kinds.items()):
        slowest, peak = max(one.seconds for one in results), max(one.megabytes for one in results)
        print(f"{kind:<28}{len(results):>6}{slowest:>12.2f}{peak:>10.0f}")
        if slowest > SECONDS or peak > MEGABYTES:
            wrong.append(f"{kind}: beyond the bounds: {slowest:.1f} s, {peak:.0f} MB")
    good = len(kinds.pop("(good files)", []))
    hostile = sum(map(len, kinds.values()))
    print(f"\nhostile: {hostile} files of {len(kinds)} kinds; good: {good}; wrong: {len(wrong)}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
