"""The picture of a criterion over time: one SVG for the page and for paper.

A line for each voice, told apart by stroke and mark and not by colour, and a line of what is wanted. Everything is
said in attributes; there are no styles and no scripts. The same values stand in a table beside the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from opora.foundation.ui.drawing import FAINT, INK, QUIET, line, picture, text

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 18, 42
WANTED = "#1c6b40"
STROKES = ("", "7 4", "2 3", "9 3 2 3")
SHAPES = ("circle", "square", "triangle", "diamond")
LEGEND_ROW = 20


@dataclass(frozen=True, slots=True)
class Point:
    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Voice:
    """One line: whose eyes, and what they saw, in the order of days."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """From when to when, and from which value to which."""

    first: date
    last: date
    least: float
    most: float

    def x(self, day: date) -> float:
        span = (self.last - self.first).days or 1
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / span

    def y(self, value: float) -> float:
        span = (self.most - self.least) or 1
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - self.least) / span


def criterion_svg(
    title: str, voices: Sequence[Voice], *, starts_on: date, ends_on: date | None, wanted: float | None,
    least: float, most: float | None, key: str = "",
) -> str:  # fmt: skip
    """The picture of one criterion; `most` is None for a count, whose height is that of its greatest value."""
    shown = [one for one in voices if one.points]
    axis = _axis(shown, starts_on, ends_on, wanted, least, most)
    height = HEIGHT + LEGEND_ROW * (len(shown) + (wanted is not None))
    parts = [*_grid(axis), *_days(axis), *_wanted(axis, wanted)]
    for place, voice in enumerate(shown):
        parts += _drawn(voice, place, [(axis.x(one.on), axis.y(one.value)) for one in voice.points])
    parts += _legend(shown, wanted)
    return picture(parts, width=WIDTH, height=height, title=title, told=said(shown, wanted), key=key)


def said(voices: Iterable[Voice], wanted: float | None) -> str:
    """The picture in words, for those who cannot see it."""
    lines = [
        f"{voice.title}: " + ", ".join(f"{one.on:%d.%m.%Y} — {number(one.value)}" for one in voice.points)
        for voice in voices
    ]
    if wanted is not None:
        lines.append(f"должно стать {number(wanted)}")
    return ". ".join(lines) or "Наблюдений ещё нет"


def number(value: float) -> str:
    """«2,5»; whole numbers without a comma."""
    return f"{value:g}".replace(".", ",")


def _axis(
    voices: Sequence[Voice], starts_on: date, ends_on: date | None, wanted: float | None, least: float,
    most: float | None,
) -> Axis:  # fmt: skip
    days = [one.on for voice in voices for one in voice.points]
    values = [one.value for voice in voices for one in voice.points] + ([wanted] if wanted is not None else [])
    top = most if most is not None else max([*values, least + 1])
    return Axis(min([starts_on, *days]), max([ends_on or starts_on, starts_on, *days]), least, float(top))


def _steps(axis: Axis) -> list[float]:
    """At most six levels; whole numbers."""
    span = axis.most - axis.least
    by = next(
        step for step in (1, 2, 5, 10, 20, 25, 50, 100, 500, 1000, 2000, 5000) if span / step <= 5 or step == 5000
    )
    levels = [axis.least + by * at for at in range(int(span // by) + 1)]
    return levels if levels[-1] == axis.most or axis.most != int(axis.most) else [*levels, axis.most]


def _grid(axis: Axis) -> Iterable[str]:
    levels = _steps(axis)
    for at, level in enumerate(levels):
        y = axis.y(level)
        yield line(LEFT, y, WIDTH - RIGHT, y, FAINT)
        if at == len(levels) - 1 or axis.y(level) - axis.y(levels[-1]) > 12:
            yield text(LEFT - 8, y + 4, number(level), "end")


def _days(axis: Axis) -> Iterable[str]:
    bottom = HEIGHT - BOTTOM
    yield line(LEFT, bottom, WIDTH - RIGHT, bottom, QUIET)
    yield text(LEFT, bottom + 18, f"{axis.first:%d.%m.%Y}")
    yield text(WIDTH - RIGHT, bottom + 18, f"{axis.last:%d.%m.%Y}", "end")


def _wanted(axis: Axis, wanted: float | None) -> Iterable[str]:
    if wanted is not None:
        yield line(LEFT, axis.y(wanted), WIDTH - RIGHT, axis.y(wanted), WANTED, width=1.5, dashes="12 4")


def _drawn(voice: Voice, place: int, points: Sequence[tuple[float, float]]) -> list[str]:
    stroke = STROKES[place % len(STROKES)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{stroke}"' if stroke else ""
    drawn = f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="1.6"{dashes}/>'
    return [drawn, *(_mark(SHAPES[place % len(SHAPES)], place == 0, x, y) for x, y in points)]


def _mark(shape: str, solid: bool, x: float, y: float) -> str:
    look = f'fill="{INK if solid else "#ffffff"}" stroke="{INK}" stroke-width="1.6"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {look}/>'
    if shape == "square":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {look}/>'
    corners = {"triangle": ((0, -5.5), (5, 4), (-5, 4)), "diamond": ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0))}
    path = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners[shape])
    return f'<polygon points="{path}" {look}/>'


def _legend(voices: Sequence[Voice], wanted: float | None) -> Iterable[str]:
    y = HEIGHT - 2.0
    for place, voice in enumerate(voices):
        yield from _drawn(voice, place, [(LEFT, y), (LEFT + 40, y)])
        yield text(LEFT + 54, y + 4, voice.title)
        y += LEGEND_ROW
    if wanted is not None:
        yield line(LEFT, y, LEFT + 40, y, WANTED, width=1.5, dashes="12 4")
        yield text(LEFT + 54, y + 4, f"должно стать {number(wanted)}")
