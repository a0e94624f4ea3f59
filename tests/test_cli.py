"""The `opora` command and the state of the machine."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from opora import __version__
from opora.config import health
from opora.config.cli import initial, parser
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import entry_add


def opora(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")}
    return subprocess.run(
        [sys.executable, "-m", "opora.config.cli", *arguments],
        env=clean | {"OPORA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "opora.config.settings.production"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_init_makes_private_secrets_once_and_check_is_content(tmp_path):
    home = tmp_path / "home"

    first = opora(home, "init")
    secrets = (home / "secrets.env").read_text(encoding="utf-8")
    second = opora(home, "init")
    checked = opora(home, "check")

    assert first.returncode == 0, first.stderr
    assert second.returncode == 0, second.stderr
    assert stat.S_IMODE((home / "secrets.env").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert (home / "secrets.env").read_text(encoding="utf-8") == secrets
    assert "Секреты созданы" in first.stdout
    assert "Секреты созданы" not in second.stdout
    assert secrets.strip().removeprefix("OPORA_SECRET_KEY=") not in first.stdout + first.stderr
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_secrets_of_two_places_differ(tmp_path):
    assert initial.secrets_make(tmp_path / "a")
    assert initial.secrets_make(tmp_path / "b")
    assert not initial.secrets_make(tmp_path / "a")

    assert (tmp_path / "a").read_text() != (tmp_path / "b").read_text()


def test_healthz_answers_json_without_a_name_or_a_path(client, cast, settings, tmp_path):
    settings.FILES_ROOT = tmp_path

    answer = client.get("/healthz")

    assert answer.status_code == 200
    told = answer.json()
    assert told["version"] == __version__
    assert {"database", "worker", "files"} <= set(told)
    assert told["ok"] is all(told[name]["ok"] for name in ("database", "worker", "files"))
    assert "/" not in answer.content.decode().replace("application/json", "")


def test_healthz_is_503_when_files_cannot_be_written(client, db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "gone"

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["files"]["ok"] is False


@pytest.fixture
def journal(cast):
    with transaction.atomic():
        for line in ("один", "два", "три"):
            entry_add(
                actor=SystemActor(cast.commission), series="test", day=date(2026, 3, 2), subject=cast.commission,
                content={"line": line},
            )  # fmt: skip


def test_check_finds_a_broken_chain(journal):
    before = {one.what: one.good for one in health.findings()}
    second = Entry.objects.get(number=2)
    second.content = {"line": "иначе"}
    second.save(update_fields=["content"])
    after = {one.what: one for one in health.findings()}

    assert before["Журналы"]
    assert not after["Журналы"].good
    assert "строка 2" in after["Журналы"].detail


@pytest.mark.parametrize(
    "asked",
    [["init"], ["serve", "--port", "8011", "--with-worker"], ["worker"], ["demo", "--reset"], ["check"], ["assets"]],
)
def test_every_call_has_its_program(asked):
    assert callable(parser().parse_args(asked).run)


def test_form_needs_a_case_and_a_place_to_write_to(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["form", "conclusion"])

    assert "--case" in capsys.readouterr().err


def test_init_founds_the_first_organisation_and_shows_the_password_once(tmp_path):
    home = tmp_path / "home"
    founding = [
        "init", "--organisation", "Территориальная ПМПК города Н", "--short", "ПМПК города Н",
        "--head", "Петрова Анна Сергеевна", "--login", "petrova",
    ]  # fmt: skip

    founded = opora(home, *founding)
    again = opora(home, *founding)
    nameless = opora(home, "init", "--organisation", "Другая комиссия")

    assert founded.returncode == 0, founded.stderr
    assert "Логин руководителя: petrova, первый пароль: " in founded.stdout
    assert again.returncode == 1
    assert "уже ведёт дела" in again.stdout
    assert nameless.returncode == 1
    assert "--login" in nameless.stdout
