"""`reexamination.toml`: rules, numbers of the school calendar, reminders."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground
from opora.regulations.reexamination.entries import ReexaminationRule, Reminder, SchoolNumber

WAYS = (
    "none",
    "years_from_start",
    "next_school_year",
    "end_of_primary",
    "before_school",
    "end_of_early_age",
    "before_gia",
    "before_gia_secondary",
    "end_of_intellectual",
)
NEED_TERM = ("years_from_start", "before_gia", "before_gia_secondary", "end_of_intellectual")


def rule(raw: RawEntry) -> ReexaminationRule:
    """`[[reexamination_rule]]`: a way of counting that needs a term must name it."""
    counts = raw.one_of("counts", WAYS, "none")
    term = raw.word("term", "")
    if counts in NEED_TERM and not term:
        raise raw.refuse("term", f"{counts} needs a term" + raw.near("term"))
    return ReexaminationRule(
        **ground(raw),
        order=raw.number("order"),
        audience=raw.words("audience"),
        when=raw.predicates("when"),
        unless=raw.predicates("unless"),
        wording=raw.word("wording"),
        counts=counts,
        term=term,
        prolonged=raw.words("prolonged"),
        conditional=raw.flag("conditional", False),
        fallback=raw.flag("fallback", False),
    )


def school_number(raw: RawEntry) -> SchoolNumber:
    """`[[school_number]]`."""
    return SchoolNumber(**ground(raw), value=raw.number("value"))


def reminder(raw: RawEntry) -> Reminder:
    """`[[reminder]]`."""
    return Reminder(**ground(raw), value=raw.number("value"), unit=raw.one_of("unit", ("months", "calendar_days")))


FILES: Mapping[str, tuple[str, ...]] = {
    "reexamination.toml": ("reexamination_rule", "school_number", "reminder"),
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "reexamination_rule": rule,
    "school_number": school_number,
    "reminder": reminder,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("reexamination_rule", "audience", "audience"),
    ("reexamination_rule", "wording", "vocabulary:reexamination_wording"),
    ("reexamination_rule", "term", "term"),
    ("reexamination_rule", "prolonged", "programme"),
)
