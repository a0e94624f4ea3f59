"""What the checks look at, and what they find. Everything is handed in: nothing here asks a clock or a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from zlib import crc32

from opora.regulations.checks.entries import BLOCK, WARNING
from opora.regulations.facts.case import CaseFacts
from opora.regulations.predicates import Value
from opora.regulations.reasons import Reason


class Observed(Protocol):
    """One specialist's recorded fact."""

    @property
    def speciality(self) -> str: ...
    @property
    def fact(self) -> str: ...
    @property
    def value(self) -> Value: ...


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis of the child's file; `consented`: the parent agreed in writing to naming it with its code."""

    text: str
    icd10: str = ""
    consented: bool = False


@dataclass(frozen=True, slots=True)
class OwnView:
    """What one specialist concludes in an own sheet; `has_opinion`: an own special opinion is recorded."""

    speciality: str
    text: str
    has_opinion: bool = False


@dataclass(frozen=True, slots=True)
class Advised:
    """What the advice says: `listed` programmes, each with the code that it is oriented to or an empty text (none: it
    could not say), what contradicts itself, what speaks against the chosen programme."""

    listed: frozenset[tuple[str, str]] = frozenset()
    contradictions: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Latest:
    """The last day that a clause leaves for the next examination, with its wording and the reason. `conditional`: it
    asks for an examination only if difficulties last, so a later day beside its wording is no fault."""

    day: date | None
    wording: str
    reason: Reason
    conditional: bool = False


@dataclass(frozen=True)
class Subject:
    """A conclusion before signing.

    `facts` hold the chosen programme and the day of signing. `answers` by codes of the conclusion's fields: yes-or-no
    is True, False or None, a date an ISO text, several choices a list. `texts` by codes of the written sections
    (direction_* for each specialist); `school_texts` are those that the school's copy shows. `organisations` are names
    of the register that recommendations must not repeat. `latest` are the demands of
    the law on the next examination; `template` says that the directions are a template.
    `state` maps a check of the kind «state» to what the caller found.
    """

    facts: CaseFacts
    answers: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    school_texts: frozenset[str] = frozenset()
    observations: tuple[Observed, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    views: tuple[OwnView, ...] = ()
    organisations: tuple[str, ...] = ()
    advised: Advised = Advised()
    latest: tuple[Latest, ...] = ()
    template: Reason | None = None
    state: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A check that was met. `place` is the anchor of the sheet where it is mended, empty when it lies elsewhere; `rule`
    is the code of the rule of advice, of terms or of facts that says so, empty when it is the check itself."""

    code: str
    severity: str
    title: str
    message: str
    clause: str
    place: str = ""
    note: str = ""
    is_law: bool = True
    rule: str = ""

    @property
    def key(self) -> str:
        """Stands for this very finding: other words found, another key; so no old reason covers a new warning."""
        return f"{self.code}-{crc32(f'{self.place}|{self.message}'.encode()):08x}"

    @property
    def blocks(self) -> bool:
        """Whether nobody can sign over it."""
        return self.severity == BLOCK

    @property
    def warns(self) -> bool:
        """Whether the head must give a reason to sign over it."""
        return self.severity == WARNING

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found: dict[str, Any] = {
            "code": self.code, "severity": self.severity, "title": self.title, "message": self.message,
            "clause": self.clause, "place": self.place,
        }  # fmt: skip
        if self.rule:
            found["rule"] = self.rule
        if self.note:
            found["note"] = self.note
        if not self.is_law:
            found["law"] = False
        return found
