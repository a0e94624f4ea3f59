"""PDF files are kept byte for byte or not at all.

Rewriting would break the electronic signatures that clinics and courts put into them; so a file with programs,
attachments or a password is refused. The check does not follow the tables of the file, which lie in a hostile one: it
reads every byte, and every packed stream that can hold objects, whatever the stream calls itself.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .verdicts import Inspected, active, broken, protected, too_complex, two_in_one

STREAMS = 20_000
UNPACKED = 250 * 1024 * 1024  # of all streams together, as far as they are read
CHUNK = 1024 * 1024
PORTION = 64 * 1024
FIRST_PORTION = 8 * 1024
OVERLAP = 64  # no forbidden name is longer
_BLANK = b"\0\t\n\f\r "
_END = re.compile(rb"%%EOF[\0\t\n\f\r ]*\Z")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*\r?\n?")
_AFTER = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
_FORBIDDEN = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia(?:Content|Settings)?|Rendition|XFA|SubmitForm|ImportData|GoToR|GoToE"
    rb"|Movie|Sound|Collection)"
    + _AFTER
    # Three signs come about by chance in every hundredth megabyte of a scan: here the word before them must fit too.
    + rb"|/(?:Sub)?[Tt]ype[^/]{0,40}/(3D)"
    + _AFTER
)
_ENCRYPTED = re.compile(rb"/Encrypt" + _AFTER)
_HOLDS_OBJECTS = re.compile(rb"/(?:First|ObjStm)" + _AFTER)
_ODD_PACKING = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL|Crypt|BrotliDecode)" + _AFTER)
_PREDICTED = re.compile(rb"/Predictor[\0\t\n\f\r ]*(?:[2-9]|1[0-9])")
_LOOKS_LIKE_OBJECTS = re.compile(rb"[%0-9]")
_AS_TEXT = re.compile(rb"/(ASCII85Decode|A85|ASCIIHexDecode|AHx)" + _AFTER)
WORDS = {
    b"JavaScript": "в нём есть программа", b"Launch": "он запускает другие программы",
    b"EmbeddedFile": "в него вложен другой файл", b"EmbeddedFiles": "в него вложен другой файл",
    b"Collection": "в него вложен другой файл", b"XFA": "в нём форма с программами",
    b"SubmitForm": "он отправляет введённое на другой адрес", b"ImportData": "он читает чужие файлы",
    b"GoToR": "он открывает другие файлы", b"GoToE": "он открывает другие файлы",
}  # fmt: skip


@dataclass
class _Budget:
    """How much may still be unpacked; what would take longer is refused."""

    title: str
    left: int = UNPACKED

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise too_complex(self.title)


def read(data: bytes, title: str) -> Inspected:
    """Return the PDF as it is. Raises Refusal for what acts by itself, is packed to hide, or is not whole."""
    if not _END.search(data[-4096:]):
        raise two_in_one(title) if b"%%EOF" in data else broken(title)
    if zipfile.is_zipfile(io.BytesIO(data[-66_000:])):
        raise two_in_one(title)
    _require_calm(data, title)
    budget = _Budget(title)
    for start, header in _streams(data, title):
        for chunk in _unpacked(data, start, header, budget):
            _require_calm(chunk, title)
    return Inspected("application/pdf", data)


def _plain_names(text: bytes) -> bytes:
    """Names with their escapes undone: /J#61vaScript is /JavaScript."""
    return _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), text) if b"#" in text else text


def _require_calm(text: bytes, title: str) -> None:
    plain = _plain_names(text)
    for one in (text,) if plain is text else (text, plain):
        if _ENCRYPTED.search(one):
            raise protected(title)
        found = _FORBIDDEN.search(one)
        if found:
            what = WORDS.get(found[1] or found[2], "в нём есть звук, видео или трёхмерная сцена")
            raise active(title, what, "Сохраните его печатью в PDF и приложите снова.")


def _streams(data: bytes, title: str) -> Iterator[tuple[int, bytes]]:
    """Yield where each stream starts, and what stands between the stream before and it."""
    before = 0
    for count, found in enumerate(_STREAM.finditer(data)):
        if count >= STREAMS:
            raise too_complex(title)
        ended = data.rfind(b"endstream", before, found.start())
        yield found.end(), _plain_names(data[max(before, ended) : found.start()])
        before = found.end()


def _unpacked(data: bytes, start: int, header: bytes, budget: _Budget) -> Iterator[bytes]:
    """Yield what a stream holds if that can be objects. Pictures and fonts give nothing."""
    holds = bool(_HOLDS_OBJECTS.search(header))
    if holds and b"/XRef" not in header and (_ODD_PACKING.search(header) or _PREDICTED.search(header)):
        raise too_complex(budget.title)
    if not _AS_TEXT.search(header):
        yield from _inflated(memoryview(data)[start:], holds, budget)
        return
    closing = data.find(b"endstream", start)
    body = data[start : closing if closing >= 0 else len(data)]
    budget.spend(len(body))
    packed = _from_text(body, header, budget.title)
    yield packed
    yield from _inflated(memoryview(packed), holds, budget)


def _from_text(body: bytes, header: bytes, title: str) -> bytes:
    """Undo the packing of a stream into letters. Two of them, one upon the other, serve only to hide."""
    kinds = {found[1][:6] for found in _AS_TEXT.finditer(header)}
    try:
        if kinds <= {b"ASCIIH", b"AHx"}:
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", body.partition(b">")[0])
            return binascii.unhexlify(digits[: len(digits) // 2 * 2])
        if kinds <= {b"ASCII8", b"A85"}:
            text = body.strip(_BLANK).removeprefix(b"<~").partition(b"~")[0]
            return base64.a85decode(text, ignorechars=_BLANK)
    except ValueError as error:
        raise broken(title) from error
    raise too_complex(title)


def _inflated(packed: memoryview, holds: bool, budget: _Budget) -> Iterator[bytes]:
    """Inflate by chunks that overlap, so that no name is cut in two; stop at once where it cannot be objects."""
    if len(packed) < 3 or packed[0] & 15 != 8 or (packed[0] * 256 + packed[1]) % 31:
        return
    unpacker, tail, fed = zlib.decompressobj(), b"", 0
    while not unpacker.eof:
        part = unpacker.unconsumed_tail
        if not part:
            part = bytes(packed[fed : fed + (PORTION if fed else FIRST_PORTION)])
            fed += len(part)
        try:
            chunk = unpacker.decompress(part, CHUNK if holds else 4096)
        except zlib.error:
            return
        if not part:
            return
        budget.spend(len(chunk) + 64)
        if not holds:
            start = chunk.lstrip(_BLANK)
            if not start:
                continue
            if not _LOOKS_LIKE_OBJECTS.match(start):
                return
            holds = True
        yield tail + chunk
        tail = chunk[-OVERLAP:]
