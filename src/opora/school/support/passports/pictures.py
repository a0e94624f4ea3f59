"""Bars of shares as one SVG for page and paper: this passport and the earlier one, told apart by fill and frame.

The same figures stand in the table, and in words in the description.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from opora.foundation.ui.drawing import INK, QUIET, bar, line, picture, text

WIDTH, LABELS, RIGHT = 640, 250, 64
THICK, GAP, LINE, TOP, FOOT = 12, 12, 15, 6, 26
WORDS = 38  # signs of a label in one line


@dataclass(frozen=True, slots=True)
class Bar:
    """A share in percent now and, where there is an earlier passport, then."""

    title: str
    now: float
    before: float | None = None


def bars_svg(title: str, bars: Sequence[Bar], names: tuple[str, str], *, key: str = "") -> str:
    """`names` of both passports: «на 15.09.2026»; the second is empty where there is nothing to compare with."""
    parts: list[str] = []
    most = max([1.0, *(value for one in bars for value in (one.now, one.before or 0.0))])
    y: float = TOP
    for one in bars:
        drawn, height = _bar(one, y, most)
        parts += drawn
        y += height + GAP
    parts += _legend(names, y)
    return picture(parts, width=WIDTH, height=y + FOOT, title=title, told="; ".join(said(bars, names)), key=key)


def said(bars: Iterable[Bar], names: tuple[str, str]) -> list[str]:
    """«Неполные семьи: 21,5 % (на 15.09.2025 — 19 %)»."""
    return [
        f"{one.title}: {percent(one.now)}" + ("" if one.before is None else f" ({names[1]} — {percent(one.before)})")
        for one in bars
    ]


def percent(value: float) -> str:
    """«21,5 %» with a space that does not break."""
    return f"{value:g}\u00a0%".replace(".", ",")


def _bar(one: Bar, y: float, most: float) -> tuple[list[str], float]:
    words = wrap(one.title, WORDS) or [""]
    height = max(LINE * len(words), THICK * (1 if one.before is None else 2) + 2)
    parts = [text(LABELS - 10, y + 11 + LINE * at, piece, "end") for at, piece in enumerate(words)]
    room = WIDTH - LABELS - RIGHT
    parts += _share(y, one.now * room / most, percent(one.now), solid=True)
    if one.before is not None:
        parts += _share(y + THICK + 2, one.before * room / most, percent(one.before), solid=False)
    return parts, height


def _share(y: float, width: float, words: str, *, solid: bool) -> list[str]:
    wide = max(width, 1)
    return [
        bar(LABELS, y, wide, THICK, solid=solid),
        text(LABELS + wide + 6, y + 10, words, ink=INK if solid else QUIET),
    ]


def _legend(names: tuple[str, str], y: float) -> list[str]:
    parts = [line(LABELS, TOP, LABELS, y - GAP)]
    for at, name in enumerate(one for one in names if one):
        x = LABELS + at * 170
        parts += (bar(x, y, THICK, THICK, solid=not at), text(x + 18, y + 10, name))
    return parts
