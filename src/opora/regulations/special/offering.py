"""Which conditions of the catalogue fit a child (P-20)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from opora.regulations.calendar import NBSP
from opora.regulations.edition import Edition
from opora.regulations.entries import Term
from opora.regulations.facts.case import CaseFacts
from opora.regulations.predicates import all_hold
from opora.regulations.reasons import Reason
from opora.regulations.special.audiences import Membership, any_holds, in_words, membership
from opora.regulations.special.entries import TERM, ConditionGroup, SpecialCondition

RECOMMENDED, POSSIBLE = "recommended", "possible"
EVERYBODY = "Подходит каждому ребёнку."


@dataclass(frozen=True, slots=True)
class Offer:
    """A condition offered for a child.

    `text` goes as editable text into `field` of the conclusion's `section`; where the field is a choice,
    `answers` hold its value and `text` only says it. `answers` are (field, value) that taking the offer sets.
    `standing`: recommended (follows from recorded facts) | possible (fits the child's category or programme).
    """

    code: str
    title: str
    text: str
    clause: str
    section: str
    field: str
    group: str
    group_title: str
    standing: str
    reasons: tuple[Reason, ...]
    answers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    is_law: bool = True

    @property
    def recommended(self) -> bool:
        """Whether recorded facts ask for it."""
        return self.standing == RECOMMENDED

    @property
    def is_text(self) -> bool:
        """Whether `text` is to be inserted; else the offer only sets `answers`."""
        return self.field not in dict(self.answers)

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found: dict[str, Any] = {
            "code": self.code,
            "title": self.title,
            "text": self.text,
            "clause": self.clause,
            "section": self.section,
            "field": self.field,
            "group": self.group_title,
            "standing": self.standing,
            "reasons": [one.as_json() for one in self.reasons],
        }
        if self.answers:
            found["answers"] = dict(self.answers)
        if self.note:
            found["note"] = self.note
        if not self.is_law:
            found["law"] = False
        return found


def conditions_for(facts: CaseFacts) -> tuple[Offer, ...]:
    """Conditions that fit the child and the programme under discussion: recommended first, then in catalogue order."""
    belongs, words = membership(facts), _Words(facts)
    recommended: list[Offer] = []
    possible: list[Offer] = []
    for group, rules in facts.law.prepared(__name__, _rules):
        if any_holds(group.unless, facts):
            continue
        for rule in rules:
            why = _fits(rule, facts, belongs)
            if why is not None:
                offer = _offer(rule, why, words)
                (recommended if offer.standing == RECOMMENDED else possible).append(offer)
    settled, yielding = _settled(recommended)
    return (*settled, *yielding, *possible)


def _settled(recommended: list[Offer]) -> tuple[list[Offer], list[Offer]]:
    """What stays recommended, and what only fits: practice gives way to an offer that answers the same otherwise."""
    asked = {answer for one in recommended if one.is_law for answer in one.answers}
    fields = dict(asked)
    settled: list[Offer] = []
    yielding: list[Offer] = []
    for one in recommended:
        otherwise = any(field in fields and (field, value) not in asked for field, value in one.answers)
        gives_way = otherwise and not one.is_law
        (yielding if gives_way else settled).append(replace(one, standing=POSSIBLE) if gives_way else one)
    return settled, yielding


@dataclass(frozen=True, slots=True)
class _Rule:
    """A condition as it is asked: where it goes, with its text filled. `stage` narrows the audience.

    `plain` is the offer that rests on no fact: possible, or recommended for everybody.
    """

    condition: SpecialCondition
    group: ConditionGroup
    audience: tuple[str, ...]
    stage: tuple[str, ...]
    plain: Offer


class _Words:
    """Facts of one child in words, each found once."""

    def __init__(self, facts: CaseFacts) -> None:
        self.facts = facts
        self._known: dict[str, str] = {}

    def __getitem__(self, code: str) -> str:
        if code not in self._known:
            self._known[code] = in_words(self.facts, code)
        return self._known[code]


def _fits(rule: _Rule, facts: CaseFacts, belongs: Membership) -> tuple[str, ...] | None:
    """The facts by which the condition fits, or None when it does not."""
    why: tuple[str, ...] = ()
    for codes in (rule.audience, rule.stage):
        if codes:
            fact = belongs.fact(codes)
            if fact is None:
                return None
            why = (*why, fact)
    condition = rule.condition
    if condition.when:
        if not all_hold(condition.when, facts):
            return None
        why = (*why, *(one.fact for one in condition.when))
    return None if condition.unless and any_holds(condition.unless, facts) else why


def _offer(rule: _Rule, why: tuple[str, ...], words: _Words) -> Offer:
    """The offer with its reasons; the fact that recommends goes first."""
    condition, plain = rule.condition, rule.plain
    said = any_holds(condition.follows_from, words.facts)
    if said is not None:
        why = (said.fact, *why)
    elif not why:
        return plain
    reasons = tuple(
        Reason(plain.code, words[code], plain.clause, (code,), "", plain.is_law) for code in dict.fromkeys(why)
    )
    return Offer(
        code=plain.code,
        title=plain.title,
        text=plain.text.replace("{variant}", str(words.facts.get("variant_code"))),
        clause=plain.clause,
        section=plain.section,
        field=plain.field,
        group=plain.group,
        group_title=plain.group_title,
        standing=plain.standing if said is None else RECOMMENDED,
        reasons=reasons,
        answers=plain.answers,
        note=plain.note,
        is_law=plain.is_law,
    )


def _rules(law: Edition) -> tuple[tuple[ConditionGroup, tuple[_Rule, ...]], ...]:
    groups = {one.code: one for one in law.entries("condition_group", ConditionGroup)}
    found = []
    for condition in law.entries("special_condition", SpecialCondition):
        found.append(_rule(law, condition, groups[condition.group]))
        if condition.gia_too:
            found.append(_state_examination(law, condition, groups["gia"]))
    return tuple((group, tuple(rule for rule in found if rule.group is group)) for group in groups.values())


def _rule(law: Edition, condition: SpecialCondition, group: ConditionGroup) -> _Rule:
    text = _filled(law, condition.text)
    plain = Offer(
        code=condition.code,
        title=condition.title,
        text=f"{group.prefix} {text}" if group.prefix else text,
        clause=condition.clause,
        section=condition.section,
        field=condition.field,
        group=group.code,
        group_title=group.title,
        standing=RECOMMENDED if condition.always else POSSIBLE,
        reasons=(Reason(condition.code, EVERYBODY, condition.clause, (), "", condition.is_law),),
        answers=condition.answers,
        note=condition.note,
        is_law=condition.is_law,
    )
    return _Rule(condition, group, condition.audience, (), plain)


def _state_examination(law: Edition, condition: SpecialCondition, group: ConditionGroup) -> _Rule:
    """The same condition at the state examination. The list made for ЗПР serves every category; others their own."""
    stretched = "delay" in condition.audience
    plain = replace(
        _rule(law, condition, group).plain,
        code=f"{condition.code}_gia",
        section="gia",
        field="gia",
        clause=f"{condition.clause}; {group.clause}",
        note=group.note if stretched else condition.note,
    )
    return _Rule(condition, group, () if stretched else condition.audience, ("gia",), plain)


def _filled(law: Edition, text: str) -> str:
    """A text with the terms of the edition that it names as {term:code}."""
    return TERM.sub(lambda found: _span(law.term(found[1])), text)


def _span(term: Term) -> str:
    """A term of minutes, months and the like in words: «1 час 30 минут»."""
    if term.unit == "minutes":
        hours, minutes = divmod(term.value, 60)
        parts = [_counted(hours, *_HOURS)] if hours else []
        return " ".join([*parts, *([_counted(minutes, *_MINUTES)] if minutes else [])])
    return _counted(term.value, *_UNITS[term.unit])


def _counted(number: int, one: str, few: str, many: str) -> str:
    tens, last = number % 100, number % 10
    word = one if last == 1 and tens != 11 else few if last in (2, 3, 4) and tens not in (12, 13, 14) else many
    return f"{number}{NBSP}{word}"


_HOURS, _MINUTES = ("час", "часа", "часов"), ("минуту", "минуты", "минут")
_UNITS = {"months": ("месяца", "месяцев", "месяцев"), "years": ("года", "лет", "лет"), "hours": _HOURS}
