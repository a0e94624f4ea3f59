"""Pictures are written anew out of their dots: place, camera, comments and trailing bytes stay behind.

The caps keep the memory of one check below 300 MB: dots are held at most twice, a progressive JPEG also holds its
coefficients, two bytes each.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageOps

from opora.foundation.access.refusals import Refusal

from .verdicts import Inspected, broken

PIXELS = 35_500_000  # A4 at 600 dpi is 35 million
PROGRESSIVE_PIXELS = 18_000_000
SIDE = 20_000
SCANS = 64  # a progressive JPEG has about ten; each one more is another walk over all dots
QUICK_PNG = 4_000_000  # larger ones are packed with less effort
ORIENTATION = 0x0112
# What the library raises on bytes that only look like a picture.
_UNREADABLE = (
    OSError, ValueError, KeyError, IndexError, EOFError, SyntaxError, TypeError, AttributeError, NotImplementedError,
    RuntimeError, OverflowError, zlib.error, struct.error, zipfile.BadZipFile,
)  # fmt: skip


def read(data: bytes, title: str) -> Inspected:
    """Return the picture as a new JPEG or PNG file. Raises Refusal for a flood of dots and for a broken one."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as source:
            _require_modest(source, data, title)
            jpeg = source.format != "PNG"  # a phone writes several pictures into one JPEG and calls it MPO
            picture = _plain(source, opaque=jpeg)
            return Inspected("image/jpeg" if jpeg else "image/png", _written(picture, jpeg=jpeg))
    except Image.DecompressionBombError as error:
        raise _flood(title, "") from error
    except _UNREADABLE as error:
        raise broken(title) from error


def _require_modest(source: Image.Image, data: bytes, title: str) -> None:
    limit = PROGRESSIVE_PIXELS if source.info.get("progressive") else PIXELS
    if source.width * source.height > limit or max(source.size) > SIDE:
        raise _flood(title, f" ({source.width} × {source.height} точек)")
    if source.format != "PNG" and data.count(b"\xff\xda") > SCANS:
        raise broken(title)


def _flood(title: str, size: str) -> Refusal:
    return Refusal(
        "too_many_pixels",
        f"Снимок «{title}» слишком велик{size}. Отсканируйте его с разрешением 300 точек на дюйм.",
    )


def _plain(source: Image.Image, *, opaque: bool) -> Image.Image:
    """The dots alone: without place, camera, colour profile and other metadata."""
    turned = source.getexif().get(ORIENTATION, 1) != 1
    if source.mode in ("1", "L", "I;16", "I"):
        wanted = "L"
    elif opaque or not source.has_transparency_data:
        wanted = "RGB"
    else:
        wanted = "RGBA"
    if source.mode.startswith("I"):
        plain = source.point(lambda value: value * (1 / 256)).convert(wanted)
    else:
        source.load()
        plain = source if source.mode == wanted else source.convert(wanted)
    if turned:
        plain = ImageOps.exif_transpose(plain)
    plain.info.clear()
    return plain


def _written(picture: Image.Image, *, jpeg: bool) -> bytes:
    written = io.BytesIO()
    if jpeg:
        picture.save(written, "JPEG", quality=88, exif=b"")
    else:
        quick = picture.width * picture.height > QUICK_PNG
        picture.save(written, "PNG", compress_level=1 if quick else 6, exif=b"")
    return written.getvalue()
