"""Steps of a support service in the browser: entries of a day by keys, a passport of a class, tables of an analysis."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect

from .steps import settled

FIRST = "#work-individual"  # where the cursor waits for the next entry


@dataclass
class Keys:
    """Hands on the keyboard, and how much they did: presses of keys, letters typed."""

    page: Any
    presses: int = 0
    letters: int = 0
    told: list[str] = field(default_factory=list)

    def press(self, keys: str) -> None:
        self.presses += 1
        self.told.append(keys)
        self.page.keyboard.press(keys)

    def type(self, words: str) -> None:
        self.letters += len(words)
        self.told.append(f"«{words}»")
        self.page.keyboard.type(words)

    @property
    def count(self) -> int:
        return self.presses + self.letters


def ready(page: Any) -> None:
    """The line is empty and the cursor stands in the kinds of work."""
    expect(page.locator(FIRST)).to_be_focused()
    settled(page)


def choose(keys: Keys, kind: str, who: str = "", *, named: int = 1) -> None:
    """A digit for the kind of work, letters for the child; the cursor goes on to the topic by itself."""
    ready(keys.page)
    keys.press(kind)
    if who:
        expect(keys.page.locator("#who")).to_be_focused()
        keys.type(who)
        keys.press("Enter")
        expect(keys.page.locator(".child-line")).to_have_count(named)
    expect(keys.page.locator("#id_topic")).to_be_focused()


def write(keys: Keys) -> None:
    """Ctrl+Enter keeps the entry, and the page comes back for the next one."""
    with keys.page.expect_navigation():
        keys.press("Control+Enter")
    expect(keys.page.locator(".note.is-success").first).to_contain_text("Записано")


def six_entries(keys: Keys) -> None:
    """An individual lesson, the same once more, a pupil, a parent who came, a measured child, papers."""
    choose(keys, "1", "Данил")
    keys.type("Внимание")
    write(keys)

    ready(keys.page)
    with keys.page.expect_navigation():
        keys.press("0")  # the last one again: the kind, the topic and the minutes stand there already
    expect(keys.page.locator("#who")).to_be_focused()
    keys.type("Увар")
    keys.press("Enter")
    expect(keys.page.locator("#id_topic")).to_be_focused()
    write(keys)

    choose(keys, "3", "Увар")
    keys.type("Ссора с другом")
    write(keys)

    choose(keys, "4", "Данил")
    keys.type("Режим дня")
    write(keys)

    choose(keys, "6", "Данил")
    keys.type("Память")
    while not keys.page.evaluate("document.activeElement.name.startsWith('value-')"):
        keys.press("Tab")
        assert keys.presses < 60, keys.told
    keys.type("7")
    write(keys)

    choose(keys, "8")
    keys.type("Отчёт")
    write(keys)


def figures(page: Any, code: str) -> dict[str, list[str]]:
    """A counted table of an analysis: the label of a row, its figures."""
    rows = page.locator(f"#table-{code} tbody tr")
    read = """row => [...row.cells].map((cell, at) => {
      const pair = cell.querySelector(".pair");
      return (pair ? pair.firstElementChild && pair.firstElementChild.tagName === "A"
        ? pair.firstElementChild.textContent : pair.firstChild.textContent : cell.textContent).trim();
    })"""
    found = [row.evaluate(read) for row in rows.all()]
    return {label: cells for label, *cells in found}
