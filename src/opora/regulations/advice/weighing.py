"""Weighing one category or one programme: what speaks for it, against it, what is not recorded."""

from __future__ import annotations

from dataclasses import dataclass, field

from opora.regulations.advice import entries as a
from opora.regulations.advice.answers import Candidate, RuledOut
from opora.regulations.advice.compiling import Compiled, Rules, Subject
from opora.regulations.predicates import Lookup
from opora.regulations.reasons import Reason


@dataclass(slots=True)
class Weighing:
    """What the rows of one subject say. `met`: one of its grounds holds; `excluded`: it is ruled out. What rules out
    goes first in `against`; `firm` counts it."""

    subject: Subject
    reasons: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    firm: int = 0
    leaves_open: bool = False
    met: bool = False
    excluded: bool = False

    def take(self, row: Compiled, facts: Lookup) -> None:
        """Hear one row."""
        holds, missing = row.holds(facts)
        if holds is None:
            if row.asks:
                self.missing += missing
            self.leaves_open |= row.otherwise is not None
        elif not holds:
            if row.otherwise is not None:
                self.object(row.otherwise, row.role == a.REQUIRES)
        elif row.role in (a.WEAKENS, a.EXCLUDES):
            self.object(row.reason(facts), row.role == a.EXCLUDES)
        else:
            self.reasons.append(row.reason(facts))
            self.leaves_open |= row.leaves_open
            self.met |= row.role == a.GROUND

    def object(self, reason: Reason, excludes: bool) -> None:
        """Hear what speaks against."""
        if excludes:
            self.against.insert(self.firm, reason)
            self.firm += 1
            self.excluded = True
        else:
            self.against.append(reason)


def _heard(rows: tuple[Compiled, ...], stage: str) -> tuple[Compiled, ...]:
    return tuple(row for row in rows if not row.stages or stage in row.stages)


def weigh_grounds(subject: Subject, facts: Lookup, stage: str) -> Weighing:
    """Whether the category is under discussion at all."""
    found = Weighing(subject)
    for row in subject.grounds:
        if not row.stages or stage in row.stages:
            found.take(row, facts)
    return found


def weigh_rules(found: Weighing, facts: Lookup, stage: str, excluding: bool = True) -> Weighing:
    """The other rows of a category under discussion; what its other grounds hang on matters no more.

    Without `excluding` what parts categories from each other is not heard.
    """
    found.missing.clear()
    for row in _heard(found.subject.rules, stage):
        if excluding or row.role != a.EXCLUDES:
            found.take(row, facts)
    return found


def weigh_programme(subject: Subject, facts: Lookup, stage: str) -> Weighing:
    """The rows of one programme; one that has grounds needs one of them."""
    found = weigh_grounds(subject, facts, stage)
    if found.met:
        found.missing.clear()
    elif subject.no_ground is not None and not found.missing:
        found.object(subject.no_ground, True)
    for row in _heard(subject.rules, stage):
        found.take(row, facts)
    return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its place in order: strength, reasons of its own, fewer objections, the order of the letter."""

    rank: tuple[int, bool, int, int, int]
    candidate: Candidate


def _together(whole: Weighing, own: Weighing) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Reasons for and against of a category and its variant; of two that rest on the same facts the variant's stands,
    and what rules out goes first."""
    said = {one.facts for one in own.reasons}
    reasons = (*(one for one in whole.reasons if one.facts not in said), *own.reasons)
    firm = (*whole.against[: whole.firm], *own.against[: own.firm])
    return reasons, (*firm, *whole.against[whole.firm :], *own.against[own.firm :])


STRENGTH_RANK = {"decided": 0, "likely": 1, "possible": 2}


def judge(
    rules: Rules, facts: Lookup, code: str, whole: Weighing, own: Weighing | None = None, capped: bool = False
) -> Ranked | RuledOut:
    """The verdict on the programme `code` of a weighed category, for a variant with the rows of its `own`.

    `capped`: the letter names no programme here, so that the candidate is never more than likely.
    """
    reasons, against = _together(whole, own) if own else (tuple(whole.reasons), tuple(whole.against))
    category = "" if whole.subject.code == a.ORDINARY else whole.subject.code
    if whole.excluded or (own and own.excluded):
        return RuledOut(code, category, reasons, against)
    missing = rules.asked((*whole.missing, *own.missing) if own else whole.missing, facts)
    known = bool(own.reasons) if own else bool(category) or len(missing) < len(reasons)
    open_choice = capped or whole.leaves_open or bool(own and own.leaves_open)
    strength = "possible" if against or not known else "likely" if missing or open_choice else "decided"
    place = own.subject.variant if own else 0
    return Ranked(
        (STRENGTH_RANK[strength], not known, len(against), whole.subject.order, place),
        Candidate(
            programme=code,
            strength=strength,
            category=category,
            has_limitations=bool(category),
            reasons=reasons,
            against=against,
            missing=missing,
        ),
    )
