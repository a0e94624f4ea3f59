"""Pictures of tables: bars of rows, columns of months. One SVG for the page and for paper, last year beside this one.

This year is solid, the last one framed: they are told apart without colour. All figures stand in the table too and are
said in the description.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from opora.foundation.ui.drawing import INK, QUIET, bar, line, picture, text

from .content import RowContent, TableContent, has_before
from .wording import figure_words

WIDTH, LABELS, RIGHT, TOP = 640, 230, 64, 8
THICK, GAP, LINE, FOOT = 11, 10, 14, 26
TALL, COLUMN, UNDER = 150, 15, 34
LETTERS = 36  # of a label in one line
LEAST, MOST = 3, 12  # rows of a picture: fewer are read from the table, the table holds all of many
Pair = tuple[str, int, int]


def table_svg(table: TableContent, years: tuple[str, str], *, measure: int = 0) -> str:
    """The picture of the first measure of a table; empty where the table says it quicker.

    `years` are the titles of this year and the last one: «2025/26», «2024/25».
    """
    shown = _pairs(table["rows"], measure)
    if not table["chart"] or len(shown) < LEAST:
        return ""
    unit, title = table["measures"][measure]["unit"], f"{table['title']}: {table['measures'][measure]['title']}"
    two = has_before(table)
    draw = _months if table["chart"] == "months" else _bars
    parts, height = draw(shown, unit, two)
    told = "; ".join(_said(one, unit, years[1] if two else "") for one in shown)
    parts += _legend(years if two else years[:1], height)
    return picture(parts, width=WIDTH, height=height + FOOT, title=title, told=told, key=table["code"])


def _said(one: Pair, unit: str, last: str) -> str:
    """«консультация: 214 (2024/25 — 191)»."""
    label, now, before = one
    return f"{label}: {figure_words(now, unit)}" + (f" ({last} — {figure_words(before, unit)})" if last else "")


def _pairs(rows: Sequence[RowContent], measure: int) -> list[Pair]:
    every = [(row["label"], row["now"][measure], row["before"][measure]) for row in rows]
    shown = [one for one in every if one[1] or one[2]]
    if len(shown) <= MOST:
        return shown
    kept = set(sorted(range(len(shown)), key=lambda at: -max(shown[at][1:]))[:MOST])
    return [one for at, one in enumerate(shown) if at in kept]


def _bars(rows: Sequence[Pair], unit: str, two: bool) -> tuple[list[str], float]:
    most = max(max(now, before) for _, now, before in rows)
    room, y = WIDTH - LABELS - RIGHT, float(TOP)
    parts: list[str] = []
    for label, now, before in rows:
        lines = wrap(label, LETTERS) or [""]
        if len(lines) > 3:
            lines = [*lines[:2], f"{lines[2]}…"]
        parts += (text(LABELS - 10, y + 10 + LINE * at, piece, "end") for at, piece in enumerate(lines))
        for at, value in enumerate((now, before)[: 1 + two]):
            top, width = y + at * (THICK + 1), max(value * room / most, 1)
            parts.append(bar(LABELS, top, width, THICK, solid=not at))
            parts.append(text(LABELS + width + 6, top + 10, figure_words(value, unit), ink=QUIET if at else INK))
        y += max(LINE * len(lines), (1 + two) * (THICK + 1) - 1) + GAP
    axis = line(LABELS, TOP, LABELS, y - GAP)
    return [axis, *parts], y


def _months(rows: Sequence[Pair], unit: str, two: bool) -> tuple[list[str], float]:
    most = max(max(now, before) for _, now, before in rows)
    step, bottom = WIDTH / len(rows), TOP + 16.0 + TALL
    parts = [line(0, bottom, WIDTH, bottom)]
    for at, (label, now, before) in enumerate(rows):
        middle = step * (at + 0.5)
        pair = (before, now) if two else (now,)
        for place, value in enumerate(pair):
            height = max(value * TALL / most, 1)
            x = middle - len(pair) * (COLUMN + 2) / 2 + place * (COLUMN + 2)
            parts.append(bar(x, bottom - height, COLUMN, height, solid=place == len(pair) - 1))
        top = bottom - max(now * TALL / most, before * TALL / most, 1) - 4
        parts.append(text(middle, top, figure_words(now, unit), "middle"))
        parts.append(text(middle, bottom + 15, label[:3], "middle"))
    return parts, bottom + UNDER


def _legend(years: Sequence[str], y: float) -> Iterable[str]:
    for at, year in enumerate(years):
        x = LABELS + at * 130
        yield bar(x, y, THICK, THICK, solid=not at)
        yield text(x + 18, y + 10, year)
