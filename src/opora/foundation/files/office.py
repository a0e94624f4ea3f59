"""Documents of an office suite: an archive of XML pages. Every member is unpacked once, under caps, and looked at.

They are kept byte for byte or not at all, so that what was brought can be compared with what is kept.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from opora.foundation.access.refusals import Refusal

from . import markup
from .verdicts import ACCEPTED, DOCX, ODT, XLSX, Inspected, active, broken, protected, two_in_one

MEMBERS = 2_000
UNPACKED = 200 * 1024 * 1024
MARKUP = 32 * 1024 * 1024  # XML is read by a parser, slower than the rest
RATIO = 200
CHUNK = 256 * 1024
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
_MACROS = re.compile(
    r"(?:^|/)(?:vbaproject|vbadata|macrosheets|activex|customui|userCustomization|basic|scripts|dialogs)(?:[./\d]|$)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"(?:^|/)(?:embeddings|afchunk\w*|externallinks)(?:[./\d]|$)|^object \d+/", re.IGNORECASE)
# How a member begins when it is no page, picture or font but a program, an archive, a page of the web.
_FOREIGN = re.compile(
    rb"MZ|\x7fELF|#!|PK\x03\x04|Rar!|7z\xbc\xaf|\x1f\x8b|\xd0\xcf\x11\xe0|%PDF|\{\\rt|\xca\xfe\xba\xbe"
    rb"|(?:\xef\xbb\xbf|\s)*<(?:!doctype html|html|script|svg)",
    re.IGNORECASE,
)
_FOREIGN_SUFFIXES = {".svg", ".html", ".htm", ".mht", ".js", ".vbs", ".hta", ".exe", ".dll", ".swf"}
_MAIN = {
    DOCX: ("word/document.xml", b"wordprocessingml.document.main+xml"),
    XLSX: ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
}
_ACTIVE_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX|oleObject", re.IGNORECASE)


def read(data: bytes, title: str) -> Inspected:
    """Return the document as it is. Raises Refusal for a bomb, a password, macros, attachments, outside links."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _require_whole(archive, members, data, title)
            _require_modest(members, len(data), title)
            for member in members:
                _require_harmless_name(member, title)
            kind = _kind(archive, {member.filename for member in members})
            if not kind:
                raise Refusal(
                    "wrong_type",
                    f"Файл «{title}» не принят: это архив или документ другого вида. Подойдут {ACCEPTED}.",
                )
            _read_members(archive, members, title)
    except _UNREADABLE as error:
        raise broken(title) from error
    return Inspected(kind, data)


def _require_whole(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], data: bytes, title: str) -> None:
    """Nothing before, after or under the archive, no member twice: two programs must not see two documents."""
    if archive.comment or data[-22:-18] != b"PK\x05\x06" or b"%PDF-" in data[:1024]:
        raise two_in_one(title)
    names = [member.filename.lower() for member in members]
    if len(set(names)) != len(names):
        raise two_in_one(title)
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise _bomb(title)  # members that share their bytes
        if member.header_offset > end + 4096:
            raise two_in_one(title)
        end = member.header_offset + 30 + len(member.filename.encode()) + member.compress_size
    if end > archive.start_dir:
        raise _bomb(title)


def _require_modest(members: list[zipfile.ZipInfo], packed: int, title: str) -> None:
    unpacked = sum(member.file_size for member in members)
    pages = sum(member.file_size for member in members if _is_markup(member.filename))
    if len(members) > MEMBERS or unpacked > UNPACKED or unpacked > packed * RATIO or pages > MARKUP:
        raise _bomb(title)


def _require_harmless_name(member: zipfile.ZipInfo, title: str) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if member.flag_bits & 1:
        raise protected(title)
    if path.is_absolute() or ".." in path.parts or ":" in member.filename:
        raise broken(title)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise broken(title)
    if _MACROS.search(member.filename):
        raise Refusal("macros", f"Файл «{title}» не принят: в нём есть макросы. Сохраните его без макросов или в PDF.")
    if _ATTACHED.search(member.filename) or path.suffix.lower() in _FOREIGN_SUFFIXES:
        raise _attachment(title)


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        return ODT if archive.read("mimetype").strip() == ODT.encode() and "content.xml" in names else ""
    if "[Content_Types].xml" not in names:
        return ""
    with archive.open("[Content_Types].xml") as listed:
        types = listed.read(1_000_000)
    if _ACTIVE_TYPES.search(types):
        return ""
    return next((kind for kind, (page, main) in _MAIN.items() if page in names and main in types), "")


def _read_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], title: str) -> None:
    """Unpack each member to its end (that checks its sum) and look at how it begins or, for XML, at all of it."""
    for member in members:
        with archive.open(member) as unpacked:
            if _is_markup(member.filename):
                markup.require_harmless(unpacked, member.filename, title)
                continue
            start = unpacked.read(CHUNK)
            if _FOREIGN.match(start):
                raise _attachment(title)
            while unpacked.read(CHUNK):
                pass


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".rdf", ".vml"))


def _bomb(title: str) -> Refusal:
    return Refusal("zip_bomb", f"Файл «{title}» не принят: при распаковке он слишком велик. Сохраните его в PDF.")


def _attachment(title: str) -> Refusal:
    return active(
        title, "в него вложен другой файл",
        "Уберите вложенное или сохраните документ в PDF; сами вложения приложите отдельно.",
    )  # fmt: skip
