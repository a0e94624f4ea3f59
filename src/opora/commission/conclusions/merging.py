"""Answers of one sheet by two people at once: what each changed is written, what both changed is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Sheet = TypeVar("Sheet")


@dataclass(frozen=True)
class Difference:
    """An answer that two people gave differently: its caption, what was sent, what another person saved."""

    code: str
    title: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class FillResult(Generic[Sheet]):
    """With `conflicts` nothing was saved."""

    conclusion: Sheet
    conflicts: tuple[Difference, ...] = ()


def changed_by_him(wanted: Mapping[str, Any], kept: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Of the answers sent, those that differ from what the person saw (`base`)."""
    return {code: value for code, value in wanted.items() if value != base.get(code, kept[code])}


def changed_by_both(
    wanted: Mapping[str, Any], kept: Mapping[str, Any], base: Mapping[str, Any], title: Callable[[str], str]
) -> tuple[Difference, ...]:
    """Answers changed by two people since `base`, each to something else; `title` gives the caption of a code."""
    return tuple(
        Difference(code, title(code), value, kept[code])
        for code, value in wanted.items()
        if kept[code] != base.get(code, kept[code]) and kept[code] != value
    )
