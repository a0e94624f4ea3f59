"""Which conditions of the state examination fit a learner: the catalogue of special conditions, placed in two lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opora.regulations.attestation.entries import AttestationOffer, AttestationPlacing, AttestationQuestion
from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.reasons import Reason
from opora.regulations.special.audiences import any_holds, in_words
from opora.regulations.special.offering import Offer, conditions_for

FIELD = "gia"  # of item 10 of the ordinary conclusion
SPECIAL, ASKED = "special", "asked"
LEVEL_FACT = {"9": "basic", "11": "secondary"}
SCHOOLING = frozenset({"level", "grade", "programme_level"})
_SUFFIX = "_gia"


@dataclass(frozen=True, slots=True)
class ConditionOffer:
    """A condition offered for one of the lists. `recommended`: it follows from recorded facts, or everybody gets it."""

    code: str
    place: str
    text: str
    clause: str
    recommended: bool
    reasons: tuple[Reason, ...] = ()
    note: str = ""
    is_law: bool = True

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found: dict[str, Any] = {
            "code": self.code, "list": self.place, "text": self.text, "clause": self.clause,
            "recommended": self.recommended, "reasons": [one.as_json() for one in self.reasons],
        }  # fmt: skip
        if self.note:
            found["note"] = self.note
        if not self.is_law:
            found["law"] = False
        return found


def has_attestation(law: Edition) -> bool:
    """Whether the edition knows a conclusion on ГИА of its own; the letter knows only item 10 of 2.16."""
    return bool(law.entries("attestation_question", AttestationQuestion))


def offers_for(facts: CaseFacts, level: str) -> tuple[ConditionOffer, ...]:
    """Conditions for a learner who sits ГИА of a level: those that follow from facts first.

    A learner whose programme has no ГИА gets none.
    """
    at_level = _at_level(facts, level)
    places = facts.law.prepared(__name__, _places)
    found = [
        _of_catalogue(one, places.get(one.code.removesuffix(_SUFFIX)))
        for one in conditions_for(at_level)
        if one.field == FIELD
    ]
    if not found:
        return ()
    found = [one for one in found if one.place != ASKED]
    found += [
        _of_sheet(one, at_level)
        for one in facts.law.entries("attestation_offer", AttestationOffer)
        if (not one.levels or not level or level in one.levels) and not _ruled_out(one, at_level)
    ]
    return tuple(sorted(found, key=lambda one: not one.recommended))


def _at_level(facts: CaseFacts, level: str) -> CaseFacts:
    """The level of the examination stands for the level of schooling, whatever was recorded of that."""
    values = {**facts.values, "level": LEVEL_FACT.get(level, "basic")}
    return CaseFacts(facts.law, values, facts.born, facts.on, facts.programme, facts.orientation)


def _places(law: Edition) -> Mapping[str, AttestationPlacing]:
    known = law.entries("attestation_placing", AttestationPlacing)
    return {code: one for one in known for code in one.conditions}


def _ruled_out(offer: AttestationOffer, facts: CaseFacts) -> bool:
    """Whether facts are recorded that say no to every one of its conditions."""
    return bool(offer.follows_from) and all(one.holds(facts) is False for one in offer.follows_from)


def _of_catalogue(offer: Offer, placing: AttestationPlacing | None) -> ConditionOffer:
    """That the learner sits ГИА is no finding, so it is no reason either."""
    reasons = tuple(one for one in offer.reasons if not set(one.facts) <= SCHOOLING)
    place = placing.place if placing else SPECIAL
    recommended = offer.recommended or (placing is not None and placing.always)
    return ConditionOffer(
        offer.code, place, offer.text, offer.clause, recommended, reasons, offer.note, offer.is_law
    )  # fmt: skip


def _of_sheet(offer: AttestationOffer, facts: CaseFacts) -> ConditionOffer:
    said = any_holds(offer.follows_from, facts)
    reasons: tuple[Reason, ...] = ()
    if said is not None:
        words = in_words(facts, said.fact)
        reasons = (Reason(offer.code, words, offer.clause, (said.fact,), "", offer.is_law),)
    return ConditionOffer(
        offer.code, offer.place, offer.text, offer.clause, offer.always or said is not None, reasons, offer.note,
        offer.is_law,
    )  # fmt: skip
