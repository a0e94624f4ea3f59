"""Which methods suit a specialist and the child's age on the day, and why; what to do when none does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opora.regulations.calendar import Age
from opora.regulations.edition import Edition
from opora.regulations.methods.entries import ADULT, Method, MethodList
from opora.regulations.predicates import Lookup, verdict
from opora.regulations.reasons import Reason

YOUNGER = "разд.\u00a03.1, 3.5"


@dataclass(frozen=True, slots=True)
class Offered:
    """A method; `fits` is false for one that is shown though the age is another, and `reason` says why."""

    method: Method
    fits: bool
    reason: Reason | None = None

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found: dict[str, Any] = {"code": self.method.code, "title": self.method.title, "fits": self.fits}
        optional = {"age": self.method.age_note, "note": self.method.note, "warning": self.method.warning}
        found |= {key: value for key, value in optional.items() if value}
        if self.method.preliminary:
            found["preliminary"] = True
        if self.reason:
            found["reason"] = self.reason.as_json()
        return found


@dataclass(frozen=True, slots=True)
class OfferedList:
    """A list of the letter with the methods of it, and why it is offered (or shown as one for another age)."""

    of: MethodList
    methods: tuple[Offered, ...]
    reason: Reason

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "code": self.of.code,
            "title": self.of.title,
            "clause": self.of.clause,
            "reason": self.reason.as_json(),
            "methods": [one.as_json() for one in self.methods],
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """`lists` suit the child; `empty` says why none does.

    `others` are the rest of the speciality: for another age, or for a condition that nobody has recorded.
    """

    speciality: str
    age_months: int
    lists: tuple[OfferedList, ...]
    others: tuple[OfferedList, ...]
    empty: Reason | None = None
    nearest: tuple[MethodList, ...] = ()

    @property
    def count(self) -> int:
        """How many methods suit."""
        return sum(len(one.methods) for one in self.lists)

    def as_json(self) -> dict[str, Any]:
        """What suits, for machines; lists of other ages are left out, the nearest of them named."""
        found: dict[str, Any] = {
            "speciality": self.speciality,
            "age_months": self.age_months,
            "count": self.count,
            "lists": [one.as_json() for one in self.lists],
        }
        if self.empty:
            found["empty"] = self.empty.as_json()
            found["nearest"] = [{"code": one.code, "title": one.title, "clause": one.clause} for one in self.nearest]
        return found


Lists = tuple[tuple[MethodList, tuple[Method, ...]], ...]


def method_lists(law: Edition) -> Lists:
    """Every list of the edition with its items in the letter's order."""
    return law.prepared("methods.choosing", _lists)


def _lists(law: Edition) -> Lists:
    items: dict[str, list[Method]] = {}
    for one in law.entries("method", Method):
        items.setdefault(one.list, []).append(one)
    return tuple((one, tuple(items.get(one.code, ()))) for one in law.entries("method_list", MethodList))


def method(law: Edition, code: str) -> Method:
    """A method by its code; KeyError when the edition has none."""
    return law.entry("method", Method, code)


def methods_for(law: Edition, speciality: str, age_months: int, text: str = "", facts: Lookup | None = None) -> Offer:
    """What a specialist may take for a child of `age_months` full months; `text` narrows by words of the title.

    `facts` (of `CaseFacts`) decide what a title says beside the age, such as children who do not speak; without
    them such a list is offered with that condition said. Raises KeyError for an unknown speciality, ValueError for
    an age below zero.
    """
    law.speciality(speciality)
    if age_months < 0:
        raise ValueError("an age cannot be below zero")
    words = _words(text)
    own = [(of, items) for of, items in method_lists(law) if of.is_for(speciality)]
    lists: list[OfferedList] = []
    others: list[OfferedList] = []
    for of, items in own:
        why, sure = _why(of, age_months, facts)
        chosen = tuple(_offered(one, age_months) for one in items if _has(one, words))
        suit = tuple(one for one in chosen if one.fits) if why else ()
        left = tuple(one for one in chosen if not (why and one.fits))
        if why and suit:
            (lists if sure else others).append(OfferedList(of, suit, why))
        if left:
            others.append(OfferedList(of, tuple(_unfit(one, of) for one in left), _other_age(of, age_months)))
    empty = None if lists else _empty(law, speciality, age_months, text, [of for of, _ in own])
    nearest = () if lists or words else _nearest((of for of, _ in own), age_months)
    return Offer(speciality, age_months, tuple(lists), tuple(others), empty, nearest)


def _why(of: MethodList, age: int, facts: Lookup | None) -> tuple[Reason | None, bool]:
    """Why a list is offered, None when it is not; and whether that is sure or hangs on a fact nobody recorded."""
    if of.from_months <= age < of.to_months:
        text = f"{_capital(ages(of.from_months, of.to_months))} — по возрасту."
        return Reason("methods.age", text, of.clause, note=of.note), True
    if of.to_months <= age < of.wider_to_months:
        return Reason("methods.wider", of.wider_note, f"{of.clause}; {of.wider_clause}"), True
    if not of.also_when or not of.to_months <= age < ADULT:
        return None, False
    holds = verdict(of.also_when, facts if facts is not None else _NOTHING).holds
    if holds is False:
        return None, False
    told = "" if holds else " Признак не записан: решает специалист."
    asked = tuple(one.fact for one in of.also_when)
    return Reason("methods.also", of.also_note + told, of.clause, facts=asked), bool(holds)


def _offered(one: Method, age: int) -> Offered:
    """A condition beside the age lifts the end of the list, never the bounds of an item itself."""
    return Offered(one, age >= one.from_months and (not one.to_months or age < one.to_months))


def _unfit(one: Offered, of: MethodList) -> Offered:
    bounds = ages(one.method.from_months or of.from_months, one.method.to_months or of.ends_at)
    said = (one.method.age_note or bounds).rstrip(".")
    return Offered(one.method, False, Reason("methods.not_the_age", f"Не по возрасту: {said}.", one.method.clause))


def _other_age(of: MethodList, age: int) -> Reason:
    if of.ends_at <= age:
        text = "Для более младшего возраста: письмо допускает такие задания при интеллектуальных нарушениях."
        return Reason("methods.younger", text, f"{of.clause}; {YOUNGER}")
    if age < of.from_months:
        return Reason("methods.older", f"Для более старшего возраста: {ages(of.from_months, of.ends_at)}.", of.clause)
    return Reason("methods.items", "У этих методик списка свой возраст.", of.clause)


def _empty(law: Edition, speciality: str, age: int, text: str, own: list[MethodList]) -> Reason:
    clause = "письмо ВК-1074/07, прил.\u00a06—9"
    who = law.speciality(speciality).title
    if text.strip() and own:
        return Reason("methods.not_found", f"По словам «{text.strip()}» для этого возраста ничего нет.", clause)
    if not [one for one in own if one.specialities]:
        return Reason("methods.no_list", f"Письмо не даёт списка методик: {who}.", clause)
    return Reason("methods.no_age", f"На возраст {_in_words(age)} у специалиста ({who}) списка в письме нет.", clause)


def _nearest(own: Iterable[MethodList], age: int) -> tuple[MethodList, ...]:
    """The lists whose ages lie nearest below and above."""
    every = list(own)
    below = [one for one in every if one.ends_at <= age]
    above = [one for one in every if one.from_months > age]
    last = max((one.ends_at for one in below), default=-1)
    first = min((one.from_months for one in above), default=-1)
    return tuple(one for one in every if one.ends_at == last or (one in above and one.from_months == first))


def _words(text: str) -> list[str]:
    return _folded(text).split()


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _has(one: Method, words: list[str]) -> bool:
    title = _folded(f"{one.group} {one.title}")
    return all(word in title for word in words)


def _in_words(months: int) -> str:
    return str(Age(months // 12, months % 12, 0)) if months else "до 1\u00a0мес."


def ages(starts: int, ends: int) -> str:
    """«от 5 до 7 лет», «до 2 лет», «от 1 г. 6 мес. до 3 лет»."""
    upto = f"до\u00a0{_bound(ends)}"
    if not starts:
        return upto
    whole = starts % 12 == 0 and ends % 12 == 0
    return f"от\u00a0{starts // 12 if whole else _bound(starts)} {upto}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bound(months: int) -> str:
    """An age in the genitive: «7 лет», «1 года», «6 мес.», «1 г. 6 мес.»."""
    years, rest = divmod(months, 12)
    if not years:
        return f"{rest}\u00a0мес."
    if rest:
        return f"{years}\u00a0г. {rest}\u00a0мес."
    return f"{years}\u00a0{'года' if years % 10 == 1 and years % 100 != 11 else 'лет'}"


_NOTHING: Mapping[str, Any] = {}
