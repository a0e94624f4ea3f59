"""What a file really is. The name and the type that the browser gives are not believed."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from opora.foundation.access.refusals import Refusal

PIXELS = 60_000_000  # A4 at 600 dpi is 35 million
MEMBERS = 2_000
UNPACKED = 200 * 1024 * 1024
RATIO = 200
TITLE_LENGTH = 120
ACCEPTED = "PDF, JPEG, PNG, DOCX, ODT"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", DOCX: "docx", ODT: "odt"}
# What the libraries raise on bytes that only look like an archive or a picture.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles|RichMedia)\b")


@dataclass(frozen=True)
class Inspected:
    """Content that may be kept: `data` are the bytes to keep, images already written anew."""

    content_type: str
    data: bytes

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.content_type]


def inspect(data: bytes, title: str) -> Inspected:
    """Recognise a file by its content. Raises Refusal for what is not on the list, broken or dangerous."""
    for magic, read in _KINDS:
        if data.startswith(magic):
            return read(data, title)
    raise Refusal(
        "wrong_type",
        f"Файл «{title}» не принят: по содержимому это не документ и не снимок. Подойдут {ACCEPTED}.",
    )


def clean_title(name: str) -> str:
    """The name to show: no folders, control or direction marks, no false extension; never empty."""
    tail = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in tail)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", " ".join(visible.split()))
    return stem.strip(" .")[:TITLE_LENGTH].strip() or "Файл"


def _pdf(data: bytes, title: str) -> Inspected:
    if b"%%EOF" not in data[-2048:]:
        raise _broken(title)
    if _ACTIVE_PDF.search(data):
        raise Refusal(
            "active_content",
            f"Файл «{title}» не принят: в нём есть программы или вложения. Сохраните его печатью в PDF.",
        )
    return Inspected("application/pdf", data)


def _image(data: bytes, title: str) -> Inspected:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as source:
            if source.width * source.height > PIXELS:
                raise Refusal(
                    "too_many_pixels",
                    f"Снимок «{title}» слишком велик ({source.width} × {source.height} точек). "
                    "Отсканируйте его с разрешением 300 точек на дюйм.",
                )
            kind = source.format or ""
            picture = _plain(ImageOps.exif_transpose(source), opaque=kind == "JPEG")
    except (*_UNREADABLE, SyntaxError, TypeError, struct.error, Image.DecompressionBombError) as error:
        raise _broken(title) from error
    written = io.BytesIO()
    if kind == "JPEG":
        picture.save(written, "JPEG", quality=88, optimize=True)
        return Inspected("image/jpeg", written.getvalue())
    picture.save(written, "PNG", optimize=False)
    return Inspected("image/png", written.getvalue())


def _plain(picture: Image.Image, *, opaque: bool) -> Image.Image:
    """The dots alone: without place, camera, colour profile and other metadata."""
    if picture.mode in ("1", "L"):
        plain = picture.convert("L")
    elif opaque or not picture.has_transparency_data:
        plain = picture.convert("RGB")
    else:
        plain = picture.convert("RGBA")
    plain.info.clear()
    return plain


def _office(data: bytes, title: str) -> Inspected:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _require_modest(members, len(data), title)
            kind = _office_kind(archive, {member.filename for member in members})
    except _UNREADABLE as error:
        raise _broken(title) from error
    if not kind:
        raise Refusal(
            "wrong_type",
            f"Файл «{title}» не принят: это архив или документ другого вида. Подойдут {ACCEPTED}.",
        )
    return Inspected(kind, data)


def _require_modest(members: list[zipfile.ZipInfo], packed: int, title: str) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS or unpacked > UNPACKED or unpacked > packed * RATIO:
        raise Refusal("zip_bomb", f"Файл «{title}» не принят: при распаковке он слишком велик.")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if member.flag_bits & 1:
            raise Refusal("encrypted", f"Файл «{title}» защищён паролем. Снимите пароль и приложите файл снова.")
        if path.is_absolute() or ".." in path.parts:
            raise _broken(title)
        name = member.filename.lower()
        if name.endswith("vbaproject.bin") or "/activex/" in name or name.startswith(("basic/", "scripts/")):
            raise Refusal(
                "macros",
                f"Файл «{title}» не принят: в нём есть макросы. Сохраните его без макросов или в PDF.",
            )


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        return ODT if archive.read("mimetype").strip() == ODT.encode() and "content.xml" in names else ""
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        with archive.open("[Content_Types].xml") as listed:
            types = listed.read(1_000_000)
        if b"wordprocessingml.document.main+xml" in types and b"macroEnabled" not in types:
            return DOCX
    return ""


def _broken(title: str) -> Refusal:
    return Refusal(
        "broken",
        f"Файл «{title}» повреждён или загружен не до конца. Откройте его у себя и сохраните заново.",
    )


_KINDS: tuple[tuple[bytes, Callable[[bytes, str], Inspected]], ...] = (
    (b"%PDF-", _pdf),
    (b"\xff\xd8\xff", _image),
    (b"\x89PNG\r\n\x1a\n", _image),
    (b"PK\x03\x04", _office),
)
