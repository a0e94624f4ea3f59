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
    return "\n".join([lines[0], "-" * len(lines[0].rstrip()), *lines[1:]])


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
