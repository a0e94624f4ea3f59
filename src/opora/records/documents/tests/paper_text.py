"""Text of a PDF, as `pdftotext` reads it."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def text_of(pdf: bytes) -> str:
    """All words of the file with single spaces; the test is skipped where poppler-utils is missing."""
    if shutil.which("pdftotext") is None:
        if os.environ.get("OPORA_STRICT") == "1":
            pytest.fail("poppler-utils is not installed")
        pytest.skip("poppler-utils is not installed")
    answer = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(answer.stdout.decode().replace("\u00a0", " ").replace("\u200b", "").split())


def words_of(response) -> str:
    """The text of a page with plain spaces."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())
