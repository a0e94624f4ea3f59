"""What is asked of a paper about one child, and the sentences that chosen wordings make."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from opora.regulations.calendar import age_on
from opora.regulations.edition import Edition
from opora.regulations.presentations.entries import PresentationChoice, PresentationKind, PresentationSection

FEMALE = "female"
BLANK = re.compile(r"\[указать[^\]]*\]")
"""A place of a wording that the writer fills."""
_GENDERED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_STAGE_OF_LEVEL = {
    "early": "preschool", "preschool": "preschool", "primary": "primary",
    "basic": "teenager", "secondary": "teenager", "vocational": "teenager",
}  # fmt: skip
SCHOOL_AGE, TEENAGE = 7, 11


def kinds(law: Edition) -> tuple[PresentationKind, ...]:
    """All papers in their order."""
    return law.entries("presentation_kind", PresentationKind)


def kind(law: Edition, code: str) -> PresentationKind:
    """A paper by its code; KeyError when there is none."""
    return law.entry("presentation_kind", PresentationKind, code)


def kind_of_speciality(law: Edition, speciality: str) -> str:
    """The paper that a specialist writes, or an empty code."""
    return next((one.code for one in kinds(law) if speciality and speciality in one.specialities), "")


def stage_of(level: str, born: date, on: date) -> str:
    """Preschool, primary or teenager: by the level of education, without one by age."""
    if level in _STAGE_OF_LEVEL:
        return _STAGE_OF_LEVEL[level]
    years = age_on(born, on).years
    return "preschool" if years < SCHOOL_AGE else "primary" if years < TEENAGE else "teenager"


def sections(law: Edition, kind: str, stage: str) -> tuple[PresentationSection, ...]:
    """Sections of a paper for a child of this stage, those that the system fills included."""
    return tuple(one for one in law.prepared(__name__, _sections).get(kind, ()) if one.is_for(stage))


def choices(law: Edition, section: str, stage: str = "") -> tuple[PresentationChoice, ...]:
    """Choices of wording of a section; without a stage all of them."""
    every = law.prepared(f"{__name__}.choices", _choices).get(section, ())
    return tuple(one for one in every if not stage or one.is_for(stage))


def _sections(law: Edition) -> Mapping[str, tuple[PresentationSection, ...]]:
    found: dict[str, tuple[PresentationSection, ...]] = {}
    for one in law.entries("presentation_section", PresentationSection):
        found[one.kind] = (*found.get(one.kind, ()), one)
    return found


def _choices(law: Edition) -> Mapping[str, tuple[PresentationChoice, ...]]:
    found: dict[str, tuple[PresentationChoice, ...]] = {}
    for one in law.entries("presentation_choice", PresentationChoice):
        found[one.section] = (*found.get(one.section, ()), one)
    return found


def gendered(text: str, sex: str) -> str:
    """«{Пришел|Пришла}» for a boy or a girl."""
    return _GENDERED.sub(lambda found: found[2 if sex == FEMALE else 1], text)


def sentences(choice: PresentationChoice, chosen: Collection[str], sex: str) -> tuple[str, ...]:
    """What the chosen wordings say: one sentence behind the lead, or each its own."""
    picked = [gendered(text, sex) for code, text in choice.wordings.items() if code in chosen]
    if not choice.lead:
        return tuple(picked)
    return (f"{gendered(choice.lead, sex)} {', '.join(picked)}.",) if picked else ()


def key(choice: PresentationChoice, wording: str) -> str:
    """How a chosen wording is kept: «choice.wording»."""
    return f"{choice.code}.{wording}"


def settled(offered: Sequence[PresentationChoice], before: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The wanted wordings in the order of the edition; of a choice of one the newest stays, unknown codes go."""
    kept: list[str] = []
    for choice in offered:
        mine = [key(choice, code) for code in choice.wordings if key(choice, code) in wanted]
        if choice.one and len(mine) > 1:
            mine = ([one for one in mine if one not in before] or mine)[-1:]
        kept += mine
    return tuple(kept)


def composed(
    text: str, offered: Sequence[PresentationChoice], before: Collection[str], after: Collection[str], sex: str
) -> str:
    """The text with the sentences of newly chosen wordings put in and those of dropped ones taken out.

    What the writer has changed by hand stays: only a sentence that still stands word for word is replaced.
    """
    for choice in offered:
        old, new = _picked(choice, before), _picked(choice, after)
        if old == new:
            continue
        if choice.lead:
            text = _replaced(text, sentences(choice, old, sex), sentences(choice, new, sex), choice, new - old, sex)
            continue
        for sentence in sentences(choice, old - new, sex):
            text = _without(text, sentence)
        for sentence in sentences(choice, new - old, sex):
            text = _with(text, sentence)
    return text


def _picked(choice: PresentationChoice, keys: Collection[str]) -> frozenset[str]:
    return frozenset(code for code in choice.wordings if key(choice, code) in keys)


def _replaced(
    text: str, old: Sequence[str], new: Sequence[str], choice: PresentationChoice, added: frozenset[str], sex: str
) -> str:
    if old and old[0] in text:
        return text.replace(old[0], new[0], 1) if new else _without(text, old[0])
    for sentence in sentences(choice, added, sex):
        text = _with(text, sentence)
    return text


def _with(text: str, sentence: str) -> str:
    if sentence in text:
        return text
    return f"{text.rstrip()} {sentence}" if text.strip() else sentence


def _without(text: str, sentence: str) -> str:
    before, found, after = text.partition(sentence)
    if not found:
        return text
    joint = " " if before.strip() and after.strip() and "\n" not in before[-1:] + after[:1] else ""
    return f"{before.rstrip(' ')}{joint}{after.lstrip(' ')}".strip()
