"""`opora regulations` as a program: JSON on standard output, sentences on standard error, never a trace."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from opora.config.cli import main
from opora.config.cli.regulations import PURE

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "regulations" / "examples"


def written(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "facts.json"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return str(path)


def test_a_program_of_its_own_answers_in_utf8_whatever_the_terminal_speaks():
    call = [sys.executable, "-m", "opora.config.cli", "regulations", "advise", "--facts", str(EXAMPLES / "advise.json")]
    bare = {"PATH": "/usr/bin", "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run(call, capture_output=True, check=False, env=bare)

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.decode("utf-8"))["candidates"]


@pytest.mark.parametrize("deed", PURE)
def test_every_documented_call_answers_its_example(deed, capfd):
    assert main(["regulations", deed, "--facts", str(EXAMPLES / f"{deed}.json"), "--on", "2026-11-22"]) == 0
    assert json.loads(capfd.readouterr().out)["call"] == deed


def test_the_editions_are_listed_with_counts_and_what_is_unverified(capfd):
    assert main(["regulations", "editions"]) == 0
    found = {one["code"]: one for one in json.loads(capfd.readouterr().out)["editions"]}

    assert found["2016"]["entries"]["programme"] >= 28
    assert found["2016"]["unverified"] == []
    assert all(one["advice"] == "сверить с официальным текстом" for one in found["2025"]["unverified"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "не JSON, строка 1"),
        ("[" * 100_000, "слишком много вложенных скобок"),
        (b"\xff\xfe{}", "UTF-8"),
        ('{"facts": {"hearing": "громко"}}', "facts.hearing: Значения «громко» в перечне нет."),
        ('[{}, {"born": "вчера"}]', "случай 2, born: Нужна дата"),
        ("7", "Нужен объект JSON"),
    ],
)
def test_a_bad_file_is_told_in_russian_with_exit_code_2(tmp_path, capfd, text, said):
    assert main(["regulations", "advise", "--facts", written(tmp_path, text)]) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_missing_file_and_a_bad_day_are_told_too(tmp_path, capfd):
    assert main(["regulations", "advise"]) == 2
    assert main(["regulations", "advise", "--facts", str(tmp_path / "нет.json")]) == 2
    assert main(["regulations", "advise", "--facts", str(tmp_path)]) == 2
    assert main(["regulations", "advise", "--facts", str(EXAMPLES / "advise.json"), "--on", "завтра"]) == 2
    assert "нужна дата вида 2026-11-22" in capfd.readouterr().err


def test_a_typo_in_the_law_stops_every_command_with_its_place_and_no_trace(monkeypatch, capfd):
    def broken(*_: object) -> int:
        raise ImproperlyConfigured("Редакция закона не читается: 2016/terms.toml:6: [[term]] conclusion_copy")

    monkeypatch.setattr("opora.config.cli.regulations._editions", broken)
    assert main(["regulations", "editions"]) == 1
    assert "2016/terms.toml:6" in capfd.readouterr().err


def test_the_replay_writes_its_report_and_refuses_in_russian(cast, tmp_path, capfd):
    """What it finds is told in the tests of `commission/conclusions`; here is the command alone."""
    path = tmp_path / "report.json"
    call = ["regulations", "replay", "--organisation", cast.commission.short_name, "--workers", "1"]

    assert main([*call, "--on", "2026-11-22", "--json", str(path)]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["judged"] == 0
    assert main([*call, "--limit", "-1"]) == 2
    assert main(["regulations", "replay", "--organisation", "Нет такой"]) == 2
    assert main([*call, "--json", str(tmp_path / "нет" / "report.json")]) == 2
    assert "не записать" in capfd.readouterr().err
