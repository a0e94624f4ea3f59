"""Directions of correction work for each specialist, and whether what was chosen is a mere template (P-21)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opora.regulations.calendar import age_on
from opora.regulations.directions.entries import CorrectionDirection, DirectionFrame
from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.predicates import all_hold
from opora.regulations.reasons import Reason
from opora.regulations.special.audiences import Membership, any_holds, in_words, membership

RECOMMENDED, POSSIBLE = "recommended", "possible"
VOCABULARY = "direction_specialist"
TEMPLATE_CLAUSE = "письмо ВК-1074/07, разд. 2, п. 11 содержания заключения: шаблонные формулировки некорректны"
EVERYTHING_FROM = 4
"""Taking all of fewer directions than this is no sign of a template."""
_BLANK = re.compile(r"\[указать[^\]]*\]?")
_ASKED = re.compile(r"\[указать: ([^\]]+)\]")
_NOT_A_WORD = re.compile(r"[^\w\[\]]+")


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction offered for one specialist.

    `specialist` is a code of the vocabulary `direction_specialist`. `text` is ready to be inserted; a place that the
    specialist must fill stands in it as «[указать: …]», and `individual` says what is asked there.
    `standing`: recommended (follows from recorded facts) | possible (fits the programme).
    """

    code: str
    specialist: str
    title: str
    text: str
    clause: str
    standing: str
    reasons: tuple[Reason, ...]
    individual: str = ""
    note: str = ""
    is_law: bool = True

    @property
    def recommended(self) -> bool:
        """Whether recorded facts ask for it."""
        return self.standing == RECOMMENDED

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found: dict[str, Any] = {
            "code": self.code,
            "specialist": self.specialist,
            "text": self.text,
            "clause": self.clause,
            "standing": self.standing,
            "reasons": [one.as_json() for one in self.reasons],
        }
        if self.individual:
            found["individual"] = self.individual
        if self.note:
            found["note"] = self.note
        if not self.is_law:
            found["law"] = False
        return found


def directions_for(facts: CaseFacts) -> tuple[Direction, ...]:
    """Directions that fit the child and the programme under discussion, by specialist, recommended first."""
    frame, (_, specialists) = _frame(facts), facts.law.prepared(__name__, _known)
    offers = [_direction(entry, why, facts, frame) for entry, why in _fitting(facts)]
    return tuple(sorted(offers, key=lambda one: (specialists[one.specialist], one.standing != RECOMMENDED)))


def _fitting(facts: CaseFacts) -> Iterator[tuple[CorrectionDirection, tuple[str, ...]]]:
    """Directions that fit in the order of the file, each with the facts by which it does."""
    known, _ = facts.law.prepared(__name__, _known)
    belongs = membership(facts)
    early = belongs.fact(("early",)) is not None
    for entry in known:
        if (entry.stage == "early") == early and (why := _fits(entry, facts, belongs)) is not None:
            yield entry, why


def _known(law: Edition) -> tuple[tuple[CorrectionDirection, ...], Mapping[str, int]]:
    specialists = {choice.code: choice.order for choice in law.vocabulary(VOCABULARY).choices}
    return law.entries("direction", CorrectionDirection), specialists


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the programme has the work done: in brackets after each text, and why."""

    suffix: str = ""
    reasons: tuple[Reason, ...] = ()


def _frame(facts: CaseFacts) -> _Frame:
    for one in facts.law.prepared(f"{__name__}.frames", _frames):
        if all_hold(one.when, facts):
            if not one.suffix:
                break
            based = tuple(dict.fromkeys(predicate.fact for predicate in one.when))
            reason = Reason(one.code, f"Место работы: {one.suffix}", one.clause, based, one.note, one.is_law)
            return _Frame(f" ({one.suffix})", (reason,))
    return _Frame()


def _frames(law: Edition) -> tuple[DirectionFrame, ...]:
    return law.entries("direction_frame", DirectionFrame)


def _fits(entry: CorrectionDirection, facts: CaseFacts, belongs: Membership) -> tuple[str, ...] | None:
    """The facts by which a direction fits, or None when it does not."""
    why: tuple[str, ...] = ()
    if entry.audience:
        fact = belongs.fact(entry.audience)
        if fact is None:
            return None
        why = (fact,)
    if entry.when:
        if not all_hold(entry.when, facts):
            return None
        why = (*why, *(one.fact for one in entry.when))
    return None if entry.unless and any_holds(entry.unless, facts) else why


def _direction(entry: CorrectionDirection, why: tuple[str, ...], facts: CaseFacts, frame: _Frame) -> Direction:
    said = any_holds(entry.follows_from, facts)
    based = tuple(dict.fromkeys(((said.fact,) if said else ()) + why))
    words = "; ".join(text for code in based if (text := in_words(facts, code)))
    reason = Reason(entry.code, words or "Подходит каждому ребёнку", entry.clause, based, "", entry.is_law)
    asked = facts.law.prepared(f"{__name__}.asked", _asked)
    return Direction(
        code=entry.code,
        specialist=entry.specialist,
        title=entry.title,
        text=_text(entry, facts) + frame.suffix,
        clause=entry.clause,
        standing=RECOMMENDED if said or entry.always else POSSIBLE,
        reasons=(reason, *frame.reasons),
        individual=asked[entry.code],
        note=entry.note,
        is_law=entry.is_law,
    )


def _asked(law: Edition) -> Mapping[str, str]:
    """What each direction asks the specialist for."""
    known = law.entries("direction", CorrectionDirection)
    return {one.code: found[1] if (found := _ASKED.search(one.text)) else "" for one in known}


def _text(entry: CorrectionDirection, facts: CaseFacts) -> str:
    text = entry.text
    if "{age}" in text:
        known = facts.born is not None and facts.on is not None
        age = str(age_on(facts.born, facts.on)) if known else "[указать: возраст испытуемого]"  # type: ignore[arg-type]
        text = text.replace("{age}", age)
    return text.replace("{variant}", str(facts.get("variant_code")))


def template_of(facts: CaseFacts, chosen: Mapping[str, str]) -> Reason | None:
    """Why the texts of the specialists (by code) are a template: everything ticked, or no word of one's own.

    A line counts as taken from the catalogue when it equals one of its texts, or still has «[указать…]» in it.
    """
    lines = [line for text in chosen.values() for line in text.splitlines() if _plain(line)]
    if not lines:
        return None
    suffix = _frame(facts).suffix
    offered = [(entry.specialist, _text(entry, facts) + suffix) for entry, _ in _fitting(facts)]
    plain = facts.law.prepared(f"{__name__}.plain", _Plain)  # texts of the catalogue alone: nothing of a child
    catalogue = {plain[text] for _, text in offered} | facts.law.prepared(f"{__name__}.texts", _plain_texts)
    if _everything(offered, chosen) or _every_specialist(facts, chosen):
        return _warning("template_everything", _EVERYTHING)
    own = [line for line in lines if _plain(line) not in catalogue and not _BLANK.search(line)]
    if not own:
        return _warning("template_untouched", _UNTOUCHED)
    blank = [line for line in lines if _BLANK.search(line)]
    return _warning("template_blank", _FILL.format(_shortened(blank[0]))) if blank else None


_EVERYTHING = (
    "Отмечены все возможные направления. Оставьте те, что нужны этому ребёнку, и напишите, в чём его особенность."
)
_UNTOUCHED = "Направления взяты из каталога без единого своего слова. Напишите, что нужно именно этому ребёнку."
_FILL = "Не заполнено место для особенностей ребёнка: «{}»."


def _warning(code: str, text: str) -> Reason:
    return Reason(code, text, TEMPLATE_CLAUSE)


def _plain_texts(law: Edition) -> frozenset[str]:
    return frozenset(
        _plain(text) for one in law.entries("direction", CorrectionDirection) for text in (one.text, one.title)
    )


class _Plain(dict[str, str]):
    """Offered texts without case and marks, worked out once each."""

    def __init__(self, _law: Edition) -> None:
        super().__init__()

    def __missing__(self, text: str) -> str:
        self[text] = _plain(text)
        return self[text]


def _everything(offered: Sequence[tuple[str, str]], chosen: Mapping[str, str]) -> bool:
    """Whether every offered direction of the specialists is there, filled in or not."""
    if len(offered) < EVERYTHING_FROM:
        return False
    texts = {specialist: _plain(text) for specialist, text in chosen.items()}
    return all(_plain(_BLANK.split(text)[0]) in texts.get(specialist, "") for specialist, text in offered)


def _every_specialist(facts: CaseFacts, chosen: Mapping[str, str]) -> bool:
    """Whether every specialist of the list is given work, «другой специалист» aside."""
    filled = {code for code, text in chosen.items() if _plain(text)}
    return {choice.code for choice in facts.law.vocabulary(VOCABULARY).choices} - {"other"} <= filled


def _plain(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text.lower().replace("ё", "е")).strip()


def _shortened(line: str) -> str:
    return line if len(line) <= 80 else f"{line[:79].rstrip()}…"
