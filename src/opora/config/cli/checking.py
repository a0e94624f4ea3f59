"""`opora check`: is everything where it should be."""

from __future__ import annotations

import argparse


def run(asked: argparse.Namespace) -> int:
    """Print one line per check; exit code 1 when something is wrong."""
    import django

    django.setup()
    from opora.config.health import findings

    bad = 0
    for finding in findings():
        print(f"{'верно  ' if finding.good else 'ОШИБКА '} {finding.what}: {finding.detail}")
        bad += not finding.good
    return 1 if bad else 0
