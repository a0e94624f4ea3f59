"""What a check before signing is: an entry of the edition with its severity, its place and how it is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate

BLOCK, WARNING, NOTE = SEVERITIES = ("block", "warning", "note")
RULE_CODES = frozenset({
    "no_such_section", "same_second_programme", "past_term", "late_term", "poor_features",
    "named_register_organisation", "diagnosis_for_school", "declined_diagnosis_for_school",
    "diagnosis_without_consent", "observations_differ", "dissent_unrecorded", "template_directions",
    "same_directions", "variant_not_advised", "variant_against", "advice_contradiction", "facts_exclude",
    "extracurricular_with_variant_1", "flexible_wording",
})  # fmt: skip
"""Checks that are functions of `rules.py`; readers know them by name, for rules stand above the editions."""


@dataclass(frozen=True, slots=True)
class Given:
    """Conditions about the answers and texts of the conclusion (codes of its fields), not about facts."""

    conditions: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Entry):
    """One named check; `title` is its name in lists, `message` what the person reads when it is met.

    `severity`: block (cannot be passed), warning (the head may sign over it with a reason) or note (worth a look).
    `kind` says how it is looked for:
      conditions  `when`, `unless` and `answers` decide alone;
      words       one of the regular expressions `words` stands in a sentence of the texts `where`, and none of
                  `exceptions` stands beside it; without `words` any sentence counts. `stems` are cheap signs: a text
                  without any of them is not looked through;
      state       the caller says so (consents, sheets, members present), for the law has no table of it;
      rule        the function of this code in `rules.py`.
    `when` must certainly hold, `unless` must not certainly hold (facts); `answers` are codes of the fields that `given`
    asks about. `applies`: always | needs (special conditions are needed) | special (needed, or the child has ОВЗ).
    `instead_of`: contradictions of the advice that say the same and are not said twice.
    `place` is the anchor of the sheet where it is mended, unless the finding itself knows better.
    """

    order: int
    severity: str
    kind: str
    message: str
    place: str
    applies: str
    when: tuple[Predicate, ...]
    unless: tuple[Predicate, ...]
    answers: tuple[str, ...]
    given: Given
    words: tuple[str, ...]
    exceptions: tuple[str, ...]
    stems: tuple[str, ...]
    where: tuple[str, ...]
    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance(Entry):
    """How far two specialists' numbers for one fact (`code`) may lie apart before it is a contradiction."""

    value: float
