"""`facts.toml`: groups, facts, and facts that exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.facts.entries import Exclusion, FactDefinition, FactGroup
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground

KINDS = ("choice", "choices", "flag", "number", "codes", "text")


def group(raw: RawEntry) -> FactGroup:
    """`[[fact_group]]`."""
    return FactGroup(**ground(raw), order=raw.number("order"))


def fact(raw: RawEntry) -> FactDefinition:
    """`[[fact]]`: a choice needs `values`, a number its `minimum` and `maximum`."""
    common = ground(raw)
    kind = raw.one_of("kind", KINDS)
    choosing = kind in ("choice", "choices")
    values = raw.pairs("values") if choosing else {}
    return FactDefinition(
        **common,
        group=raw.word("group"),
        order=raw.number("order"),
        kind=kind,
        choices=tuple(
            e.Choice(code=code, title=title, clause=common["clause"], vocabulary=common["code"], order=at, detail=False)
            for at, (code, title) in enumerate(values.items(), 1)
        ),
        owners=raw.words("owners"),
        unit=raw.text("unit", ""),
        minimum=raw.decimal("minimum") if kind == "number" else 0.0,
        maximum=raw.decimal("maximum") if kind == "number" else 0.0,
        decimals=raw.number("decimals", 0),
        when=raw.predicates("when"),
        hint=raw.text("hint", ""),
        deciding=raw.flag("deciding", True),
        within_age=raw.flag("within_age", False),
    )


def exclusion(raw: RawEntry) -> Exclusion:
    """`[[exclusion]]`."""
    return Exclusion(**ground(raw), when=raw.predicates("when"), facts=raw.words("facts"))


FILES: Mapping[str, tuple[str, ...]] = {"facts.toml": ("fact_group", "fact", "exclusion")}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {"fact_group": group, "fact": fact, "exclusion": exclusion}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("fact", "group", "fact_group"),
    ("fact", "owners", "speciality"),
    ("exclusion", "facts", "fact"),
)
