"""Steps at a school: a meeting in the room, the bank beside the sheet, a clock that months pass on."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from .steps import press, settled

COUNT = """addEventListener("click", ({ isTrusted, detail }) => {
  if (isTrusted && detail) sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks")) + 1);
}, true);"""


class Clock:
    """Lets months pass for the server and for the test; the machine's own clock stays as it is."""

    def __init__(self, monkeypatch: Any) -> None:
        self.passed = timedelta()
        now = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: now() + self.passed)

    def pass_days(self, days: int) -> None:
        self.passed += timedelta(days=days)


def clicks(page: Any) -> int:
    return int(page.evaluate("Number(sessionStorage.getItem('clicks'))"))


def submit(page: Any, title: str | re.Pattern[str]) -> None:
    """Press the button of a form and see that the form was taken."""
    press(page, page.get_by_role("button", name=title))
    expect(page.locator(".error-summary, .has-error, .note.is-error")).to_have_count(0)


def come(page: Any, name: str) -> None:
    """One click on the page of the meeting: this member is here."""
    row = page.locator("#members li", has_text=name).first
    if row.get_by_role("button").get_attribute("aria-pressed") == "false":
        press(page, row.get_by_role("button"))
    expect(page.locator("#members li", has_text=name).first).to_contain_text("присутствует")


def take(page: Any, words: str, kind: str) -> Any:
    """Find words in the bank, take the first of that kind, and return the new row of the plan."""
    rows = page.locator(f".line-{kind}")
    known = rows.count()
    box = page.locator("#bank-text")
    with page.expect_response(re.compile("/bank/")):
        box.fill(words)
    settled(page)
    offer = page.locator("#bank-found li", has_text=words).first
    offer.get_by_role("button").click()
    expect(rows).to_have_count(known + 1)
    settled(page)
    key = rows.filter(has_text="взято из банка, не изменено").last.get_attribute("id")
    return page.locator(f"#{key}")


def edit(page: Any, row: Any, **values: str) -> None:
    """Make a row the child's own; it is saved on leaving each field."""
    for name, value in values.items():
        field = row.locator(f"[name={name}]")
        if field.input_value().replace("\u00a0", " ") == value:
            continue  # the usual value stands there already: nothing would be saved
        with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
            if field.evaluate("one => one.matches('select')"):
                field.select_option(value)
            else:
                field.fill(value)
                field.press("Tab")
        settled(page)


def pdf_lines(content: bytes, folder: Path) -> str:
    """The words of a PDF cell by cell."""
    source = folder / "paper.pdf"
    source.write_bytes(content)
    text = subprocess.run(["pdftotext", source, "-"], capture_output=True, check=True).stdout.decode()
    return plain(text)


def plain(text: str) -> str:
    """Without soft hyphens, break points and the kinds of spaces."""
    return re.sub(r"\s+", " ", re.sub("\u00ad\\s*|\u200b", "", text).replace("\u00a0", " "))
