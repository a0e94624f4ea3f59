"""`signals.toml`: screenings, levels of attention, signs, expected days, first steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground
from opora.regulations.signals.entries import (
    URGENCIES,
    AttentionLevel,
    ConcernSign,
    FirstStep,
    ScreeningKind,
    SignalTerm,
)

GROUPS = ("crisis", "behaviour", "state", "surroundings")


def screening_kind(raw: RawEntry) -> ScreeningKind:
    """`[[screening_kind]]`."""
    return ScreeningKind(**ground(raw), order=raw.number("order"))


def attention_level(raw: RawEntry) -> AttentionLevel:
    """`[[attention_level]]`: it needs the words by which a table calls it."""
    words = tuple(one.lower() for one in raw.words("words"))
    if not words:
        raise raw.refuse("words", "a level needs the words by which a table calls it")
    return AttentionLevel(
        **ground(raw), order=raw.number("order"), words=words, to_meeting=raw.flag("to_meeting", False)
    )


def concern_sign(raw: RawEntry) -> ConcernSign:
    """`[[concern_sign]]`."""
    return ConcernSign(**ground(raw), order=raw.number("order"), group=raw.one_of("group", GROUPS))


def signal_term(raw: RawEntry) -> SignalTerm:
    """`[[signal_term]]`: whole working days, none of them is the same day."""
    found = SignalTerm(
        **ground(raw),
        step=raw.one_of("step", ("decide", "examine")),
        urgency=raw.one_of("urgency", URGENCIES),
        value=raw.number("value"),
    )
    if found.value < 0:
        raise raw.refuse("value", "a term is not negative")
    return found


def first_step(raw: RawEntry) -> FirstStep:
    """`[[first_step]]`."""
    return FirstStep(**ground(raw), order=raw.number("order"))


FILES: Mapping[str, tuple[str, ...]] = {
    "signals.toml": ("screening_kind", "attention_level", "concern_sign", "signal_term", "first_step"),
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "screening_kind": screening_kind,
    "attention_level": attention_level,
    "concern_sign": concern_sign,
    "signal_term": signal_term,
    "first_step": first_step,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = ()
