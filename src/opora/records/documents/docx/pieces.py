"""What a layout of an editable copy is made of.

A value is an expression over the data of the form (`rendering.py`), or a fragment with braces of its own. Captions are
plain words, the post of a signature excepted.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """Lines in the middle of the sheet, bold."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Caption:
    """A bold caption of its own line."""

    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph of fixed words; `small` is for notes under a caption."""

    text: str
    small: bool = False
    right: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Value:
    """A caption and its value in one paragraph; an empty value leaves a line to write on, unless `optional`."""

    caption: str
    value: str
    optional: bool = False
    bold: bool = False
    right: bool = False


@dataclass(frozen=True)
class Each:
    """A paragraph for each row of a list: `value` is an expression over `row`, `number` counts."""

    rows: str
    value: str = "row"
    numbered: bool = True


@dataclass(frozen=True)
class Parts:
    """Sections with a caption and a text; `part` is a caption above a run of them."""

    rows: str
    skip: str = ""


@dataclass(frozen=True)
class Pairs:
    """A table of two columns: captions and values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table with a repeated head. `rows` are its rows, `cells` expressions over `row`; `widths` in centimetres.

    With `parts` the rows stand in runs: `parts` is the list, `rows` an expression over `part`, `title` the run's head.
    """

    captions: tuple[str, ...]
    widths: tuple[float, ...]
    rows: str
    cells: tuple[str, ...]
    parts: str = ""
    title: str = ""


@dataclass(frozen=True)
class Signature:
    """A line to sign: position, place for the signature, name, and a day where there is one."""

    position: str
    name: str
    day: str = ""


@dataclass(frozen=True)
class Signatures:
    """A line to sign for each row of a list."""

    rows: str
    position: str
    name: str
    day: str = ""


@dataclass(frozen=True)
class Figures:
    """Sections with a title, a text and tables of figures; `before` is the title of the year beside this one."""

    parts: str
    before: str


Piece = Title | Caption | Words | Value | Each | Parts | Pairs | Grid | Signature | Signatures | Figures


@dataclass(frozen=True)
class Layout:
    """An editable copy: the pieces from the top of the sheet to its foot. `head`: begins with the letterhead."""

    title: str
    pieces: tuple[Piece, ...]
    head: bool = True
    wide: bool = False  # the sheet lies on its side
