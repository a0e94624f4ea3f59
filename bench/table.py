"""The table that is printed."""

from __future__ import annotations

from collections.abc import Sequence

from .measure import Result

HEAD = ("page or deed", "p50 ms", "p95 ms", "cpu ms", "queries", "x bare", "goal", "")


def table(results: Sequence[Result]) -> str:
    """All rows as plain text.

    `cpu ms` is the median of processor time; `x bare` the ratio of p50 to the bare Django list view of the same rows.
    """
    p50 = {result.deed.title: result.p50 for result in results if not result.error}
    rows = [_row(result, p50) for result in results]
    widths = [max(len(row[at]) for row in (HEAD, *rows)) for at in range(len(HEAD) - 1)]
    lines = [_line(row, widths) for row in (HEAD, *rows)]
    return "\n".join([lines[0], "-" * len(lines[0].rstrip()), *lines[1:], "", _goals(results)])


def _goals(results: Sequence[Result]) -> str:
    """How many goals were met, and each that was not, in words."""
    aimed = [one for one in results if one.deed.goal is not None]
    missed = [one for one in aimed if one.verdict != "ok"]
    lines = [f"Goals met: {len(aimed) - len(missed)} of {len(aimed)}."]
    for one in missed:
        told = "failed" if one.error else f"p95 {one.p95:.0f} ms, goal {one.deed.goal:g} ms, processor {one.cpu:.0f} ms"
        lines.append(f"OVER THE GOAL: {one.deed.title}: {told}")
    return "\n".join(lines)


def _row(result: Result, p50: dict[str, float]) -> tuple[str, ...]:
    deed = result.deed
    goal = f"< {deed.goal:g}" if deed.goal else ""
    if result.error:
        return (deed.title, "", "", "", "", "", goal, result.verdict)
    ratio = f"{result.p50 / p50[deed.bare]:.1f}" if p50.get(deed.bare) else ""
    return (
        deed.title,
        f"{result.p50:.1f}",
        f"{result.p95:.1f}",
        f"{result.cpu:.1f}",
        str(result.queries),
        ratio,
        goal,
        result.verdict,
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:], strict=True))]
    return "  ".join([*cells, row[-1]])
