"""docs/security.md and the table of ASVS name only what exists: paths, tests, commands, decisions, requirements."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from opora.foundation.access.fields import field_classes
from tests.machine import PROOFS as WALKS

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "security.md"
ASVS = REPOSITORY / "docs" / "security" / "asvs.md"
STATES = {"met", "met by deployment", "partly", "not applicable", "not met"}
REQUIREMENTS = {"1": 70, "2": 183}  # of ASVS 5.0.0, by level
ITEMS = 16
PLACE = re.compile(r"`((?:src|docs|tests|bench)/[\w./-]+|[\w-]+\.(?:toml|json|lock))(?:::(\w+))?`")
TRUST = re.compile(r"`python -m tests\.trust\.(\w+)`")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def functions(path: Path) -> frozenset[str]:
    return frozenset(one.name for one in ast.walk(ast.parse(read(path))) if isinstance(one, ast.FunctionDef))


def missing(text: str) -> list[str]:
    """Places named in backticks that are not there: a file, or a function of a file."""
    found = []
    for path, name in PLACE.findall(text):
        file = REPOSITORY / path
        if not file.exists() or (name and (file.suffix != ".py" or name not in functions(file))):
            found.append(f"{path}::{name}" if name else path)
    return found


def table(text: str, columns: int) -> list[list[str]]:
    """Rows of all tables with so many columns, without their heads."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    heads = {index - 1 for index, row in enumerate(rows) if set("".join(row)) == {"-"}}
    return [
        row for index, row in enumerate(rows)
        if len(row) == columns and index not in heads and set("".join(row)) != {"-"}
    ]  # fmt: skip


def promises() -> list[list[str]]:
    return table(read(PAGE).split("## Promises")[1].split("## What is not promised")[0], 5)


def requirements() -> list[list[str]]:
    return table(read(ASVS), 5)


@pytest.mark.parametrize("page", [PAGE, ASVS], ids=lambda page: page.name)
def test_every_place_and_test_that_is_named_exists(page):
    assert missing(read(page)) == []
    assert len(PLACE.findall(read(page))) > 100


def test_a_place_that_is_gone_is_found():
    assert missing("`tests/test_security_docs.py::test_nothing`") == ["tests/test_security_docs.py::test_nothing"]
    assert missing("`src/opora/gone.py`") == ["src/opora/gone.py"]
    assert missing("`tests/test_security_docs.py::missing`") == []


def commands_of(proven: str) -> list[str]:
    """Where the named tests run: with the others, or among the walks."""
    names = re.findall(r"`([^`]+)::test_", proven)
    usual = ["`make test`"] if any(not name.startswith(WALKS) for name in names) else []
    walks = ["`make proofs`"] if any(name.startswith(WALKS) for name in names) else []
    return [", ".join(usual + walks)]


def test_every_promise_has_its_place_its_test_and_its_command():
    for promise, kept, proven, command, figure in promises():
        assert promise
        assert figure, promise
        assert PLACE.search(kept), promise
        assert "::test_" in proven or "`tests/trust/" in proven, promise
        assert command in ("`make test-postgres`", *commands_of(proven)) or TRUST.fullmatch(command), promise


def test_every_item_has_its_promises():
    headings = re.findall(r"^### (\d+)\. .+\n\n\| promise \|", read(PAGE), re.MULTILINE)

    assert headings == [str(number) for number in range(1, ITEMS + 1)]
    assert len(promises()) > 60


def test_every_proof_that_is_named_can_be_run_and_every_proof_is_named():
    from tests.trust.__main__ import PROOFS

    trust = REPOSITORY / "tests" / "trust"
    named = set(TRUST.findall(read(PAGE)))

    assert {name for name in named if not (trust / f"{name}.py").exists() and not (trust / name).is_dir()} == set()
    assert named == set(PROOFS)


def test_every_call_of_opora_that_is_named_exists():
    from opora.config.cli import parser

    kinds = [one for one in parser()._actions if one.choices]
    calls = {call for page in (PAGE, ASVS) for call in re.findall(r"`(?:\.venv/bin/)?opora (\w+)", read(page))}

    assert calls <= set(kinds[0].choices)
    assert len(calls) > 5


def test_every_decision_is_linked():
    decisions = {path.name for path in (REPOSITORY / "docs" / "adr").glob("0*.md")}

    assert decisions - set(re.findall(r"\]\(adr/([\w.-]+)\)", read(PAGE))) == set()


@pytest.mark.parametrize("page", [PAGE, ASVS], ids=lambda page: page.name)
def test_every_section_that_is_linked_exists(page):
    for target, anchor in re.findall(r"\]\(([^)#]*)#([\w-]+)\)", read(page)):
        headings = re.findall(r"^#+ (.+)$", read((page.parent / target) if target else page), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}, anchor


def test_every_requirement_has_its_row():
    rows = requirements()
    ids = Counter(row[0] for row in rows)

    assert [one for one, count in ids.items() if count > 1] == []
    assert Counter(row[1] for row in rows) == REQUIREMENTS
    assert all(re.fullmatch(r"(?:1[0-7]|[1-9])\.\d+\.\d+", one) for one in ids)


def test_every_requirement_has_a_state_and_a_reason():
    for number, _, words, state, place in requirements():
        assert words, number
        assert state in STATES, number
        assert place, number
        if state == "met" and not (PLACE.search(place) or "](" in place):
            assert len(place) > 10, f"{number}: met, but it is not said where"


def test_the_counts_above_the_table_are_those_of_the_table():
    states = Counter(row[3] for row in requirements())
    told = re.search(r"^(\d+) requirements: (.+)\.$", read(ASVS), re.MULTILINE)

    assert told is not None
    assert int(told[1]) == states.total() == sum(REQUIREMENTS.values())
    assert {name: int(count) for name, count in re.findall(r"([a-z ]+?) (\d+)(?:, |$)", told[2])} == dict(states)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\\u00a0", " ").replace("&nbsp;", " ").replace("ё", "е")).lower()


def test_the_ten_checks_name_only_what_stands_on_the_screen():
    checks = read(PAGE).split("## Ten checks by hand")[1].split("\n## ")[0]
    sources = (path for path in (REPOSITORY / "src").rglob("*") if path.suffix in (".py", ".html"))
    screen = plain("\n".join([*map(read, sources), *(one.who for one in field_classes().values())]))
    quoted = re.findall(r"«([^»]+)»", checks)

    assert len(quoted) > 20
    assert [one for one in quoted if plain(one) not in screen] == []
    assert len(re.findall(r"^\d+\. \*\*", checks, re.MULTILINE)) == 10
