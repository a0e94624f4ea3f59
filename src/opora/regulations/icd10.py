"""ICD-10 codes: the form of a code. The list that an edition offers is `editions/*/icd10.toml`."""

from __future__ import annotations

import re

_CODE = re.compile(r"[A-Z]\d{2}(\.\d{1,3})?")
# Russian letters that look like the Latin ones of the classification, and two that people type by sound.
_LOOKALIKES = str.maketrans("АВСЕНКМОРТХУФГ", "ABCEHKMOPTXYFG")


def icd10_is_wellformed(code: str) -> bool:
    """Whether a text has the form of a code: a Latin letter, two digits, up to three digits of detail."""
    return _CODE.fullmatch(code) is not None


def icd10_normalise(text: str) -> str:
    """A typed code in its usual form: « f70,1 » gives «F70.1», a Cyrillic «Н90» gives «H90».

    A text that is no code even so comes back trimmed and in capitals; check it with `icd10_is_wellformed`.
    """
    code = re.sub(r"\s", "", text).upper().translate(_LOOKALIKES).replace(",", ".")
    return code.removesuffix(".")
