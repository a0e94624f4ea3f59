"""What a form is, and the pieces of data that several forms share.

Conventions of all data types: every key may be missing or None (the paper then has a ruled line to fill by
hand); dates are ISO strings ``2026-11-21``; all other texts are Russian and ready to print, names already in
the case that the sentence needs; a line break in a text starts a new paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

_FORMS_DIR = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Form:
    """A printed form. ``data`` is the TypedDict that documents what it prints."""

    code: str
    title: str
    source: str
    orientation: Literal["portrait", "landscape"]
    data: type

    @property
    def folder(self) -> Path:
        return _FORMS_DIR / self.code

    @property
    def source_file(self) -> Path:
        return self.folder / "form.typ"


def recalled(place: str) -> str:
    """A source that is known from practice and not yet compared with its text; `place` is its part."""
    return f"распоряжение Минпросвещения от 09.09.2019 № Р-93, {place} (по памяти, сверить с официальным текстом)"


class Letterhead(TypedDict, total=False):
    """The head of the organisation's blank."""

    founder: str
    """Body above the organisation, printed first in small type; usually left out."""
    full_name: str
    """Official full name, nominative."""
    address: str
    phone: str
    email: str


class Signature(TypedDict, total=False):
    """One line of a table of signatures."""

    position: str
    """«Учитель-логопед», «Врач (психиатр детский)»."""
    name: str
    """«Ковалёва В. А.»; empty leaves a line."""


class Opinion(TypedDict, total=False):
    """A dissenting opinion (особое мнение)."""

    position: str
    name: str
    text: str


class Sheet(TypedDict, total=False):
    """What any form can carry on each of its pages."""

    letterhead: Letterhead
    official_use: bool
    """Prints «Для служебного пользования» at the top of each page."""
    draft: bool
    """Marks each page «ПРОЕКТ»: a preview that nobody signed."""
    footer: str
    """Left part of the foot of each page, cut at 90 characters; default is the form's title."""
