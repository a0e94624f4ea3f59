"""No secret, no private key, no address of a registry or of a machine lies in any file of the repository."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.test_sources import ALL, GENERATED, shown

# Written in pieces, so that this page does not contain what it forbids.
SHAPES = {
    "a private key": rb"-----BEGIN (?:[A-Z]+ )*PRIVATE " + rb"KEY(?: BLOCK)?-----",
    "a key of age": rb"AGE-SECRET-" + rb"KEY-1[0-9A-Z]{20}",
    "a key of a cloud": rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b|\bYC[a-zA-Z0-9_-]{38}\b",
    "a token of a forge": rb"\bgh[pousr]_[0-9A-Za-z]{36}\b|\bglpat-[0-9A-Za-z_-]{20}\b|\bgithub_pat_\w{40}",
    "a token of a registry": rb"\bnpm_[0-9A-Za-z]{36}\b|\bpypi-AgE[0-9A-Za-z_-]{40}|_auth(?:Token)?\s*=",
    "a token of a messenger": rb"\bxox[abprs]-[0-9A-Za-z-]{10}|\b\d{8,10}:AA[0-9A-Za-z_-]{33}\b",
    "a signed token": rb"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.",
    "a password in an address": rb"\b[a-z]{3,12}://[^\s/:@{}'\"`]+:(?!password@|pass@)[^\s/:@{}'\"`]{3,}@",
    "a secret that is set": rb"(?m)^\s*(?:export )?OPORA_(?:SECRET_KEY|MASTER_KEYS|BACKUP_PASSPHRASE)=[^\s$\"'`(]{20,}",
    "a registry": rb"py" + rb"pi\.org|python" + rb"hosted\.org|registry\." + rb"(?:npmjs|yarnpkg)"
    rb"|--(?:extra-)?index-" + rb"url",
    "a mirror": rb"https?://[^\s/\"']*(?:artifac" + rb"tory|nexus|devpi|verdac" + rb"cio)|/si" + rb"mple/",
    "a place on a machine": rb"(?<![\w.])/(?:wo" + rb"rk|ro" + rb"ot|ho" + rb"me|Us" + rb"ers)/\w",
}  # fmt: skip
PATTERNS = {what: re.compile(shape) for what, shape in SHAPES.items()}
PLANTED = {
    "a private key": b"-----BEGIN RSA PRIVATE " + b"KEY-----",
    "a key of age": b"AGE-SECRET-" + b"KEY-1" + b"Q" * 58,
    "a key of a cloud": b"id = AKIA" + b"ABCDEFGHIJKLMNOP",
    "a token of a forge": b"ghp_" + b"a1" * 18,
    "a token of a registry": b"npm_" + b"a1" * 18,
    "a token of a messenger": b"xoxb" + b"-1234567890-abc",
    "a signed token": b"eyJ" + b"hbGciOiJIUzI1NiJ9.eyJ" + b"zdWIiOiIxMjM0NTY3In0.sig",
    "a password in an address": b"postgres://opora:" + b"s3cret@db/opora",
    "a secret that is set": b"OPORA_SECRET_" + b"KEY=abcdefghijklmnopqrstuvwxyz",
    "a registry": b"https://py" + b"pi.org/x",
    "a mirror": b"https://nex" + b"us.example.org/x",
    "a place on a machine": b"see /ho" + b"me/anna/x",
}
RANDOM = re.compile(rb"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{40,}={0,2}(?![A-Za-z0-9+/_=-])")
LOOKS_RANDOM = 4.7  # bits a sign; words and paths stay below, 32 random bytes in base64 above
BINARY = {".png", ".ico", ".woff2", ".ttf", ".mo"}
ALPHABETS = {b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz"}


def entropy(text: bytes) -> float:
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())


def random_texts(content: bytes) -> list[bytes]:
    """Long words that look drawn by lot: letters of both cases and figures, evenly mixed."""
    found = RANDOM.findall(content)
    return [
        one for one in found
        if entropy(one) > LOOKS_RANDOM and re.search(rb"[0-9]", one) and re.search(rb"[a-z]", one)
        and re.search(rb"[A-Z]", one) and not any(alphabet in one for alphabet in ALPHABETS)
    ]  # fmt: skip


def contents() -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in ALL if path.is_file()]


@pytest.mark.parametrize("what", PATTERNS)
def test_no_file_holds(what):
    pattern = PATTERNS[what]

    assert {shown(path): found[0] for path, text in contents() if (found := pattern.search(text))} == {}


@pytest.mark.parametrize("what", PATTERNS)
def test_a_planted_secret_is_found(what):
    assert PATTERNS[what].search(b"x\n" + PLANTED[what] + b"\n")


def test_no_file_holds_a_word_drawn_by_lot():
    found = {
        shown(path): random_texts(text)
        for path, text in contents()
        if path.name not in GENERATED and path.suffix not in BINARY
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_a_planted_random_word_is_found():
    import base64
    import secrets

    assert random_texts(b'KEY = "' + base64.b64encode(secrets.token_bytes(48)) + b'"')
    assert not random_texts(b"src/opora/foundation/files/tests/test_uploads.py::test_a_file_of_a_deed_that_failed")


@pytest.mark.parametrize("name", ["secrets.env", "master.keys", "signing.key", "backup.key", ".env", "db.sqlite3"])
def test_no_file_of_a_working_place_lies_here(name):
    kinds = (".pem", ".key", ".p12", ".sqlite3")

    assert [shown(path) for path in ALL if path.name == name or path.suffix in kinds] == []
