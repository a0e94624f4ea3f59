"""Pieces of a picture: one SVG for the page and for paper, said in attributes alone, without styles and scripts."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

INK, QUIET, FAINT, BAR = "#1c2430", "#55606e", "#d3d9e0", "#1f5d8c"


def picture(parts: Iterable[str], *, width: int, height: float, title: str, told: str, key: str = "") -> str:
    """The whole picture; `told` says all of it in words for those who cannot see it.

    `key` makes the ids of title and description different where several pictures stand on a page.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" '
        f'height="{height:g}" role="img" aria-labelledby={quoteattr(f"title-{key} desc-{key}")} '
        'font-family="PT Sans, Arial, sans-serif" font-size="12">'
        f"<title id={quoteattr(f'title-{key}')}>{escape(title)}</title>"
        f"<desc id={quoteattr(f'desc-{key}')}>{escape(told)}</desc>{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: str, anchor: str = "start", *, ink: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, ink: str = FAINT, *, width: float = 1, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{ink}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def bar(x: float, y: float, width: float, height: float, *, solid: bool) -> str:
    """Solid for what is now, framed for what was before: told apart without colour."""
    fill = BAR if solid else "#ffffff"
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{BAR}"/>'
