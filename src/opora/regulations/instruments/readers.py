"""`instruments.toml`: instruments with their parts, items, thresholds and age groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.instruments.entries import (
    HIGHEST,
    LOWEST,
    UNKNOWN,
    AgeGroup,
    Answer,
    Band,
    Instrument,
    InstrumentItem,
    InstrumentPart,
    InstrumentThreshold,
)
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground

KINDS = ("points", "parental", "scale", "degree")
_SPAN = re.compile(r"(\d+)-(\d+)")
NO = Answer("no", "нет", 0)


def instrument(raw: RawEntry) -> Instrument:
    """`[[instrument]]`."""
    return Instrument(
        **ground(raw),
        authors=raw.text("authors"),
        kind=raw.one_of("kind", ("questionnaire", "scale")),
        order=raw.number("order"),
        specialities=raw.words("specialities"),
        minimum_months=raw.number("minimum_months", 0),
        maximum_months=raw.number("maximum_months", 0),
    )


def part(raw: RawEntry) -> InstrumentPart:
    """`[[instrument_part]]`."""
    return InstrumentPart(
        **ground(raw),
        instrument=raw.word("instrument"),
        order=raw.number("order"),
        from_months=raw.number("from_months"),
        required_from_months=raw.number("required_from_months"),
    )


def item(raw: RawEntry) -> InstrumentItem:
    """`[[instrument_item]]`: points for «да» or for each of its `answers`; a scale has its bands."""
    kind = raw.one_of("kind", KINDS)
    return InstrumentItem(
        **ground(raw),
        instrument=raw.word("instrument"),
        part=raw.word("part", ""),
        order=raw.number("order"),
        kind=kind,
        answers=_answers(raw, kind),
        bands=_bands(raw) if kind == "scale" else (),
    )


def _answers(raw: RawEntry, kind: str) -> tuple[Answer, ...]:
    if kind == "scale":
        return ()
    titles = raw.pairs("answers") if "answers" in raw.values or kind != "points" else {"yes": "да"}
    if kind == "degree":
        return tuple(Answer(code, title, None) for code, title in titles.items())
    points = raw.words("points")
    if len(points) != len(titles):
        raise raw.refuse("points", f"{len(titles)} answers need as many points")
    try:
        given = tuple(
            Answer(code, title, int(value)) for (code, title), value in zip(titles.items(), points, strict=True)
        )
    except ValueError:
        raise raw.refuse("points", "points are whole numbers") from None
    return (NO, *given) if kind == "points" else (*given, Answer(UNKNOWN, "неизвестно", None))


def _bands(raw: RawEntry) -> tuple[Band, ...]:
    found = []
    for key, age in (("bands", ""), ("bands_junior", "junior"), ("bands_teen", "teen")):
        for span, text in (raw.pairs(key) if key in raw.values else {}).items():
            ends = _SPAN.fullmatch(span)
            if not ends or not LOWEST <= int(ends[1]) <= int(ends[2]) <= HIGHEST:
                raise raw.refuse(key, f"{span!r} is no band of {LOWEST}-{HIGHEST}")
            found.append(Band(int(ends[1]), int(ends[2]), age, text))
    return tuple(found)


def threshold(raw: RawEntry) -> InstrumentThreshold:
    """`[[instrument_threshold]]`."""
    limits = {key: raw.number(key) if key in raw.values else None for key in ("more_than", "less_than")}
    if (limits["more_than"] is None) == (limits["less_than"] is None):
        raise raw.refuse(None, "either more_than or less_than is required")
    return InstrumentThreshold(
        **ground(raw),
        instrument=raw.word("instrument"),
        order=raw.number("order"),
        sums=raw.one_of("sums", KINDS),
        more_than=limits["more_than"],
        less_than=limits["less_than"],
        strengthens=raw.word("strengthens", ""),
        otherwise=raw.text("otherwise"),
        alone=raw.text("alone", ""),
        unknown=raw.text("unknown", ""),
    )


def age_group(raw: RawEntry) -> AgeGroup:
    """`[[age_group]]`."""
    return AgeGroup(**ground(raw), from_months=raw.number("from_months"))


FILES: Mapping[str, tuple[str, ...]] = {
    "instruments.toml": ("instrument", "instrument_part", "instrument_item", "instrument_threshold", "age_group")
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "instrument": instrument,
    "instrument_part": part,
    "instrument_item": item,
    "instrument_threshold": threshold,
    "age_group": age_group,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("instrument", "specialities", "speciality"),
    ("instrument_part", "instrument", "instrument"),
    ("instrument_item", "instrument", "instrument"),
    ("instrument_item", "part", "instrument_part"),
    ("instrument_threshold", "instrument", "instrument"),
    ("instrument_threshold", "strengthens", "instrument_threshold"),
)
