"""A stream sealed chunk by chunk with AES-256-GCM.

    magic, length and text of the header, then for each chunk its length and its sealed bytes

The header says with which key and salt; the key of the stream is derived from both, so that no two streams share one
and the number of the chunk is enough of a nonce. Sealed together with each chunk are the header, its number and
whether it is the last one: a chunk that is changed, dropped, added, swapped or brought from another archive does not
open, and neither does an archive that was cut off.
"""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .keys import BackupKey, KeyRing

MAGIC = b"OPORA-BACKUP-1\n"
CHUNK = 1024 * 1024
TAG = 16
LENGTH = struct.Struct(">I")
LONGEST_HEADER = 4096


class Broken(Exception):
    """The archive is not what was written; the message is a Russian sentence."""


class Sealer(io.RawIOBase):
    """Writes clear bytes, keeps sealed ones in `target`. `finish` writes the last chunk; without it nothing opens."""

    def __init__(self, target: BinaryIO, key: BackupKey) -> None:
        salt = secrets.token_bytes(32)
        header = json.dumps(key.described() | {"salt": salt.hex()}, sort_keys=True).encode()
        target.write(MAGIC + LENGTH.pack(len(header)) + header)
        self._target, self._cipher, self._about = target, _cipher(key, salt), hashlib.sha256(MAGIC + header).digest()
        self._waiting, self._index = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # the last chunk is held back: only `finish` knows that it is the last
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._index), data, _bound(self._about, self._index, last))
        self._target.write(LENGTH.pack(len(sealed)) + sealed)
        self._index += 1


def opened(source: BinaryIO, ring: KeyRing) -> Iterator[bytes]:
    """Yield the clear chunks of a sealed stream. Raises Broken at the first chunk that does not open.

    Whoever needs all or nothing reads to the end before he uses a byte.
    """
    if source.read(len(MAGIC)) != MAGIC:
        raise Broken("Это не резервная копия Опоры или её начало повреждено.")
    header = _header(source)
    try:
        described = json.loads(header)
        salt = bytes.fromhex(described["salt"])
        key = ring.key_for(described)
    except (ValueError, KeyError, TypeError) as error:
        raise Broken("Начало архива повреждено.") from error
    cipher, about = _cipher(key, salt), hashlib.sha256(MAGIC + header).digest()
    index, sealed = 0, _chunk(source, 0)
    while sealed is not None:
        following = _chunk(source, index + 1)
        try:
            yield cipher.decrypt(_nonce(index), sealed, _bound(about, index, following is None))
        except InvalidTag as error:
            raise Broken(f"Часть {index + 1} архива не открывается: он изменён, обрезан или ключ не тот.") from error
        index, sealed = index + 1, following
    if index == 0:
        raise Broken("Архив обрезан: в нём нет ни одной части.")


def _header(source: BinaryIO) -> bytes:
    raw = source.read(LENGTH.size)
    length = LENGTH.unpack(raw)[0] if len(raw) == LENGTH.size else 0
    header = source.read(length) if 0 < length <= LONGEST_HEADER else b""
    if not header or len(header) != length:
        raise Broken("Начало архива повреждено.")
    return header


def _chunk(source: BinaryIO, index: int) -> bytes | None:
    raw = source.read(LENGTH.size)
    if not raw:
        return None
    length = LENGTH.unpack(raw)[0] if len(raw) == LENGTH.size else 0
    sealed = source.read(length) if TAG <= length <= CHUNK + TAG else b""
    if not sealed or len(sealed) != length:
        raise Broken(f"Часть {index + 1} архива обрезана или изменена.")
    return sealed


def _cipher(key: BackupKey, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"opora backup stream").derive(key.secret))


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def _bound(about: bytes, index: int, last: bool) -> bytes:
    return about + index.to_bytes(8, "big") + (b"\x01" if last else b"\x00")
