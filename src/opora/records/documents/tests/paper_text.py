"""Text of a PDF, as `pdftotext` reads it."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def text_of(pdf: bytes, *, layout: bool = True) -> str:
    """All words of the file with single spaces, line by line, or cell by cell without `layout`.

    The test is skipped where poppler-utils is missing.
    """
    if shutil.which("pdftotext") is None:
        if os.environ.get("OPORA_STRICT") == "1":
            pytest.fail("poppler-utils is not installed")
        pytest.skip("poppler-utils is not installed")
    options = ["-layout"] if layout else []
    answer = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(answer.stdout.decode().replace("\u00a0", " ").replace("\u200b", "").split())


def words_of(response) -> str:
    """The text of a page with plain spaces."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())
