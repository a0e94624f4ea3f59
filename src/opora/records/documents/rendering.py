"""Turns the plain data of a form into a PDF.

Data reaches typst only as JSON through ``sys_inputs``, never as markup, so no text that a person typed can
run as a command (security rule 10). The fonts and one compiler per form are built once for the process; the
same data with the same ``timestamp`` gives the same bytes.
"""

from __future__ import annotations

import json
import os
import threading
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from opora.records.documents.forms import FORMS, FORMS_DIR
from opora.records.documents.printable import Printable, only_plain_characters

PDF_STANDARD: Final = "a-2a"
"""Archival PDF with tags: readable by screen readers and in ten years (a file by 2.14 is kept longer)."""

_REPOSITORY = Path(__file__).resolve().parents[4]


class RenderingError(Exception):
    """The form could not be turned into a PDF; the cause is in ``__cause__``."""


def font_directories() -> list[Path]:
    """Folders with the TTF fonts: ``$OPORA_ASSETS/fonts`` (default ``.assets/fonts``), else those of npm."""
    assets = Path(os.environ.get("OPORA_ASSETS") or _REPOSITORY / ".assets")
    candidates = [assets / "fonts", _REPOSITORY / "node_modules" / "@expo-google-fonts"]
    return [folder for folder in candidates if next(folder.rglob("PTSerif*.ttf"), None)][:1]


@cache
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in font_directories()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


class _Press:
    """One compiler and the lock that lets one thread at a time use it."""

    def __init__(self, source: Path) -> None:
        self._lock = threading.Lock()
        self._compiler = typst.Compiler(
            str(source),
            root=str(FORMS_DIR),
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )

    def print(self, data: str, timestamp: int) -> bytes:
        with self._lock:
            result = self._compiler.compile(
                format="pdf", sys_inputs={"data": data}, pdf_standards=[PDF_STANDARD], timestamp=timestamp
            )
        if not isinstance(result, bytes):
            raise RenderingError("typst returned no document")
        return result


_presses: dict[str, _Press] = {}
_presses_lock = threading.Lock()


def _press(form_code: str) -> _Press:
    with _presses_lock:
        if form_code not in _presses:
            _presses[form_code] = _Press(FORMS[form_code].source_file)
        return _presses[form_code]


@cache
def _printable() -> Printable:
    probe = _Press(FORMS_DIR / "_shared" / "probe.typ")

    def is_drawn(character: str) -> bool:
        try:
            probe.print(_as_json(character), 0)
        except typst.TypstError:
            return False
        return True

    return Printable(is_drawn)


def render_pdf(form_code: str, data: dict[str, Any], *, timestamp: int) -> bytes:
    """The PDF of a form.

    form_code: a key of ``forms.FORMS``; an unknown one raises ``KeyError``.
    data: what the form's data type describes; any key may be missing and prints as a line to fill by hand.
    timestamp: seconds since 1970 written into the file as its creation time.
    """
    press = _press(form_code)
    try:
        return press.print(_as_json(_printable().clean(data)), timestamp)
    except typst.TypstError:
        # A base letter and an accent that no single font holds together: print their codes instead.
        try:
            return press.print(_as_json(only_plain_characters(data)), timestamp)
        except typst.TypstError as error:
            raise RenderingError(f"form {form_code}: {error}") from error


def _as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
