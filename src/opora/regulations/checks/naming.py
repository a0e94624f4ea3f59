"""Which programmes a specialist's own conclusion names in words."""

from __future__ import annotations

import re

from opora.regulations.checks.texts import sentences
from opora.regulations.edition import Edition

_CODED = re.compile(r"(?<![\d.,])([1-8])\.([1-4])(?!\d|\.\d|\s*(?:час|балл|раз|мин|мес|год|лет|класс|%))")
_BY_1599 = re.compile(r"1599\s*[,.]?\s*\(?\s*вар(?:иант)?\w*\.?\s*([12])", re.IGNORECASE)
_SPEAKS_OF_PROGRAMME = re.compile(r"вариант|аооп|вар\.|программ|1599", re.IGNORECASE)
_DENIED = re.compile(
    r"не\s+(?:рекоменд|показан|подход|доступ|может|осво|соответств)|недостаточ|преждевремен|исключ|вместо",
    re.IGNORECASE,
)


def programmes_named(law: Edition, text: str) -> frozenset[str]:
    """Codes of variants that a text names («вариант 7.2», «Пр. № 1599, вар. 1») and does not deny."""
    known = {one.code for one in law.variants}
    found: set[str] = set()
    for sentence in sentences(text):
        if not _SPEAKS_OF_PROGRAMME.search(sentence) or _DENIED.search(sentence):
            continue
        found |= {f"{one[1]}.{one[2]}" for one in _CODED.finditer(sentence)}
        found |= {f"1599.{one[1]}" for one in _BY_1599.finditer(sentence)}
    return frozenset(found & known)
