"""What the page of a passport shows: rows with three counters, beside an earlier passport, and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from opora.foundation.accounts.actors import Actor

from .models import PassportRow, SocialPassport
from .pictures import Bar, bars_svg
from .rows import is_seen, is_ticked, parts_of, whence
from .sums import Count, counts_of, difference

BARS = 12
EARLIER = 6


@dataclass(frozen=True)
class Line:
    """A row; `withheld` where the reader may not learn even the figures, `opens` where he may see the children."""

    row: PassportRow
    count: Count
    before: dict[str, int] | None
    withheld: bool
    opens: bool

    @property
    def change(self) -> dict[str, int]:
        return difference(self.count.counts, self.before) if self.before is not None else {}

    @property
    def is_counted(self) -> bool:
        """Counted from lists and cards, not from ticks on the sheets of classes."""
        return not is_ticked(self.row)

    @property
    def whence(self) -> str:
        return whence(self.row)

    @property
    def cells(self) -> list[tuple[int, int | None, int]]:
        """Figure, figure before, difference, for each counter."""
        before = self.before
        return [
            (number, before[counter] if before is not None else None, self.change.get(counter, 0))
            for counter, number in self.count.counts.items()
        ]


@dataclass(frozen=True)
class ShownPart:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Shown:
    """The whole page."""

    parts: list[ShownPart]
    counts: list[Count]
    earlier: SocialPassport | None
    choices: list[SocialPassport] = field(default_factory=list)
    picture: str = ""

    @property
    def guessed(self) -> int:
        return next((one.guessed for one in self.counts if one.row.code == "all_pupils"), 0)


def earlier_of(
    actor: Actor, passport: SocialPassport, wanted: str
) -> tuple[SocialPassport | None, list[SocialPassport]]:
    """The passport to compare with: the one asked for, else the last one of the year before; and what may be asked."""
    rows = type(passport).objects.visible_to(actor).beside(passport).select_related("school_class", "organisation")
    found = list(rows.order_by("-on")[:EARLIER])
    if wanted == "none":
        return None, found
    chosen = next((one for one in found if one.public_id == wanted), None)
    return chosen or next((one for one in found if one.year < passport.year), None), found


def shown_of(actor: Actor, passport: SocialPassport, counts: Sequence[Count], wanted: str) -> Shown:
    """Rows of the page for this reader."""
    earlier, choices = earlier_of(actor, passport, wanted)
    before = {one.row.pk: one.counts for one in counts_of(earlier)} if earlier is not None else {}
    of_class = passport.school_class_id is not None
    of_row = {one.row.pk: one for one in counts}
    parts = []
    for part in parts_of(one.row for one in counts):
        lines = []
        for row in part.rows:
            seen = is_seen(actor, row)
            told = before.get(row.pk) if earlier is not None else None
            lines.append(Line(row, of_row[row.pk], told, withheld=of_class and not seen, opens=seen))
        parts.append(ShownPart(part.title, lines))
    return Shown(parts, list(counts), earlier, choices, _picture(passport, parts, earlier))


def _picture(passport: SocialPassport, parts: list[ShownPart], earlier: SocialPassport | None) -> str:
    """Shares of the pupils, the greatest first; beside those of the earlier passport."""
    lines = [one for part in parts for one in part.lines if not one.withheld]
    total = next((one for one in lines if one.row.code == "all_pupils"), None)
    if total is None or not total.count.pupils:
        return ""
    before = total.before["pupils"] if total.before else 0
    bars = [
        Bar(
            one.row.title, _share(one.count.pupils, total.count.pupils),
            _share(one.before["pupils"], before) if one.before and before else None,
        )
        for one in lines
        if one is not total and not one.row.source.startswith("child.sex")
    ]  # fmt: skip
    bars = [one for one in bars if one.now or one.before]
    bars.sort(key=lambda one: -max(one.now, one.before or 0))
    if not bars:
        return ""
    names = (f"на {passport.on:%d.%m.%Y}", f"на {earlier.on:%d.%m.%Y}" if earlier else "")
    return bars_svg("Доля обучающихся, процентов", bars[:BARS], names, key=passport.public_id)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
