"""What a brought conclusion asks of a school: kinds of duties, conditions to tick, typed lines understood (K-11)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from opora.regulations.duties.entries import DutyKind
from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.icd10 import icd10_is_wellformed, icd10_normalise
from opora.regulations.special.offering import Offer, conditions_for

LESSONS, REEXAMINATION, OTHER = "lessons", "reexamination", "other"
NOT_NEEDED = "not_needed"
# Specialists by the beginnings of their names in any case of the noun; longer ones first.
SPECIALISTS = (
    ("социальн", "social_pedagogue"), ("сурдопедагог", "hearing_teacher"), ("тифлопедагог", "vision_teacher"),
    ("дефектолог", "defectologist"), ("логопед", "speech_therapist"), ("психолог", "psychologist"),
)  # fmt: skip
_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(?:ч\b|час|раза?\b|занят)", re.IGNORECASE)
# Where the commission fills a text in: a school writes down what the paper says.
_GAP = re.compile(r":?\s*\[указать:[^\]]*\]")
_CODE = re.compile(r"(?<![\w№])[A-ZА-Я]\d{2}(?:[.,]\d{1,3})?(?![\w])")
MOST_HOURS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line as it is understood; `hours` a week and `speciality` stand at lessons alone."""

    kind: str
    text: str
    speciality: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class KindOffers:
    """Conditions of the catalogue that one kind of duty may be made of."""

    kind: DutyKind
    offers: tuple[Offer, ...]


def duty_kinds(law: Edition) -> tuple[DutyKind, ...]:
    """All kinds in the order of the conclusion's sections."""
    return law.entries("duty_kind", DutyKind)


def conditions_by_kind(
    law: Edition, *, programme: str = "", orientation: str = "", born: date | None = None, on: date | None = None
) -> tuple[KindOffers, ...]:
    """Conditions that fit a programme and an age, by kind of duty; those that follow from it go first."""
    kinds = duty_kinds(law)
    facts = CaseFacts(law, {}, born, on, programme, orientation)
    found: dict[str, list[Offer]] = {one.code: [] for one in kinds}
    for offer in conditions_for(facts):
        if not any(value == NOT_NEEDED for _, value in offer.answers):
            found[kind_of_offer(kinds, offer)].append(replace(offer, text=_GAP.sub("", offer.text)))
    return tuple(KindOffers(one, tuple(found[one.code])) for one in kinds if found[one.code])


def kind_of_offer(kinds: Iterable[DutyKind], offer: Offer) -> str:
    """The kind whose group, else whose section, holds the condition."""
    every = tuple(kinds)
    by_group = next((one.code for one in every if offer.group in one.groups), "")
    return by_group or next((one.code for one in every if offer.section in one.sections), OTHER)


def line_read(law: Edition, text: str) -> Line:
    """«Логопед — 2 часа в неделю» is a lesson with its specialist and hours; a line not understood is «другое»."""
    words = " ".join(text.split())
    plain = words.lower().replace("ё", "е")
    places = [(plain.find(word), one.order, one.code) for one in duty_kinds(law) for word in one.words if word in plain]
    kind = min(places)[2] if places else OTHER
    if kind != LESSONS:
        return Line(kind, words)
    speciality = next((code for word, code in SPECIALISTS if word in plain), "")
    hours = _HOURS.search(plain)
    value = hours[1].replace(",", ".") if hours else ""
    return Line(kind, words, speciality, value if value and 0 < float(value) <= MOST_HOURS else "")


def due_offered(kind: DutyKind, brought_on: date, next_on: date | None, valid_until: date | None) -> date:
    """The day that is offered: never after the end of the conclusion; a new examination has the conclusion's own."""
    day = brought_on + timedelta(days=kind.days)
    if kind.code == REEXAMINATION:
        day = next_on or valid_until or brought_on
    return min(day, valid_until) if valid_until and valid_until >= brought_on else day


def icd_codes_in(text: str) -> tuple[str, ...]:
    """Codes of diagnoses in a text, «F70» and «Н90.3» alike."""
    found = (icd10_normalise(one) for one in _CODE.findall(text))
    return tuple(dict.fromkeys(one for one in found if icd10_is_wellformed(one)))
