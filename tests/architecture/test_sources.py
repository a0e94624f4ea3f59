"""What every file of the repository obeys: size, words, pages without inline code, a README in each room."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

from opora.foundation.audit.vocabulary import vocabulary

from .order import REPOSITORY

SOURCES = REPOSITORY / "src" / "opora"
TEXT = {".py", ".html", ".js", ".css", ".md", ".toml", ".typ", ".txt", ".json", ".cfg", ".yml", ".yaml", ".sh", ""}
GENERATED = {"requirements.lock", "requirements-dev.lock", "package-lock.json"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# Written in pieces, so that this page does not contain what it forbids.
MACHINE_PATHS = ["/wo" + "rk/", "/ro" + "ot/", "/home" + "/"]
TEMPORARY = "/t" + "mp"
REGISTRY_HOSTS = ["py" + "pi.org", "registry." + "npmjs", "python" + "hosted", "--index" + "-url"]


def files() -> list[Path]:
    """Files under version control, or about to be."""
    run = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode != 0:
        return [path for path in REPOSITORY.rglob("*") if path.is_file() and not _is_installed(path)]
    return [REPOSITORY / name for name in run.stdout.splitlines() if (REPOSITORY / name).is_file()]


def _is_installed(path: Path) -> bool:
    parts = path.relative_to(REPOSITORY).parts
    return any(part in ("node_modules", "var", "__pycache__") or part.startswith(".") for part in parts[:-1])


ALL = files()
PYTHON = [path for path in ALL if path.suffix == ".py" and "migrations" not in path.parts]
TEMPLATES = [path for path in ALL if path.suffix == ".html"]
STATIC = [path for path in ALL if path.suffix in (".js", ".css", ".svg") and "static" in path.parts]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shown(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def test_no_file_is_too_long():
    written = [*PYTHON, *TEMPLATES, *STATIC]
    long = {shown(path): count for path in written if (count := len(read(path).splitlines())) > LONGEST_FILE}

    assert long == {}


def test_no_function_is_too_long():
    long = {}
    for path in PYTHON:
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                long[f"{shown(path)}:{node.name}"] = (node.end_lineno or 0) - node.lineno + 1

    assert long == {}


def test_no_room_is_named_after_nothing():
    names = {"utils", "helpers", "common", "misc"}

    assert [shown(path) for path in PYTHON if path.stem in names or path.parent.name in names] == []


def test_nothing_tells_of_the_machine_it_was_written_on():
    found = {}
    for path in ALL:
        if path.suffix not in TEXT or path.name in GENERATED:
            continue
        text = read(path)
        forbidden = [*MACHINE_PATHS, *REGISTRY_HOSTS, *([] if "tests" in path.parts else [TEMPORARY + "/"])]
        words = [word for word in forbidden if word in text]
        if words:
            found[shown(path)] = words

    assert found == {}


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_locks_name_no_host(name):
    addresses = [line.strip() for line in read(REPOSITORY / name).splitlines() if "://" in line]

    assert [line for line in addresses if not line.startswith('"url":')] == []  # where a package asks for support


def test_no_view_escapes_the_csrf_check():
    assert [shown(path) for path in PYTHON if "csrf_" + "exempt" in read(path)] == []


INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=.application/json)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "a foreign host": re.compile(r"(https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE),
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_has(what):
    pattern = INLINE[what]

    assert [shown(path) for path in TEMPLATES if pattern.search(read(path))] == []


@pytest.mark.parametrize(
    ("what", "planted"),
    [
        ("a style attribute", '<p class="a" style="color:red">'),
        ("a style element", "<style>p{}</style>"),
        ("an inline script", "<script>go()</script>"),
        ("an event attribute", '<button type="button" onclick="go()">'),
        ("a script address", '<a href="javascript:go()">'),
        ("a foreign host", '<img src="//cdn.example.com/a.png">'),
    ],
)
def test_a_planted_line_is_found(what, planted):
    assert INLINE[what].search(planted)


def test_no_static_file_calls_a_foreign_host():
    assert [shown(path) for path in STATIC if INLINE["a foreign host"].search(read(path))] == []


ROOMS = sorted(
    {Path(config.path) for config in apps.get_app_configs() if config.name.startswith("opora.")}
    | {
        SOURCES / floor
        for floor in ("foundation", "people", "commission", "school", "records", "channels", "regulations")
    }
)


@pytest.mark.parametrize("room", ROOMS, ids=shown)
def test_every_room_says_what_it_owns_and_what_it_must_not_know(room):
    readme = room / "README.md"
    text = read(readme)
    lines = [line for line in text.splitlines() if line.strip()]

    assert lines[0].startswith("# ")
    assert 4 <= len(lines) <= 20
    assert re.search(r"[Mm]ust not know|[Kk]nows nothing", text), "say what it must not know"
    assert re.search(r"\b[CPKS]-\d\d\b|Implements", text), "name the requirements"


def test_every_event_has_a_russian_sentence():
    assert len(vocabulary()) > 20
    for code, event in vocabulary().items():
        assert re.fullmatch(r"[a-z]+\.[a-z_0-9]+", code), code
        assert event.sentence, code
        words = re.sub(r"\{[a-z_]+\}", "", event.sentence).strip()
        assert not words or re.search("[а-яё]", words, re.IGNORECASE), code
        assert not event.sentence.endswith("."), code
