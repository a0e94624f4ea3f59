"""What a file really is. The name and the type that the browser gives are not believed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath

from opora.foundation.access.refusals import Refusal

from . import office, pictures, portable
from .verdicts import ACCEPTED, DOCX, EXTENSIONS, ODT, XLSX, Inspected

__all__ = ["DOCX", "EXTENSIONS", "ODT", "XLSX", "Inspected", "clean_title", "inspect"]

TITLE_LENGTH = 120
_KINDS: tuple[tuple[bytes, Callable[[bytes, str], Inspected]], ...] = (
    (b"%PDF-", portable.read),
    (b"\xff\xd8\xff", pictures.read),
    (b"\x89PNG\r\n\x1a\n", pictures.read),
    (b"PK\x03\x04", office.read),
)
# Kinds that people bring and that are not taken; each with what to do instead.
_KNOWN: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "это документ старого Office. Сохраните его как DOCX или PDF."),
    (re.compile(rb"\{\\rt"), "это документ RTF. Сохраните его как DOCX или PDF."),
    (re.compile(rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|avif)", re.DOTALL),
     "это снимок телефона в виде HEIC. Сохраните его как JPEG или выберите в камере «Наиболее совместимые»."),
    (re.compile(rb"II\*\x00|MM\x00\*"), "это снимок TIFF. Сохраните его как PDF или JPEG."),
    (re.compile(rb"GIF8|BM|RIFF.{4}WEBP", re.DOTALL), "это картинка другого вида. Сохраните её как JPEG или PNG."),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|PK\x05\x06"),
     "это архив. Распакуйте его и приложите документы по одному."),
    (re.compile(rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|L\x00\x00\x00\x01\x14\x02\x00"),
     "по содержимому это не документ и не снимок, а программа. Если её прислали, сообщите администратору."),
    (re.compile(rb"(?:\xef\xbb\xbf|\s)*<(?:!doctype|html|svg|\?xml|!--|script|head|body|math)", re.IGNORECASE),
     "по содержимому это не документ и не снимок, а страница с программным кодом. Распечатайте её в PDF."),
)  # fmt: skip


def inspect(data: bytes, title: str) -> Inspected:
    """Recognise a file by its content. Raises Refusal for what is not on the list, broken or dangerous."""
    for magic, read in _KINDS:
        if data.startswith(magic):
            return read(data, title)
    for pattern, words in _KNOWN:
        if pattern.match(data):
            raise Refusal("wrong_type", f"Файл «{title}» не принят: {words} Подойдут {ACCEPTED}.")
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
