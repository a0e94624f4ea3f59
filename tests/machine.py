"""What this machine lacks for the tests: said at the end of a run, and a failure where nothing may be lacking.

Tests marked `postgres` are left out (not skipped) on SQLite: `make test-postgres` runs them. Those marked `looks`
run on SQLite alone. Those marked `proof` are left by `make test` to `make proofs`. Tests marked `browser` need Chromium
and run one after another in one process; one that fails is tried once more, and the last line counts such.
`OPORA_STRICT=1` makes any skipped test a failure.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

STRICT = os.environ.get("OPORA_STRICT") == "1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PACKAGES = {
    "chromium": ("chromium", "browser"),
    "postgresql": ("postgres",),
    "poppler-utils": ("poppler", "pdftotext", "pdftoppm"),
}
# Walks over every route, page and file in many roles: `make proofs` runs them, `make test` the rest.
PROOFS = (
    "tests/permissions/",
    "tests/journeys/test_accessibility.py",
    "tests/journeys/test_bad_input.py",
    "tests/journeys/test_layout.py",
    "tests/journeys/test_payloads.py",
    "tests/journeys/test_policy.py",
    "tests/test_backup.py",
    "tests/test_faults.py",
)
LEFT_OUT = "left_for_postgres"
LEFT = pytest.StashKey[int]()


def _on_postgres() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(PROOFS):
            item.add_marker(pytest.mark.proof)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.flaky(reruns=1))  # a busy machine may be late once; the summary says so
    if _on_postgres():  # how pages look does not depend on the database, and is seen once
        seen = [item for item in items if item.get_closest_marker("looks")]
        items[:] = [item for item in items if not item.get_closest_marker("looks")]
        config.hook.pytest_deselected(items=seen)
    left = [] if _on_postgres() else [item for item in items if item.get_closest_marker("postgres")]
    if left:
        items[:] = [item for item in items if not item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=left)
        config.stash[LEFT] = len(left)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file that was made for a test holds the minute of its making: its bytes are no name to be compared by."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """A worker that does not see the groups would walk the pages beside another, and build the world for each test."""
    if not hasattr(session.config, "workerinput") or session.config.getoption("dist") != "loadgroup":
        return
    if lost := [
        item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
    ]:
        raise pytest.UsageError(f"pytest-xdist does not see the group of {lost[0]}: versions that do not fit together")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and CHROMIUM is None:
        pytest.skip("needs chromium")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In a worker: hand the count over to the process that speaks to the person."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[LEFT_OUT] = session.config.stash.get(LEFT, 0)
    elif STRICT and _skipped(session.config) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each worker collects everything, so any of them knows the count."""
    count = getattr(node, "workeroutput", {}).get(LEFT_OUT, 0)
    node.config.stash[LEFT] = max(count, node.config.stash.get(LEFT, 0))


def _skipped(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []


def _reason(report: pytest.TestReport) -> str:
    found = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return found.removeprefix("Skipped: ")


def package_for(reason: str, keywords: Any = ()) -> str:
    """The Debian package that would let the test run, or a dash."""
    for text in (reason.lower(), " ".join(map(str, keywords)).lower()):
        for name, words in PACKAGES.items():
            if any(word in text for word in words):
                return name
    return "—"


FIGURES = ("matrix_", "walls_", "managers_", "field_", "readings")


def _matrix(terminalreporter: Any) -> None:
    """The permission matrix says how many cells it tried (tests/permissions)."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    told = Counter[str]()
    for report in reports:
        told.update({name: value for name, value in report.user_properties if name.startswith(FIGURES)})
    if told["matrix_cells"]:
        terminalreporter.line(
            f"matrix: {told['matrix_cells']} cells, {told['matrix_leaks']} leaks"
            f" ({told['matrix_marks']} marks looked for in {told['matrix_signs']} signs)"
        )
    if told["walls_answers"]:
        terminalreporter.line(f"row-level security alone: {told['walls_answers']} answers, 0 foreign marks")
    if told["managers_answers"]:
        terminalreporter.line(f"scoped managers alone: {told['managers_answers']} answers, 0 foreign marks")
    if told["walls_down"]:
        terminalreporter.line(f"with neither: {told['walls_down']} foreign marks, so the search sees them")
    if told["matrix_foreign"]:
        terminalreporter.line(f"forms: {told['matrix_foreign']} answers of another commission, none taken")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    _matrix(terminalreporter)
    left, skipped = config.stash.get(LEFT, 0), _skipped(config)
    if not left and not skipped:
        return
    terminalreporter.section("пропущено")
    if left:
        terminalreporter.line(f"  {left} — только для PostgreSQL: make test-postgres (пакет postgresql)")
    rows = Counter(
        (Path(report.nodeid.split("::")[0]).as_posix(), _reason(report), package_for(_reason(report), report.keywords))
        for report in skipped
    )
    for (place, reason, package), count in sorted(rows.items()):
        terminalreporter.line(f"  {count} — {place}: {reason}; поставить: {package}")
    if skipped and STRICT:
        terminalreporter.line("  OPORA_STRICT=1: пропуск — это неудача", red=True)
