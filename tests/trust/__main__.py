"""`python -m tests.trust [NAME ...]` (`make trust`): all long proofs one after another, then which of them held.

Each proof prints its own figures and says by its exit code whether its promise was kept; each can be run alone as
`python -m tests.trust.NAME`. What is promised is in docs/security.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

PROOFS = {
    "matrix": "every route, method and role; the database alone with the program's filters off",
    "hostile": "hostile input into every form and query; payloads in a browser",
    "uploads": "hostile files",
    "signin": "an hour of guessing",
    "evidence": "random tampering with an exported log",
    "at_rest": "a found disk or backup",
    "rotation": "the master key changed under load",
    "terms": "a thousand withdrawals over holidays",
    "erasing": "what is left of a destroyed card",
    "backup": "a backup under load, restored elsewhere",
    "faults": "kills, a full disk, a lost database, a clock set back",
    "mutants": "every broken guard is noticed",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description="All long proofs, or those named.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PROOFS))
    wanted = parser.parse_args().names or list(PROOFS)
    unknown = [name for name in wanted if name not in PROOFS]
    if unknown:
        parser.error(f"no such proof: {', '.join(unknown)}")
    held: dict[str, tuple[bool, float]] = {}
    for name in wanted:
        print(f"\n=== {name}: {PROOFS[name]}", flush=True)
        begun = time.monotonic()
        answer = subprocess.run([sys.executable, "-m", f"tests.trust.{name}"], check=False)
        held[name] = (answer.returncode == 0, time.monotonic() - begun)
    print("\n=== trust")
    for name, (good, seconds) in held.items():
        print(f"{'held  ' if good else 'BROKEN'}  {name:<10} {seconds:7.0f} s  {PROOFS[name]}")
    return 0 if all(good for good, _ in held.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
