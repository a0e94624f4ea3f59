"""Documentation that fails when it goes stale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from docs import law
from docs.generate import BANNER, PAGES
from opora.regulations.edition import edition, edition_codes

REPOSITORY = Path(__file__).resolve().parents[1]
DOCS = REPOSITORY / "docs"
SOURCES = REPOSITORY / "src" / "opora"
MODELS = {model.__name__ for model in apps.get_models() if model.__module__.startswith("opora.")}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name, monkeypatch):
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("PORT", raising=False)

    assert read(DOCS / name) == BANNER + PAGES[name](), "run `make docs`"


def test_every_table_of_the_law_is_on_a_page():
    shown = {table for topic in law.TOPICS for table in topic.tables} | {"act"}

    assert {table for code in edition_codes() for table in edition(code).tables} - shown == set()


def glossary() -> tuple[set[str], set[str]]:
    """Words of the code that the glossary gives: present ones and planned ones."""
    present, planned = read(DOCS / "glossary.md").split("## Planned")
    return tuple(
        {word for row in re.findall(r"^\|[^|]+\|([^|]+)\|", part, re.MULTILINE) for word in re.findall(r"`(\w+)`", row)}
        for part in (present, planned)
    )


def code() -> str:
    return "\n".join(read(path) for path in SOURCES.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))


def test_every_model_is_in_the_glossary():
    assert MODELS - glossary()[0] == set()


def test_every_word_of_the_glossary_is_in_the_code():
    text = code()

    assert sorted(word for word in glossary()[0] if not re.search(rf"\b{word}\b", text)) == []


def test_a_planned_word_that_has_become_a_model_moves_up():
    assert MODELS & glossary()[1] == set()


def test_every_variable_of_the_environment_is_documented():
    found = set()
    for path in [*(SOURCES / "config").rglob("*.py"), *(SOURCES / "records" / "documents").glob("*.py")]:
        found |= set(re.findall(r"\bOPORA_[A-Z_]+\b", read(path)))
    documented = set(re.findall(r"\bOPORA_[A-Z_]+\b", read(DOCS / "deployment.md")))

    assert found == documented


PAGES_WITH_LINKS = sorted(
    [*REPOSITORY.glob("*.md"), *DOCS.rglob("*.md"), *SOURCES.rglob("README.md")], key=lambda path: str(path)
)


@pytest.mark.parametrize("page", PAGES_WITH_LINKS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(page))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES_WITH_LINKS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_file_that_a_page_names_exists(page):
    named = re.findall(r"`((?:src|docs|tests|bench)/[\w./-]+)`", read(page))

    assert [name for name in named if "<" not in name and not (REPOSITORY / name).exists()] == []


@pytest.mark.parametrize("page", PAGES_WITH_LINKS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_make_target_that_a_page_names_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", read(REPOSITORY / "Makefile"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z-]+)", read(page))) <= targets


def test_the_user_guide_names_only_pages_that_exist():
    """The guide marks a page by its address in a comment: `<!-- page: cases:list -->`."""
    missing = []
    for page in sorted((DOCS / "user").glob("*.md")):
        for name in re.findall(r"<!-- page: ([\w:]+) -->", read(page)):
            try:
                reverse(name)
            except NoReverseMatch as no:
                if "with no arguments not found" not in str(no):
                    missing.append((page.name, name))

    assert missing == []
