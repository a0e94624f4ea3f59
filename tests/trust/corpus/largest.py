"""The largest that is still accepted: here the bounds of time and memory are nearest."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable

from PIL import Image

from .making import docx, page, pdf, stream


def _noise(mode: str, size: tuple[int, int]) -> Image.Image:
    """A small piece of noise laid many times: it packs like a photograph, and is made quickly."""
    piece = Image.frombytes("L", (500, 500), random.Random(1).randbytes(250_000)).resize((1000, 1000)).convert(mode)
    whole = Image.new(mode, size)
    for x in range(0, size[0], 1000):
        for y in range(0, size[1], 1000):
            whole.paste(piece, (x, y))
    return whole


def _saved(image: Image.Image, kind: str, **save: object) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **save)
    return made.getvalue()


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return _saved(_noise("RGB", (7100, 5000)), "JPEG", quality=75, exif=exif)


def _see_through() -> bytes:
    return _saved(Image.new("RGBA", (7100, 5000), (9, 9, 9, 9)), "PNG", compress_level=1)


def _streams() -> bytes:
    noise = random.Random(2).randbytes(800)
    return pdf(*(stream("/Filter/FlateDecode", zlib.compress(b"1 0 " + noise)) for _ in range(19_000)))


def _text() -> bytes:
    body = zlib.compress(b"".join(b"%d 0 m %d 7 l S\n" % (i, i * 7) for i in range(9_000_000)), 1)
    return pdf(stream("/Filter/FlateDecode", body[:19_000_000]))


def _table() -> bytes:
    rows = "".join(map("<w:tr><w:tc><w:p>Имя {}</w:p></w:tc></w:tr>".format, range(600_000)))
    return docx(body=page(rows))


LARGEST: list[tuple[str, Callable[[], bytes], str]] = [
    ("turned jpeg of 35 million dots", _turned, "jpg"),
    ("progressive jpeg of 18 million dots",
     lambda: _saved(_noise("RGB", (6000, 3000)), "JPEG", quality=75, progressive=True, subsampling=0), "jpg"),
    ("see-through png of 35 million dots", _see_through, "png"),
    ("png of 35 million dots", lambda: _saved(_noise("RGB", (7100, 5000)), "PNG", compress_level=1), "png"),
    ("pdf of 19,000 streams", _streams, "pdf"),
    ("pdf with 190 MB of drawing", _text, "pdf"),
    ("docx with 30 MB of text", _table, "docx"),
]  # fmt: skip
