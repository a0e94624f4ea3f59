"""A plugin of pytest: writes down how each test ended, so that nothing has to be read out of its words."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

PLACE = "OPORA_WITNESS"
_told: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """`failed` is a failed test; `broken` a test whose preparation failed, which proves nothing."""
    if report.failed:
        _told[report.nodeid] = "failed" if report.when == "call" else _told.get(report.nodeid, "broken")
    elif report.when == "call" or report.skipped:
        _told.setdefault(report.nodeid, str(report.outcome))


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.failed:
        _told[report.nodeid] = "broken"


def pytest_sessionfinish() -> None:
    Path(os.environ[PLACE]).write_text(json.dumps(_told), encoding="utf-8")
