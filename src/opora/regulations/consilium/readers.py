"""`consilium.toml`: sections of the talk, outcomes, recommendations, grounds, topics, terms, columns of journals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.consilium.entries import ConsiliumChoice, ConsiliumSection, ConsiliumTerm, JournalColumn
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground

UNITS = ("working_days", "months", "percent", "days")
CHOICES = ("consilium_outcome", "consilium_recommendation", "consilium_ground", "consilium_topic", "referral_reason")
JOURNALS = ("meetings", "opinions", "referrals")


def section(raw: RawEntry) -> ConsiliumSection:
    """`[[consilium_section]]`."""
    return ConsiliumSection(
        **ground(raw),
        order=raw.number("order"),
        kind=raw.one_of("kind", ("step", "opinion")),
        hint=raw.text("hint"),
        required=raw.flag("required", False),
    )


def choice(raw: RawEntry) -> ConsiliumChoice:
    """`[[consilium_outcome]]` and the other lists of values."""
    return ConsiliumChoice(**ground(raw), order=raw.number("order"), hint=raw.text("hint", ""))


def term(raw: RawEntry) -> ConsiliumTerm:
    """`[[consilium_term]]`: more than nothing."""
    value = raw.decimal("value")
    if value <= 0:
        raise raw.refuse("value", "a term is more than nothing")
    return ConsiliumTerm(**ground(raw), order=raw.number("order"), value=value, unit=raw.one_of("unit", UNITS))


def column(raw: RawEntry) -> JournalColumn:
    """`[[journal_column]]`."""
    return JournalColumn(
        **ground(raw), journal=raw.one_of("journal", JOURNALS), order=raw.number("order"), key=raw.word("key")
    )


FILES: Mapping[str, tuple[str, ...]] = {
    "consilium.toml": ("consilium_section", *CHOICES, "consilium_term", "journal_column")
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "consilium_section": section,
    **dict.fromkeys(CHOICES, choice),
    "consilium_term": term,
    "journal_column": column,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = ()
