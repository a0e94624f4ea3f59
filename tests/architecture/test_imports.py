"""The import contracts hold, and each of them is red on a planted violation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .order import REPOSITORY

PLANTS = {
    "A floor imports only lower floors": ("foundation/organisations/models.py", "opora.people.children.models"),
    "Rooms of foundation, lower last": ("foundation/accounts/models.py", "opora.foundation.audit.services"),
    "Rooms of people, lower last": ("people/children/models/child.py", "opora.people.consents.models"),
    "Rooms of the commission, lower last": ("commission/cases/services.py", "opora.commission.intake.models"),
    "Rooms of the school, lower last": ("school/pupils/models.py", "opora.school.programmes.models"),
    "Rooms of the support service, lower last": (
        "school/support/plans/models.py",
        "opora.school.support.worklog.models",
    ),
    "Journals stand on documents": ("records/documents/models.py", "opora.records.journals.models"),
    "The law knows no Django, no database, nothing of Опора": ("regulations/calendar.py", "django.utils.timezone"),
    "The check of evidence knows nothing of Опора and no Django": ("verification/canon.py", "django.conf"),
    "Models and services never import views": ("commission/cases/models.py", "opora.commission.cases.views"),
}


def lint(source: Path, config: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [str(program), "--no-logo", "--no-cache", "--config", str(config)],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources in a folder where they may be spoilt."""
    place = tmp_path_factory.mktemp("copy")
    shutil.copytree(REPOSITORY / "src" / "opora", place / "opora", ignore=shutil.ignore_patterns("__pycache__"))
    return place


def test_the_contracts_are_kept():
    run = lint(REPOSITORY / "src", REPOSITORY / ".importlinter")

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("contract", PLANTS)
def test_a_planted_import_breaks_its_contract(copy: Path, contract: str):
    name, imported = PLANTS[contract]
    victim = copy / "opora" / name
    honest = victim.read_text(encoding="utf-8")
    victim.write_text(f"{honest}\nimport {imported}  # planted\n", encoding="utf-8")
    try:
        run = lint(copy, REPOSITORY / ".importlinter")
    finally:
        victim.write_text(honest, encoding="utf-8")

    assert run.returncode != 0
    assert f"{contract} BROKEN" in run.stdout


def test_every_contract_has_its_plant():
    text = (REPOSITORY / ".importlinter").read_text(encoding="utf-8")
    names = [line.removeprefix("name = ") for line in text.splitlines() if line.startswith("name = ")]

    assert sorted(names) == sorted(PLANTS)
