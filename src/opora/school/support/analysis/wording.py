"""Figures in words: «12,5», «+12 %», and the sentences that are offered for the text of a section."""

from __future__ import annotations

from opora.foundation.ui.typography import NBSP, grouped, plural, plural_word

from .content import MeasureContent, RowContent, TableContent
from .figures.catalogue import RULES
from .figures.tables import COUNT, HOURS, HUNDREDTHS, PERCENT, Phrase, share

FEW = 10  # a change of so few is said in numbers, its percent would say nothing


def figure_words(value: int, unit: str = COUNT) -> str:
    """A figure as it stands in a cell: minutes become hours with one decimal, hundredths of rates two."""
    if unit == HOURS:
        tenths = (value + 3) // 6
        return _decimal(tenths, 10)
    if unit == HUNDREDTHS:
        return _decimal(value, 100)
    return f"{value}{NBSP}%" if unit == PERCENT else grouped(value)


def _decimal(value: int, parts: int) -> str:
    whole, rest = divmod(value, parts)
    digits = str(rest).zfill(len(str(parts)) - 1).rstrip("0")
    return f"{grouped(whole)},{digits}" if digits else grouped(whole)


def change_words(now: int, before: int, unit: str = COUNT) -> str:
    """«+12 %», «−3» where the numbers are small, «» without a change or where there was nothing."""
    if now == before or not before:
        return ""
    sign, more = ("+", now - before) if now > before else ("−", before - now)
    if unit == PERCENT:
        return f"{sign}{more}{NBSP}п.{NBSP}п."
    if unit in (COUNT, HOURS) and max(now, before) >= FEW:
        percent = share(more, before)
        return f"{sign}{percent}{NBSP}%" if percent else ""
    return f"{sign}{figure_words(more, unit)}"


def sentences_of(table: TableContent, *, goes_on: bool) -> list[str]:
    """What the table says, for whoever writes the section: the total with last year's, and its greatest row.

    While the year goes on the last one is counted to the same day, and the sentence says so.
    """
    rule = RULES.get(table["code"])
    phrase = rule.phrase if rule else None
    if phrase is None or not table["total"]:
        return []
    told = [row for row in table["rows"] if row["code"] in phrase.rows] if phrase.rows else table["total"][:1]
    now = sum(row["now"][phrase.measure] for row in told)
    before = sum(row["before"][phrase.measure] for row in told)
    if not now and not before:
        return []
    said = [f"{_counted(phrase, now)}{_compared(now, before, goes_on)}."]
    if phrase.most and now:
        said += _greatest(phrase, table)
    return said


def _counted(phrase: Phrase, now: int) -> str:
    verb = plural_word(now, phrase.verb) if "," in phrase.verb else phrase.verb
    return f"{verb} {plural(now, phrase.noun)}"


def _compared(now: int, before: int, goes_on: bool) -> str:
    """«— на 12 % больше, чем в прошлом году (191)», «…, чем в прошлом году на ту же дату (191)»."""
    last = "в прошлом году на ту же дату" if goes_on else "в прошлом году"
    if not before:
        return f", {last} таких данных не было"
    if now == before:
        return f", столько же, сколько {last}"
    more = abs(now - before)
    by = f"{share(more, before)}{NBSP}%" if before >= FEW and share(more, before) else grouped(more)
    return f"{NBSP}— на {by} {'больше' if now > before else 'меньше'}, чем {last} ({grouped(before)})"


def _greatest(phrase: Phrase, table: TableContent) -> list[str]:
    def of(row: RowContent) -> int:
        return row["now"][phrase.measure]

    rows = sorted(table["rows"], key=of, reverse=True)
    whole = sum(of(row) for row in rows)
    if len(rows) < 2 or not whole or of(rows[0]) == of(rows[1]):
        return []
    first = rows[0]
    words = f"{figure_words(of(first), _unit(table, phrase))}, {share(of(first), whole)}{NBSP}%"
    return [f"{phrase.most}{first['label']} ({words})."]


def _unit(table: TableContent, phrase: Phrase) -> str:
    measure: MeasureContent = table["measures"][phrase.measure]
    return measure["unit"]
