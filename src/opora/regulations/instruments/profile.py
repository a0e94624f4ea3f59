"""The picture of a profile: one SVG for the page and for paper, several dates on it as dynamics.

No colour carries a meaning: each date has a mark and a stroke of its own, so that it reads in black and white.
Everything is said in attributes; there are no styles and no scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from opora.regulations.edition import Edition
from opora.regulations.instruments.entries import HIGHEST, LOWEST, InstrumentItem
from opora.regulations.instruments.reading import instrument, items

MOST_DATES = 5
LABEL, STEP, ROW, HEAD = 214, 27, 44, 30
WIDTH = LABEL + STEP * (HIGHEST - LOWEST) + 20
INK, QUIET, FAINT = "#1c2430", "#55606e", "#c9d0d8"
STROKES = ("", "7 4", "2 3", "9 3 2 3", "4 2")
SHAPES = ("circle", "square", "triangle", "diamond", "cross")


@dataclass(frozen=True, slots=True)
class DatedProfile:
    """The marks of one scale instrument on a day: item -> 1 to 10."""

    instrument: str
    on: date
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Series:
    """One date on the picture: how it is drawn and where its marks stand."""

    label: str
    stroke: str
    shape: str
    solid: bool
    points: tuple[tuple[float, float], ...]


def profile_svg(law: Edition, profiles: Sequence[DatedProfile]) -> str:
    """The picture of the last five profiles of one instrument; ValueError for none, or for several instruments."""
    codes = {one.instrument for one in profiles}
    if len(codes) != 1:
        raise ValueError("profiles of one instrument are required")
    code = codes.pop()
    scales = [item for item in items(law, code) if item.kind == "scale"]
    shown = sorted(profiles, key=lambda one: one.on)[-MOST_DATES:]
    series = [_series(scales, one, place, len(shown)) for place, one in enumerate(shown)]
    bottom = HEAD + ROW * len(scales)
    height = bottom + 14 + 20 * len(shown)
    title = f"{instrument(law, code).title}. {', '.join(_said(scales, one) for one in shown)}"
    body = [*_grid(bottom), *_labels(scales), *(line for one in series for line in _drawn(one))]
    body += [line for place, one in enumerate(series) for line in _legend(one, bottom + 24 + 20 * place)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label={quoteattr(title)} font-family="PT Sans, Arial, sans-serif" font-size="13">'
        f"{''.join(body)}</svg>"
    )


def _series(scales: Sequence[InstrumentItem], one: DatedProfile, place: int, count: int) -> _Series:
    # Marks of several dates in one cell stand a little apart, so that equal values do not hide each other.
    aside = (place - (count - 1) / 2) * 9
    points = tuple(
        (_x(one.values[scale.code]), HEAD + ROW * (row + 0.5) + aside)
        for row, scale in enumerate(scales)
        if scale.code in one.values
    )
    newest = count - 1 - place
    return _Series(f"{one.on:%d.%m.%Y}", STROKES[newest], SHAPES[newest], newest == 0, points)


def _x(value: int) -> float:
    return LABEL + STEP * (value - LOWEST)


def _said(scales: Iterable[InstrumentItem], one: DatedProfile) -> str:
    """The profile in words, for those who cannot see it."""
    marks = "; ".join(f"{scale.title} {one.values[scale.code]}" for scale in scales if scale.code in one.values)
    return f"{one.on:%d.%m.%Y}: {marks}"


def _text(x: float, y: float, words: str, ink: str = INK, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{ink}" text-anchor="{anchor}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, ink: str = FAINT) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{ink}" stroke-width="1"/>'


def _grid(bottom: int) -> Iterable[str]:
    for value in range(LOWEST, HIGHEST + 1):
        yield _line(_x(value), HEAD, _x(value), bottom)
        yield _text(_x(value), HEAD - 10, str(value), QUIET, "middle")
    for row in range((bottom - HEAD) // ROW + 1):
        yield _line(0, HEAD + ROW * row, WIDTH - 4, HEAD + ROW * row)


def _labels(scales: Sequence[InstrumentItem]) -> Iterable[str]:
    for row, scale in enumerate(scales):
        lines = wrap(scale.title, 27)[:3]
        middle = HEAD + ROW * (row + 0.5) + 4.5
        for number, words in enumerate(lines):
            yield _text(4, middle + (number - (len(lines) - 1) / 2) * 14, words)


def _drawn(one: _Series) -> Iterable[str]:
    path = " ".join(f"{x:g},{y:g}" for x, y in one.points)
    dashes = f' stroke-dasharray="{one.stroke}"' if one.stroke else ""
    yield f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="1.6"{dashes}/>'
    for x, y in one.points:
        yield _mark(one, x, y)


def _mark(one: _Series, x: float, y: float) -> str:
    look = f'fill="{INK if one.solid else "#ffffff"}" stroke="{INK}" stroke-width="1.6"'
    if one.shape == "circle":
        return f'<circle cx="{x:g}" cy="{y:g}" r="5" {look}/>'
    if one.shape == "square":
        return f'<rect x="{x - 4.5:g}" y="{y - 4.5:g}" width="9" height="9" {look}/>'
    if one.shape == "cross":
        return f'<path d="M{x - 4:g} {y - 4:g}l8 8m0 -8l-8 8" fill="none" stroke="{INK}" stroke-width="1.8"/>'
    corners = {"triangle": ((0, -6), (5.5, 4.5), (-5.5, 4.5)), "diamond": ((0, -6), (6, 0), (0, 6), (-6, 0))}
    path = " ".join(f"{x + dx:g},{y + dy:g}" for dx, dy in corners[one.shape])
    return f'<polygon points="{path}" {look}/>'


def _legend(one: _Series, y: float) -> Iterable[str]:
    yield from _drawn(_Series(one.label, one.stroke, one.shape, one.solid, ((LABEL, y), (LABEL + 46, y))))
    yield _text(LABEL + 60, y + 4.5, one.label)
