"""`methods.toml`: lists of methods and their items."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.loading import RawEntry
from opora.regulations.methods.entries import ADULT, Method, MethodList
from opora.regulations.readers import ground


def method_list(raw: RawEntry) -> MethodList:
    """`[[method_list]]`: it needs both ages and the number of its items."""
    starts, ends = raw.number("from_months"), raw.number("to_months")
    if not 0 <= starts < ends <= ADULT:
        raise raw.refuse("to_months", f"the ages must grow within 0 and {ADULT} months")
    wider = raw.number("wider_to_months", 0)
    if wider and not ends < wider <= ADULT:
        raise raw.refuse("wider_to_months", f"the wider end must lie after {ends} and within {ADULT} months")
    also = raw.predicates("also_when")
    return MethodList(
        **ground(raw),
        short=raw.text("short"),
        annex=raw.word("annex", ""),
        specialities=raw.words("specialities"),
        from_months=starts,
        to_months=ends,
        wider_to_months=wider,
        wider_clause=raw.text("wider_clause") if wider else "",
        wider_note=raw.text("wider_note") if wider else "",
        also_when=also,
        also_note=raw.text("also_note") if also else "",
        items=raw.number("items"),
        order=raw.number("order"),
    )


def method(raw: RawEntry) -> Method:
    """`[[method]]`: an age of its own needs the words of the letter."""
    starts, ends = raw.number("from_months", 0), raw.number("to_months", 0)
    if not 0 <= starts <= ADULT or not 0 <= ends <= ADULT or (ends and starts >= ends):
        raise raw.refuse("from_months", f"the ages must grow within 0 and {ADULT} months")
    return Method(
        **ground(raw),
        list=raw.word("list"),
        order=raw.number("order"),
        group=raw.text("group", ""),
        from_months=starts,
        to_months=ends,
        age_note=raw.text("age_note", ""),
        preliminary=raw.flag("preliminary", False),
        warning=raw.text("warning", ""),
    )


FILES: Mapping[str, tuple[str, ...]] = {"methods.toml": ("method_list", "method")}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {"method_list": method_list, "method": method}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("method", "list", "method_list"),
    ("method_list", "specialities", "speciality"),
)
