"""What is skipped is said, and where nothing may be skipped it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine import PROOFS, package_for

REPOSITORY = Path(__file__).resolve().parents[1]
PROBE = """
import pytest

@pytest.mark.postgres
def test_locks(): pass

def test_paper(): pytest.skip("needs pdftotext")

def test_fine(): pass
"""


def test_every_walk_that_is_named_exists():
    assert [name for name in PROOFS if not (REPOSITORY / name).exists()] == []


@pytest.mark.parametrize(
    ("reason", "keywords", "package"),
    [
        ("needs pdftotext", (), "poppler-utils"),
        ("нет Chromium", (), "chromium"),
        ("nothing to drive", ("browser",), "chromium"),
        ("needs PostgreSQL", ("browser",), "postgresql"),
        ("it rains", (), "—"),
    ],
)
def test_a_reason_names_its_package(reason, keywords, package):
    assert package_for(reason, keywords) == package


@pytest.mark.parametrize(("strict", "code"), [("0", 0), ("1", 1)])
def test_a_skip_is_told_and_fails_where_it_may_not_be(tmp_path, strict, code):
    (tmp_path / "test_probe.py").write_text(PROBE, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "OPORA_DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "tests.machine", "--rootdir", str(tmp_path),
         "-c", str(REPOSITORY / "pyproject.toml"), str(tmp_path)],
        cwd=REPOSITORY, env=environment | {"OPORA_STRICT": strict}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "1 — только для PostgreSQL" in run.stdout, run.stdout + run.stderr
    assert "needs pdftotext; поставить: poppler-utils" in run.stdout
    assert run.returncode == code
