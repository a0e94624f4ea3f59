"""`special.toml`: audiences, groups and conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground
from opora.regulations.special.entries import Audience, ConditionGroup, SpecialCondition


def audience(raw: RawEntry) -> Audience:
    """`[[audience]]`: needs a category or a finding, else nobody belongs to it."""
    found = Audience(
        **ground(raw), order=raw.number("order"), categories=raw.words("categories"), when=raw.predicates("when")
    )
    if not (found.categories or found.when):
        raise raw.refuse("when", "an audience needs categories or findings")
    return found


def group(raw: RawEntry) -> ConditionGroup:
    """`[[condition_group]]`."""
    return ConditionGroup(
        **ground(raw), order=raw.number("order"), prefix=raw.text("prefix", ""), unless=raw.predicates("unless")
    )


def condition(raw: RawEntry) -> SpecialCondition:
    """`[[special_condition]]`: the text is the title when none is given."""
    common = ground(raw)
    return SpecialCondition(
        **common,
        group=raw.word("group"),
        order=raw.number("order"),
        section=raw.word("section"),
        field=raw.word("field"),
        text=raw.text("text", common["title"]),
        answers=tuple(raw.pairs("answers").items()) if "answers" in raw.values else (),
        annex=raw.word("annex", ""),
        audience=raw.words("audience"),
        when=raw.predicates("when"),
        unless=raw.predicates("unless"),
        follows_from=raw.predicates("follows_from"),
        always=raw.flag("always", False),
        gia_too=raw.flag("gia_too", False),
    )


FILES: Mapping[str, tuple[str, ...]] = {"special.toml": ("audience", "condition_group", "special_condition")}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "audience": audience,
    "condition_group": group,
    "special_condition": condition,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("audience", "categories", "category"),
    ("special_condition", "group", "condition_group"),
    ("special_condition", "section", "section"),
    ("special_condition", "field", "field"),
    ("special_condition", "audience", "audience"),
    ("special_condition", "answered", "field"),
    ("special_condition", "terms", "term"),
)
