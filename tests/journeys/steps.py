"""Steps that several journeys take: one main button, a sheet of a specialist, the words of a paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def main_step(page: Any, title: str) -> None:
    """Press the one main button and see that it is the step we mean."""
    button = page.locator("[data-main]").first
    assert title in button.inner_text()
    button.click()
    page.wait_for_load_state("networkidle")


def begin_sheet(page: Any, board: str) -> None:
    """A specialist opens the board and starts the own sheet in one click."""
    page.goto(board)
    page.get_by_role("button", name=re.compile("Начать обследование")).click()
    page.wait_for_load_state("networkidle")


def write_text(page: Any, code: str, text: str) -> None:
    """Type into a section and see that it was saved by itself."""
    section = page.locator(f"#section-{code}")
    address = section.get_attribute("data-url")
    with page.expect_response(lambda answer: answer.url.endswith(address) and answer.request.method == "POST") as saved:
        section.locator("textarea").fill(text)
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
