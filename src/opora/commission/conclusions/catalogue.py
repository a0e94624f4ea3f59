"""What the edition offers for a conclusion: programme, conditions, directions, the next examination (P-19 … P-22).

The rules live in `regulations`; here their offers are asked for the facts of the case and the programme chosen on the
sheet, and brought to the places of the sheet: a text section or an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from opora.commission.findings.gathering import case_facts
from opora.regulations.advice.answers import Candidate
from opora.regulations.directions.choosing import Direction, directions_for, template_of
from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.reasons import Reason
from opora.regulations.reexamination.terms import Demand, NextExamination, next_examination
from opora.regulations.special.offering import Offer, conditions_for

from .answers import BY_CODE, title_of
from .models import Conclusion
from .sections import DIRECTION

# Answers of one question that cannot stand together: taking one of them drops the others.
EXCLUSIVE = {"regime": frozenset({"full_day", "short_day", "short_stay_group"})}
_BLANK = re.compile(r"\[указать[^\]]*\]")
_YES = ("yes", "true", "1")


@dataclass(frozen=True)
class Entry:
    """One offer at its place on the sheet. `place` is the code of a text section or of an answer.

    `label` names the answer that it goes to; `answers` are what it answers besides; `is_taken`: it stands there now.
    """

    code: str
    place: str
    text: str
    clause: str
    group: str
    recommended: bool
    reasons: tuple[Reason, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    is_text: bool = True
    label: str = ""
    individual: str = ""
    note: str = ""
    is_law: bool = True

    @property
    def is_answer(self) -> bool:
        """Whether it goes to a chosen answer, not to a text section."""
        return self.place in BY_CODE


class Catalogue:
    """Offers for one conclusion as it is chosen now."""

    def __init__(self, facts: CaseFacts, conclusion: Conclusion) -> None:
        self.found = facts
        orientation = str(conclusion.answers.get("orientation") or "")
        code = conclusion.programme_code
        self.facts = facts.with_programme(code, orientation) if code else facts
        self.law = facts.law

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every offer, the recommended ones of a place first."""
        every = [self._of_condition(one) for one in conditions_for(self.facts)]
        every += [self._of_direction(one) for one in directions_for(self.facts)]
        return tuple(sorted(every, key=lambda one: not one.recommended))

    @cached_property
    def next(self) -> NextExamination:
        """The computed term with every demand."""
        return next_examination(self.facts)

    def at(self, places: Iterable[str]) -> list[Entry]:
        """Offers for some places of the sheet, in order."""
        wanted = frozenset(places)
        return [one for one in self.entries if one.place in wanted]

    def entry(self, place: str, code: str) -> Entry | None:
        """One offer; None when the facts or the programme no longer ask for it."""
        return next((one for one in self.entries if (one.place, one.code) == (place, code)), None)

    def demand(self, wording: str, day: str) -> Demand | None:
        """A demand of the next examination by what it puts into the answers."""
        return next((one for one in self.next.demands if (one.wording, iso(one.day)) == (wording, day)), None)

    def candidate(self, programme: str, orientation: str, second: str) -> Candidate | None:
        """A candidate of the advice by its codes; the advice does not look at what is chosen on the sheet."""
        from opora.regulations.advice.advising import advise

        wanted = (programme, orientation, second)
        every = advise(self.found).candidates
        return next((one for one in every if (one.programme, one.orientation, one.second_programme) == wanted), None)

    def template(self, texts: Mapping[str, str]) -> Reason | None:
        """Why the directions written now (texts by section) are a template."""
        chosen = {code.removeprefix(DIRECTION): text for code, text in texts.items() if code.startswith(DIRECTION)}
        return template_of(self.facts, {code: text for code, text in chosen.items() if text.strip()})

    def _of_condition(self, offer: Offer) -> Entry:
        answer = BY_CODE.get(offer.field)
        return Entry(
            code=offer.code, place=offer.field, text=offer.text, clause=offer.clause, group=offer.group_title,
            recommended=offer.recommended, reasons=offer.reasons, answers=offer.answers, is_text=offer.is_text,
            label=title_of(self.law, answer) if answer else "", note=offer.note, is_law=offer.is_law,
        )  # fmt: skip

    def _of_direction(self, offer: Direction) -> Entry:
        return Entry(
            code=offer.code, place=f"{DIRECTION}{offer.specialist}", text=offer.text, clause=offer.clause, group="",
            recommended=offer.recommended, reasons=offer.reasons, individual=offer.individual, note=offer.note,
            is_law=offer.is_law,
        )  # fmt: skip


def catalogue_of(conclusion: Conclusion, on: date) -> Catalogue:
    """The catalogue for a conclusion on a day, asked for what all sheets of its case have found."""
    return Catalogue(case_facts(conclusion.case, on), conclusion)


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def answers_with(values: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """Answers that change when an offer is taken over `values` (all answers as they are on the sheet)."""
    changed: dict[str, Any] = {}
    for code, value in entry.answers:
        if code in BY_CODE:
            changed[code] = _answered(code, value, changed.get(code, values.get(code)))
    if entry.is_answer and entry.is_text:
        kept = str(values.get(entry.place) or "").strip()
        if entry.text not in kept:
            changed[entry.place] = f"{kept.rstrip('; .')}; {entry.text}" if kept else entry.text
    return {code: value for code, value in changed.items() if value != values.get(code)}


def _answered(code: str, value: str, kept: Any) -> Any:
    match BY_CODE[code].kind:
        case "choices":
            others = EXCLUSIVE.get(code, frozenset()) if value in EXCLUSIVE.get(code, ()) else frozenset()
            return [*(one for one in kept or [] if one not in others and one != value), value]
        case "yes_no" | "flag":
            return value in _YES
    return value


def answers_of_candidate(candidate: Candidate, law: Edition, values: Mapping[str, Any]) -> dict[str, Any]:
    """What choosing a candidate answers; a section of the old programme goes when the new one has none."""
    changed: dict[str, Any] = {
        "has_limitations": candidate.has_limitations,
        "programme_code": candidate.programme,
        "orientation": candidate.orientation,
        "second_programme_code": candidate.second_programme,
    }
    if values.get("programme_section") and not law.programme(candidate.programme).sections:
        changed["programme_section"] = ""
    return changed


def answers_of_demand(demand: Demand) -> dict[str, Any]:
    """What taking a term answers: the wording of the letter and the day that it names, if any."""
    return {"reexamination_wording": demand.wording, "term_on": iso(demand.day)}


def block_of(wanted: str) -> str:
    """The block of the sheet that an offer («offer:place:code», «programme:…», «term:…») belongs to."""
    kind, _, rest = wanted.partition(":")
    if kind == "offer":
        answer = BY_CODE.get(rest.partition(":")[0])
        return answer.section if answer else ""
    return {"programme": "programme", "term": "reexamination"}.get(kind, "")


def is_taken(entry: Entry, values: Mapping[str, Any]) -> bool:
    """Whether an offer for an answer stands there already."""
    return not answers_with(values, entry)


def blanks_in(text: str) -> list[str]:
    """Places that the specialist has still to fill: «[указать: …]»."""
    return list(dict.fromkeys(_BLANK.findall(text)))


def grouped(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """What follows from the findings, then what fits the category, each under its words."""
    wanted = [one for one in entries if one.recommended]
    possible = [one for one in entries if not one.recommended]
    named = (("Следует из записанных данных", wanted), ("Подходит категории и программе", possible))
    return [(title, found) for title, found in named if found]
