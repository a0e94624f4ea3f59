"""What is inside the sealed stream: named parts one after another, then the manifest with the hash of each.

A part streams: its size need not be known beforehand, so a database dump goes from its program into the archive
without lying about in the clear.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from .keys import BackupKey, KeyRing
from .sealing import Broken, Sealer, opened

PART, MANIFEST = b"P", b"M"
LENGTH = struct.Struct(">I")
LONGEST_NAME = 1000
DATABASE, ERASURES, FILES = "database", "erasures.log", "files/"


class Writer:
    """`part` for each part, then `finish` with the manifest."""

    def __init__(self, target: BinaryIO, key: BackupKey) -> None:
        self._sealer = Sealer(target, key)
        self._parts: list[dict[str, Any]] = []

    def part(self, name: str, data: Iterable[bytes]) -> None:
        encoded = name.encode()
        self._sealer.write(PART + LENGTH.pack(len(encoded)) + encoded)
        digest, size = hashlib.sha256(), 0
        for piece in data:
            if piece:
                self._sealer.write(LENGTH.pack(len(piece)) + piece)
                digest.update(piece)
                size += len(piece)
        self._sealer.write(LENGTH.pack(0))
        self._parts.append({"name": name, "size": size, "sha256": digest.hexdigest()})

    def finish(self, manifest: dict[str, Any]) -> dict[str, Any]:
        whole = manifest | {"parts": self._parts}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
        self._sealer.write(MANIFEST + LENGTH.pack(len(text)) + text)
        self._sealer.finish()
        return whole


class _Stream:
    """Exact reads from an iterator of chunks."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._waiting = chunks, bytearray()

    def take(self, count: int) -> bytes:
        while len(self._waiting) < count:
            piece = next(self._chunks, None)
            if piece is None:
                raise Broken("Архив кончился раньше времени.")
            self._waiting += piece
        taken = bytes(self._waiting[:count])
        del self._waiting[:count]
        return taken

    def length(self) -> int:
        return int(LENGTH.unpack(self.take(LENGTH.size))[0])

    def at_end(self) -> bool:
        return not self._waiting and next(self._chunks, None) is None


@dataclass
class Part:
    """One part while it is read. `data` is read to its end before the next part comes."""

    name: str
    data: Iterator[bytes]


class Reader:
    """Iterate over the parts once; afterwards `manifest` is there and every hash has been compared."""

    def __init__(self, source: IO[bytes], ring: KeyRing) -> None:
        self._stream = _Stream(opened(source, ring))  # type: ignore[arg-type]
        self._seen: list[dict[str, Any]] = []
        self.manifest: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Part]:
        while (kind := self._stream.take(1)) == PART:
            length = self._stream.length()
            if length > LONGEST_NAME:
                raise Broken("Имя части архива повреждено.")
            name = _safe(self._stream.take(length).decode())
            data = self._pieces(name)
            yield Part(name, data)
            for _ in data:  # what the caller did not want is still hashed
                pass
        if kind != MANIFEST:
            raise Broken("Строение архива нарушено.")
        self.manifest = json.loads(self._stream.take(self._stream.length()))
        if not self._stream.at_end() or self.manifest.get("parts") != self._seen:
            raise Broken("Содержимое архива не сходится с его описью.")

    def _pieces(self, name: str) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        while length := self._stream.length():
            piece = self._stream.take(length)
            digest.update(piece)
            size += length
            yield piece
        self._seen.append({"name": name, "size": size, "sha256": digest.hexdigest()})


def _safe(name: str) -> str:
    """The name of a part, or Broken: a file never leaves the folder it is restored into."""
    path = PurePosixPath(name)
    inside = name in (DATABASE, ERASURES) or name.startswith(FILES)
    if not inside or path.is_absolute() or ".." in path.parts or "\x00" in name:
        raise Broken("Имя части архива повреждено.")
    return name
