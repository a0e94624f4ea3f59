"""From raw tables to entries: one small function per table, listed in `TABLES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypedDict

from opora.regulations import entries as e
from opora.regulations.icd10 import icd10_is_wellformed
from opora.regulations.loading import RawEntry

SOURCES = ("letter", "act", "practice")
UNITS = ("working_days", "calendar_days", "months", "years", "visits", "hours", "minutes")
SECTION_KINDS = ("data", "conclusion", "methods", "observations", "advice_teachers", "advice_parents")
FIELD_KINDS = ("text", "choice", "choices", "flag", "date", "number", "programme", "specialist_texts")


class _Ground(TypedDict):
    code: str
    title: str
    clause: str
    source: str
    note: str
    valid_from: date | None


def ground(raw: RawEntry) -> _Ground:
    """The keys that every entry has."""
    raw.taken |= {"verified"}
    return {
        "code": raw.word("code"),
        "title": raw.text("title"),
        "clause": raw.text("clause"),
        "source": raw.one_of("source", SOURCES, "letter"),
        "note": raw.text("note", ""),
        "valid_from": raw.day("valid_from"),
    }


def paper(raw: RawEntry) -> e.PaperRequirement:
    """`[[paper]]` of papers.toml."""
    applies = raw.words("applies", e.PAPER_CONDITIONS)
    if not applies:
        raise raw.refuse("applies", "at least one condition is required")
    return e.PaperRequirement(
        **ground(raw),
        presence=raw.one_of("presence", ("obligatory", "if_available")),
        form=raw.one_of("form", ("original", "copy", "original_or_certified_copy")),
        applies=applies,
        order=raw.number("order"),
        card_item=raw.number("card_item", 0),
        card_wording=raw.text("card_wording", ""),
        basis=raw.text("basis", ""),
        appendix=raw.text("appendix", ""),
        parent_text=raw.text("parent_text"),
    )


def protocol_line(raw: RawEntry) -> e.ProtocolPaperLine:
    """`[[protocol_line]]` of papers.toml."""
    return e.ProtocolPaperLine(**ground(raw), number=raw.number("number"), papers=raw.words("papers"))


def category(raw: RawEntry) -> e.Category:
    """`[[category]]` of programmes.toml."""
    return e.Category(**ground(raw), order=raw.number("order"), digit=raw.word("digit"))


def level(raw: RawEntry) -> e.Level:
    """`[[level]]` of programmes.toml."""
    return e.Level(**ground(raw), order=raw.number("order"), short=raw.text("short"))


def programme(raw: RawEntry) -> e.ProgrammeVariant:
    """`[[programme]]` of programmes.toml."""
    return e.ProgrammeVariant(
        **ground(raw),
        kind=raw.one_of("kind", ("variant", "ordinary", "preschool_adapted", "oriented", "other")),
        level=raw.word("level"),
        category=raw.word("category", ""),
        short=raw.text("short"),
        variant=raw.number("variant", 0),
        individual_programme=raw.flag("individual_programme", False),
        intellect=raw.one_of("intellect", ("", "norm", "delay", "mild", "severe"), ""),
        sections=raw.words("sections"),
        criterion=raw.text("criterion", ""),
    )


def term(raw: RawEntry) -> e.Term:
    """`[[term]]` of terms.toml."""
    value = raw.number("value")
    if value < 0:
        raise raw.refuse("value", "a term cannot be negative")
    return e.Term(
        **ground(raw),
        value=value,
        unit=raw.one_of("unit", UNITS),
        counts_from=raw.text("counts_from", ""),
    )


def speciality(raw: RawEntry) -> e.Speciality:
    """`[[speciality]]` of sheets.toml."""
    return e.Speciality(
        **ground(raw),
        order=raw.number("order"),
        sheet=raw.word("sheet"),
        signs_as=raw.text("signs_as"),
        asks_detail=raw.flag("asks_detail", False),
    )


def sheet(raw: RawEntry) -> e.Sheet:
    """`[[sheet]]` of sheets.toml."""
    return e.Sheet(**ground(raw), protocol_number=raw.number("protocol_number", 0), hint=raw.text("hint", ""))


def sheet_section(raw: RawEntry) -> e.SheetSection:
    """`[[sheet_section]]` of sheets.toml."""
    return e.SheetSection(
        **ground(raw),
        kind=raw.one_of("kind", SECTION_KINDS),
        sheets=raw.words("sheets"),
        order=raw.number("order"),
        hint=raw.text("hint", ""),
    )


def protocol_section(raw: RawEntry) -> e.ProtocolSection:
    """`[[protocol_section]]` of protocol.toml."""
    return e.ProtocolSection(
        **ground(raw),
        number=raw.number("number", 0),
        order=raw.number("order"),
        hint=raw.text("hint", ""),
        filled_from=raw.one_of("filled_from", ("case", "child", "papers", "sheet", "commission", "signatures")),
    )


def conclusion_section(raw: RawEntry) -> e.ConclusionSection:
    """`[[section]]` of conclusion.toml."""
    return e.ConclusionSection(
        **ground(raw),
        number=raw.number("number", 0),
        order=raw.number("order"),
        caption=raw.text("caption"),
        hint=raw.text("hint", ""),
        on_school_copy=raw.flag("on_school_copy", True),
    )


def conclusion_field(raw: RawEntry) -> e.ConclusionField:
    """`[[field]]` of conclusion.toml."""
    kind = raw.one_of("kind", FIELD_KINDS)
    vocabulary = raw.word("vocabulary", "")
    if kind in ("choice", "choices") and not vocabulary:
        raise raw.refuse("vocabulary", "a choice needs its vocabulary")
    return e.ConclusionField(
        **ground(raw),
        section=raw.word("section"),
        kind=kind,
        vocabulary=vocabulary,
        order=raw.number("order"),
        required=raw.flag("required", False),
        on_school_copy=raw.flag("on_school_copy", True),
        hint=raw.text("hint", ""),
    )


def vocabulary(raw: RawEntry) -> tuple[e.Vocabulary, ...]:
    """`[[vocabulary]]` of any file: values in order; those named in `detail` ask for words of their own."""
    common = ground(raw)
    values = raw.pairs("values")
    detail = raw.words("detail", values)
    choices = tuple(
        e.Choice(
            code=code,
            title=title,
            clause=common["clause"],
            source=common["source"],
            vocabulary=common["code"],
            order=order,
            detail=code in detail,
        )
        for order, (code, title) in enumerate(values.items(), 1)
    )
    return (e.Vocabulary(**common, choices=choices),)


def icd10_block(raw: RawEntry) -> tuple[e.Icd10Code, ...]:
    """`[[block]]` of icd10.toml: codes with captions."""
    common = ground(raw)
    codes = raw.pairs("codes")
    for code in codes:
        if not icd10_is_wellformed(code):
            raise raw.refuse("codes", f"{code!r} is no ICD-10 code")
    return tuple(
        e.Icd10Code(code=code, title=title, clause=common["clause"], source=common["source"], block=common["code"])
        for code, title in codes.items()
    )


FILES: Mapping[str, tuple[str, ...]] = {
    "papers.toml": ("paper", "protocol_line"),
    "programmes.toml": ("category", "level", "programme"),
    "terms.toml": ("term",),
    "sheets.toml": ("speciality", "sheet", "sheet_section"),
    "protocol.toml": ("protocol_section",),
    "conclusion.toml": ("section", "field", "vocabulary"),
    "initiators.toml": ("vocabulary",),
    "family.toml": ("vocabulary",),
    "child.toml": ("vocabulary",),
    "organisations.toml": ("vocabulary",),
    "icd10.toml": ("block",),
    "questions.toml": ("question",),
}
"""Which tables stand in which file; any other file or table is refused."""

SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "paper": paper,
    "protocol_line": protocol_line,
    "category": category,
    "level": level,
    "programme": programme,
    "term": term,
    "speciality": speciality,
    "sheet": sheet,
    "sheet_section": sheet_section,
    "protocol_section": protocol_section,
    "section": conclusion_section,
    "field": conclusion_field,
}
"""Tables where one table is one entry."""

MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {
    "vocabulary": vocabulary,
    "block": icd10_block,
}
"""Tables where one table holds many values."""

LINKS: tuple[tuple[str, str, str], ...] = (
    ("protocol_line", "papers", "paper"),
    ("programme", "level", "level"),
    ("programme", "category", "category"),
    ("speciality", "sheet", "sheet"),
    ("sheet_section", "sheets", "sheet"),
    ("field", "section", "section"),
    ("field", "vocabulary", "vocabulary"),
)
"""Codes of a table (first) under a key (second) that must be found in another table (third)."""
