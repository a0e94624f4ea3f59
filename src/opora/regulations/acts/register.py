"""Which act a clause names, which rules rest on an act, and what is known of its status today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opora.regulations.acts.entries import STATUSES, Act
from opora.regulations.edition import Edition
from opora.regulations.entries import Entry, Unverified

_PARTS = re.compile(r"\s*;\s*")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Citation:
    """One part of a clause: the code of the act and the words that name its point."""

    act: str
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of the edition that rests on an act; `table` is what it belongs to."""

    table: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be said of an act: `words` for the screen, `is_known` False while nobody has checked it.

    `recalled` is what is remembered of an unchecked one; it is shown as such and never as the state of the law.
    """

    status: str
    words: str
    is_known: bool
    note: str = ""
    recalled: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"status": self.status, "words": self.words, "known": self.is_known, "note": self.note}


def acts(law: Edition) -> tuple[Act, ...]:
    """Every act of the register in order; acts that are not verified stand among them."""
    known = law.entries("act", Act)
    recalled = tuple(one.proposed for one in law.unverified if _is_new_act(law, one))
    return tuple(sorted((*known, *(one for one in recalled if isinstance(one, Act))), key=lambda one: one.order))


def act_of(law: Edition, code: str) -> Act:
    """An act by its code; KeyError when the register has none."""
    for one in acts(law):
        if one.code == code:
            return one
    raise KeyError(f"edition {law.code} has no act {code!r}")


def _is_new_act(law: Edition, one: Unverified) -> bool:
    return one.table == "act" and one.code not in law.tables.get("act", {})


def standing(law: Edition, act: Act) -> Standing:
    """The status of an act under the edition: what is not verified is never told as the state of the law."""
    doubt = next((one for one in law.unverified if (one.table, one.code) == ("act", act.code)), None)
    if doubt is None:
        return Standing(act.status, _words(law, act), act.status != "unverified", act.note)
    said = doubt.recalled.get("status")
    recalled = STATUSES.get(str(said), "") if said not in (None, "unverified") else ""
    return Standing("unverified", STATUSES["unverified"], False, doubt.note, recalled)


def _words(law: Edition, act: Act) -> str:
    words = STATUSES[act.status]
    if act.until:
        words += f", последний день — {act.until:%d.%m.%Y}"
    if act.replaced_by:
        words += f"; вместо него — {act_of(law, act.replaced_by).short}"
    return words


def citations(law: Edition, clause: str) -> tuple[Citation, ...]:
    """The acts that a clause names, part by part; a part without an act of its own goes on with the one before."""
    marks = law.prepared(f"{__name__}.marks", _marks)
    found: list[Citation] = []
    for part in _PARTS.split(_SPACES.sub(" ", clause)):
        named = [code for code, mark in marks if mark.search(part)]
        if not named and found and part:
            named = [found[-1].act]
        found += [Citation(code, part) for code in dict.fromkeys(named)]
    return tuple(found)


def _marks(law: Edition) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((act.code, _mark(act)) for act in acts(law))


def _mark(act: Act) -> re.Pattern[str]:
    words = [re.escape(_SPACES.sub(" ", mark)) for mark in act.marks]
    if act.number and not act.number.isdigit():
        words.append(re.escape(act.number))
    elif act.number:
        words.append(rf"(?<!письмо )№ {act.number}(?![\w/-])")
    return re.compile("|".join(words), re.IGNORECASE)


def rules(law: Edition) -> tuple[Rule, ...]:
    """Every entry but the acts themselves, in the order of the files."""
    return tuple(
        Rule(table, entry) for table, found in law.tables.items() if table != "act" for entry in found.values()
    )


def rules_of(law: Edition, code: str) -> tuple[Rule, ...]:
    """The rules that rest on an act."""
    return law.prepared(f"{__name__}.rules", _rules_by_act).get(code, ())


def _rules_by_act(law: Edition) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules(law):
        for code in dict.fromkeys(one.act for one in citations(law, rule.entry.clause)):
            found.setdefault(code, []).append(rule)
    return {code: tuple(those) for code, those in found.items()}


def groundless(law: Edition) -> tuple[Rule, ...]:
    """Rules that are said to be law and name no act of the register; a test keeps this empty."""
    return tuple(rule for rule in rules(law) if rule.entry.is_law and not citations(law, rule.entry.clause))


def counts(rows: Iterable[Rule]) -> dict[str, int]:
    """How many rules each table holds."""
    found: dict[str, int] = {}
    for rule in rows:
        found[rule.table] = found.get(rule.table, 0) + 1
    return found
