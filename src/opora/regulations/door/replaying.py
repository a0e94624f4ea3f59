"""Signed conclusions judged anew: what today's rules would say otherwise of what signing froze.

`basis` is what `checks.reading.basis_of` made at signing, with the codes of the checks that were met and the
programmes that were advised. Checks that need the case itself (its papers, who was present) are left out: a signed
case was in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from opora.regulations.checks.checking import check, checks_of
from opora.regulations.checks.reading import subject_of_basis
from opora.regulations.edition import Edition

EXAMPLES = 20  # cases named beside each count


@dataclass(frozen=True, slots=True)
class Difference:
    """One conclusion: checks met now and not then, met then and not now; what the advice says of its programme."""

    programme: str
    appeared: tuple[str, ...]
    disappeared: tuple[str, ...]
    no_longer_advised: bool
    newly_advised: bool

    @property
    def is_none(self) -> bool:
        """Whether today's rules say the same."""
        return not (self.appeared or self.disappeared or self.no_longer_advised or self.newly_advised)


def replay(law: Edition, basis: Mapping[str, Any]) -> Difference:
    """Judge one signed conclusion by an edition, on the day of its signature. KeyError, ValueError, TypeError for what
    this version cannot read."""
    subject = subject_of_basis(law, basis)
    repeatable = law.prepared(__name__, _repeatable)
    then = {_code(one) for one in basis.get("checks", ())} & repeatable
    now = {one.code for one in check(subject)} & repeatable
    advised_now = {":".join(filter(None, pair)) for pair in subject.advised.listed}
    advised_then = set(basis.get("advice", ()))
    chosen = _chosen(subject.answers)
    return Difference(
        str(basis.get("programme", "")),
        tuple(sorted(now - then)),
        tuple(sorted(then - now)),
        bool(advised_then) and chosen in advised_then and chosen not in advised_now,
        bool(advised_then) and chosen not in advised_then and chosen in advised_now,
    )


def _repeatable(law: Edition) -> frozenset[str]:
    return frozenset(one.code for one in checks_of(law) if one.kind != "state")


def _code(met: Any) -> str:
    """The code of a check as the basis keeps it: alone, or with its key and words."""
    return str(met.get("code", "")) if isinstance(met, Mapping) else str(met)


def _chosen(answers: Mapping[str, Any]) -> str:
    return ":".join(filter(None, (answers.get("programme_code") or "", answers.get("orientation") or "")))


@dataclass
class Report:
    """The sum of many differences: counts with the numbers of the first cases, nothing of any child."""

    judged: int = 0
    same: int = 0
    unreadable: int = 0
    appeared: Counter[str] = field(default_factory=Counter)
    disappeared: Counter[str] = field(default_factory=Counter)
    no_longer_advised: Counter[str] = field(default_factory=Counter)
    newly_advised: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, case: str, found: Difference) -> None:
        """Count one conclusion; `case` is the number of its case."""
        self.judged += 1
        self.same += found.is_none
        for code in found.appeared:
            self.appeared[code] += 1
            self._name(f"appeared.{code}", case)
        for code in found.disappeared:
            self.disappeared[code] += 1
            self._name(f"disappeared.{code}", case)
        if found.no_longer_advised:
            self.no_longer_advised[found.programme] += 1
            self._name(f"no_longer_advised.{found.programme}", case)
        if found.newly_advised:
            self.newly_advised[found.programme] += 1
            self._name(f"newly_advised.{found.programme}", case)

    def skip(self, case: str) -> None:
        """Note a conclusion that could not be read."""
        self.unreadable += 1
        self._name("unreadable", case)

    def _name(self, what: str, case: str) -> None:
        named = self.examples.setdefault(what, [])
        if len(named) < EXAMPLES:
            named.append(case)

    def merge(self, others: Iterable[Report]) -> Report:
        """Add the sums of other workers."""
        for one in others:
            self.judged += one.judged
            self.same += one.same
            self.unreadable += one.unreadable
            for name in ("appeared", "disappeared", "no_longer_advised", "newly_advised"):
                getattr(self, name).update(getattr(one, name))
            for what, cases in one.examples.items():
                for case in cases:
                    self._name(what, case)
        return self

    def as_json(self, law: Edition) -> dict[str, Any]:
        """The report for machines: each check with its title and clause."""
        checks = {one.code: one for one in checks_of(law)}

        def checked(counts: Counter[str], side: str) -> list[dict[str, Any]]:
            return [
                {
                    "check": code, "title": checks[code].title, "clause": checks[code].clause, "count": count,
                    "cases": self.examples.get(f"{side}.{code}", []),
                }
                for code, count in _ordered(counts)
                if code in checks
            ]  # fmt: skip

        def programmes(counts: Counter[str], side: str) -> list[dict[str, Any]]:
            return [
                {"programme": code, "count": count, "cases": self.examples.get(f"{side}.{code}", [])}
                for code, count in _ordered(counts)
            ]

        return {
            "edition": law.code,
            "judged": self.judged,
            "same": self.same,
            "unreadable": {"count": self.unreadable, "cases": self.examples.get("unreadable", [])},
            "checks_met_now": checked(self.appeared, "appeared"),
            "checks_met_no_more": checked(self.disappeared, "disappeared"),
            "programmes_no_longer_advised": programmes(self.no_longer_advised, "no_longer_advised"),
            "programmes_newly_advised": programmes(self.newly_advised, "newly_advised"),
        }


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
