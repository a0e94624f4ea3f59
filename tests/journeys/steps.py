"""Steps that several journeys take: one main button, a sheet of a specialist, the words of a paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

# Whether a button is heard by htmx; a form that is saved as it is typed may still be sent as a whole.
BY_SCRIPT = """one => {
  const heard = one.closest("[hx-post], [hx-get]");
  return heard !== null && /submit|click|^$/.test(heard.getAttribute("hx-trigger") ?? "");
}"""


def press(page: Any, button: Any) -> None:
    """Press a button and wait for what it brings: a new page, or the part of this one that a script asks for."""
    if button.evaluate(BY_SCRIPT):
        with page.expect_response(lambda answer: answer.request.resource_type in ("xhr", "fetch")):
            button.click()
        settled(page)
    else:
        with page.expect_navigation():
            button.click()


def settled(page: Any) -> None:
    """Nothing that a script asked for is on its way."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def main_step(page: Any, title: str) -> None:
    """Press the one main button and see that it is the step we mean."""
    button = page.locator("[data-main]").first
    assert title in button.inner_text()
    press(page, button)


def begin_sheet(page: Any, board: str) -> None:
    """A specialist opens the board and starts the own sheet in one click."""
    page.goto(board)
    press(page, page.get_by_role("button", name=re.compile("Начать обследование")))


def write_text(page: Any, code: str, text: str) -> None:
    """Type into a section, leave it, and see that it was saved by itself."""
    section = page.locator(f"#section-{code}")
    address = section.get_attribute("data-url")
    with page.expect_response(lambda answer: answer.url.endswith(address) and answer.request.method == "POST") as saved:
        section.locator("textarea").fill(text)
        section.locator("textarea").blur()
    assert saved.value.ok
    section.locator("[data-state=saved]").wait_for()


def finish_sheet(page: Any) -> None:
    page.get_by_role("button", name="Завершить лист").click()
    page.get_by_text("завершено").first.wait_for()


def write_sheet(page: Any, texts: Mapping[str, str], board: str) -> None:
    """A specialist opens the board, starts the own sheet in one click, types and finishes."""
    begin_sheet(page, board)
    for code, text in texts.items():
        write_text(page, code, text)
    finish_sheet(page)


def pdf_text(content: bytes, folder: Path) -> str:
    """Words of a PDF without soft hyphens and break points."""
    source = folder / "paper.pdf"
    source.write_bytes(content)
    text = subprocess.run(["pdftotext", "-layout", source, "-"], capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200b]", "", text).replace("\u00a0", " "))
