"""Hostile files are refused in words or made harmless; honest ones pass. The long table: `tests/trust/uploads.py`."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from opora.foundation.access.refusals import Refusal
from opora.foundation.files.inspection import inspect
from opora.foundation.files.verdicts import EXTENSIONS
from tests.trust.corpus import GOOD, HOSTILE
from tests.trust.corpus.making import PAYLOAD

REPOSITORY = Path(__file__).resolve().parents[5]
KNOWN_BY_THE_SCANNER = "infected"
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")


def test_the_corpus_is_as_large_as_promised():
    kinds = Counter(one.kind for one in HOSTILE)

    assert len(HOSTILE) >= 60
    assert len(kinds) >= 15
    assert len(GOOD) >= 20
    assert len({(one.kind, one.name) for one in HOSTILE}) == len(HOSTILE)


def outcome(data: bytes) -> tuple[Refusal | None, bytes]:
    try:
        return None, inspect(data, "Проба").data
    except Refusal as refusal:
        return refusal, b""


@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: f"{one.kind}: {one.name}")
def test_a_hostile_file_does_no_harm(one):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = one.make()
    started = time.process_time()
    refusal, kept = outcome(data)
    spent = time.process_time() - started

    if refusal is None:
        assert one.code in ("clean", KNOWN_BY_THE_SCANNER)
        assert PAYLOAD not in kept
    else:
        assert refusal.code == one.code, refusal.message
        assert refusal.message.startswith(("Файл «Проба» ", "Снимок «Проба» "))
        assert ". " in refusal.message, "what is wrong, and what to do"
    assert spent < 3


@pytest.mark.parametrize(("name", "make", "extension"), GOOD, ids=[row[0] for row in GOOD])
def test_an_honest_file_passes(name, make, extension):
    data = make()
    kept = inspect(data, "Проба")

    assert kept.extension == extension
    if extension in ("jpg", "png"):
        with Image.open(io.BytesIO(kept.data)) as after, Image.open(io.BytesIO(data)) as before:
            assert sorted(after.size) == sorted(before.size)
            assert not after.getexif()
            assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive"}
            after.load()
    else:
        assert kept.data == data, "a document is kept byte for byte: it may be signed"


def test_a_picture_of_16_bits_keeps_its_grey():
    make = next(make for name, make, _ in GOOD if name == "png of 16 bits")
    with Image.open(io.BytesIO(inspect(make(), "Проба").data)) as kept:
        assert abs(kept.getpixel((5, 5)) - 40_000 // 256) <= 1


def test_every_accepted_kind_has_its_extension_and_every_extension_is_accepted():
    assert {extension for _, _, extension in GOOD} == set(EXTENSIONS.values())


def test_memory_and_time_stay_within_the_bounds():
    run = subprocess.run(
        [sys.executable, "-m", "tests.trust.uploads", "--only", "flood"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout + run.stderr
    assert "wrong: 0" in run.stdout
