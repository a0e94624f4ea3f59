"""Pictures that flood the memory, and pictures that carry something beside their dots."""

from __future__ import annotations

import io
import zlib

from PIL import Image

from .making import PAYLOAD, docx, jpeg_of, jpeg_segment, picture, png, png_chunk

ROWS = zlib.compress(bytes(31) * 10)


def _with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = PAYLOAD.decode()
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 0.0)
    return picture(exif=exif)


def _noise_scans() -> bytes:
    """A JPEG that draws itself a thousand times over."""
    data = picture("JPEG", (2000, 2000), progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * 1000 + b"\xff\xd9"


def _png_with(kind: bytes, body: bytes) -> bytes:
    data = picture("PNG")
    return data[:33] + png_chunk(kind, body) + data[33:]


def _progressive(size: tuple[int, int]) -> bytes:
    made = io.BytesIO()
    Image.new("L", size).save(made, "JPEG", progressive=True)
    return made.getvalue()


def _large_in_truth() -> bytes:
    made = io.BytesIO()
    Image.new("1", (9000, 9000)).save(made, "PNG", compress_level=1)
    return made.getvalue()


PICTURES = [
    ("flood of dots", "png of 900 million dots", lambda: png(30_000, 30_000, (b"IDAT", ROWS)), "too_many_pixels"),
    ("flood of dots", "png that says 4 billion by 1", lambda: png(2**31 - 1, 1, (b"IDAT", ROWS)), "too_many_pixels"),
    ("flood of dots", "jpeg of 4 billion dots", lambda: jpeg_of(65_000, 65_000), "too_many_pixels"),
    ("flood of dots", "81 million dots in truth", _large_in_truth, "too_many_pixels"),
    ("flood of dots", "progressive of 25 million dots", lambda: _progressive((5000, 5000)), "too_many_pixels"),
    ("flood of dots", "jpeg drawn a thousand times", _noise_scans, "broken"),
    ("flood of dots", "100 MB of words in a png",
     lambda: _png_with(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000))), "broken"),
    ("flood of dots", "100 MB of words in other words",
     lambda: _png_with(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(b"a" * 100_000_000)), "broken"),
    ("spoiled picture", "jpeg cut off", lambda: picture()[:300], "broken"),
    ("spoiled picture", "png cut off", lambda: picture("PNG")[:-200], "broken"),
    ("spoiled picture", "png of the wrong sum", lambda: picture("PNG").replace(b"IHDR\0", b"IHDR\1", 1), "broken"),
    ("spoiled picture", "jpeg of noise", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "broken"),
    ("spoiled picture", "png without dots", lambda: png(10, 10), "broken"),
    ("spoiled picture", "jpeg of no height", lambda: jpeg_of(10, 0), "broken"),
    ("picture with a payload", "place and words of the camera", _with_exif, "clean"),
    ("picture with a payload", "jpeg with a remark", lambda: jpeg_segment(picture(), b"\xff\xfe", PAYLOAD), "clean"),
    ("picture with a payload", "jpeg with a profile",
     lambda: jpeg_segment(picture(), b"\xff\xe2", b"ICC_PROFILE\0\1\1" + PAYLOAD), "clean"),
    ("picture with a payload", "png with words", lambda: _png_with(b"tEXt", b"a\0" + PAYLOAD), "clean"),
    ("picture with a payload", "png with an unknown piece", lambda: _png_with(b"prVt", PAYLOAD), "clean"),
    ("two in one", "jpeg and a page of the web", lambda: picture() + b"<html>" + PAYLOAD, "clean"),
    ("two in one", "png and an archive", lambda: picture("PNG") + docx(("a", PAYLOAD)), "clean"),
]  # fmt: skip
