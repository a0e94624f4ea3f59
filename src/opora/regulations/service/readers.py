"""`service.toml`: the statute of the support service and the practice beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground
from opora.regulations.service.entries import (
    COUNTERS,
    HORIZONS,
    SOURCES_OF_ROWS,
    SUM_KINDS,
    AnalysisSectionRule,
    GroupLimitRule,
    HourNormRule,
    PassportRowRule,
    PassportSection,
    PassportSum,
    PlanColumn,
    PlanKind,
    ServiceDirection,
    ServicePaper,
)

HOURS_A_WEEK = 40


def direction(raw: RawEntry) -> ServiceDirection:
    """`[[service_direction]]`."""
    return ServiceDirection(**ground(raw), order=raw.number("order"), holds=raw.words("holds"))


def paper(raw: RawEntry) -> ServicePaper:
    """`[[service_paper]]`."""
    return ServicePaper(**ground(raw), order=raw.number("order"), approved_by=raw.word("approved_by", ""))


def plan_kind(raw: RawEntry) -> PlanKind:
    """`[[plan_kind]]`: its code is a horizon."""
    raw.one_of("code", HORIZONS)
    return PlanKind(
        **ground(raw),
        order=raw.number("order"),
        grows_from=raw.one_of("grows_from", ("", *HORIZONS), ""),
        hint=raw.text("hint"),
    )


def plan_column(raw: RawEntry) -> PlanColumn:
    """`[[plan_column]]`."""
    return PlanColumn(**ground(raw), order=raw.number("order"))


def passport_section(raw: RawEntry) -> PassportSection:
    """`[[passport_section]]`."""
    return PassportSection(**ground(raw), order=raw.number("order"))


def passport_row(raw: RawEntry) -> PassportRowRule:
    """`[[passport_row]]`: `counted_from` is a known source, with a value after a colon where it has one."""
    counted_from = raw.word("counted_from", "")
    if counted_from and counted_from.partition(":")[0] not in SOURCES_OF_ROWS:
        raise raw.refuse("counted_from", f"unknown source; allowed: {', '.join(sorted(SOURCES_OF_ROWS))}")
    return PassportRowRule(
        **ground(raw),
        order=raw.number("order"),
        section=raw.word("section"),
        counted_from=counted_from,
        of_family=raw.flag("of_family", True),
    )


def passport_sum(raw: RawEntry) -> PassportSum:
    """`[[passport_sum]]`."""
    parts, counters = raw.words("parts"), raw.words("counters", COUNTERS)
    if not parts or not counters:
        raise raw.refuse("parts", "a sum needs its parts and counters")
    return PassportSum(
        **ground(raw),
        order=raw.number("order"),
        kind=raw.one_of("kind", SUM_KINDS),
        total=raw.word("total"),
        parts=parts,
        counters=counters,
    )


def analysis_section(raw: RawEntry) -> AnalysisSectionRule:
    """`[[analysis_section]]`."""
    return AnalysisSectionRule(
        **ground(raw),
        order=raw.number("order"),
        figures=raw.words("figures"),
        hint=raw.text("hint", ""),
        written=raw.flag("written", True),
    )


def hour_norm(raw: RawEntry) -> HourNormRule:
    """`[[hour_norm]]`: hours with people are no more than the hours of the week."""
    week, direct = raw.decimal("week_hours"), raw.decimal("direct_hours")
    if not 0 < direct <= week <= HOURS_A_WEEK:
        raise raw.refuse("direct_hours", "hours with people stand between 0 and the hours of the week")
    return HourNormRule(**ground(raw), order=raw.number("order"), week_hours=week, direct_hours=direct)


def group_limit(raw: RawEntry) -> GroupLimitRule:
    """`[[group_limit]]`."""
    least, most = raw.number("least"), raw.number("most")
    if not 1 <= least <= most:
        raise raw.refuse("most", "a group holds at least `least` children")
    return GroupLimitRule(
        **ground(raw),
        order=raw.number("order"),
        speciality=raw.word("speciality", ""),
        least=least,
        most=most,
        minutes=raw.number("minutes", 0),
        age_from=raw.number("age_from", 0),
        age_to=raw.number("age_to", 0),
    )


FILES: Mapping[str, tuple[str, ...]] = {
    "service.toml": (
        "service_direction",
        "service_paper",
        "plan_kind",
        "plan_column",
        "passport_section",
        "passport_row",
        "passport_sum",
        "analysis_section",
        "hour_norm",
        "group_limit",
    )
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "service_direction": direction,
    "service_paper": paper,
    "plan_kind": plan_kind,
    "plan_column": plan_column,
    "passport_section": passport_section,
    "passport_row": passport_row,
    "passport_sum": passport_sum,
    "analysis_section": analysis_section,
    "hour_norm": hour_norm,
    "group_limit": group_limit,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("passport_row", "section", "passport_section"),
    ("passport_sum", "total", "passport_row"),
    ("passport_sum", "parts", "passport_row"),
)
