"""The signing key of the place: one file outside the database, readable by its owner alone.

Each line is a key; the last one signs, all are known: an old checkpoint keeps its key when a new one is begun.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from opora.verification.keys import public_text

FILE = "signing.key"


class NoKey(Exception):
    """There is no signing key, or it cannot be read; the message is a Russian sentence."""


def key_path() -> Path:
    return Path(settings.HOME) / FILE


def key_make(path: Path) -> bool:
    """Write a new key with mode 0600. Returns False when there is one already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode() + "\n")
    return True


def keys_read() -> list[Ed25519PrivateKey]:
    """All keys, the signing one last. Raises NoKey."""
    try:
        lines = key_path().read_text(encoding="ascii").split()
        found = [Ed25519PrivateKey.from_private_bytes(base64.b64decode(line, validate=True)) for line in lines]
    except (OSError, ValueError) as error:
        raise NoKey("Ключ подписи не прочитан. Его создаёт команда opora init.") from error
    if not found:
        raise NoKey("Файл ключа подписи пуст. Ключ создаёт команда opora init.")
    return found


def signing_key() -> Ed25519PrivateKey:
    """The key that signs now. Raises NoKey."""
    return keys_read()[-1]


def public_keys() -> list[str]:
    """Public halves of all keys, to be printed and kept elsewhere. Raises NoKey."""
    return [public_text(key) for key in keys_read()]
