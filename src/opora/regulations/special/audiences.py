"""Whom a rule speaks of, and facts in words: what conditions, directions and terms of re-examination share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from opora.regulations.calendar import Age
from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.entries import FactDefinition
from opora.regulations.predicates import Predicate
from opora.regulations.special.entries import Audience

_KINDS = {
    "variant": "вариант АООП",
    "ordinary": "основная программа",
    "preschool_adapted": "АОП дошкольного образования",
    "oriented": "АОП с ориентировкой на код",
    "other": "другая программа",
}


class Membership:
    """Which audiences one child belongs to, each with the fact that says so; findings go before the category."""

    def __init__(self, known: Iterable[Audience], facts: CaseFacts) -> None:
        category = facts.get("category")
        self._found: dict[str, str] = {}
        for one in known:
            said = any_holds(one.when, facts)
            if said is not None:
                self._found[one.code] = said.fact
            elif category in one.categories:
                self._found[one.code] = "category"

    def fact(self, codes: Iterable[str]) -> str | None:
        """The fact by which the child belongs to the first audience that it belongs to; None: to none of them."""
        for code in codes:
            if code in self._found:
                return self._found[code]
        return None


def membership(facts: CaseFacts) -> Membership:
    """The audiences of a child."""
    return Membership(facts.law.prepared(__name__, lambda law: law.entries("audience", Audience)), facts)


def any_holds(predicates: Iterable[Predicate], facts: CaseFacts) -> Predicate | None:
    """The first predicate that certainly holds."""
    for one in predicates:
        if one.holds(facts):
            return one
    return None


def in_words(facts: CaseFacts, code: str) -> str:
    """A known fact in words: «Зрение: слабовидящий»; an empty text for one that is not known."""
    value = facts.get(code)
    if value is None:
        return ""
    if code in _DERIVED:
        caption, words = _DERIVED[code]
        return f"{caption}: {words(facts.law, value)}"
    fact = facts.law.entry("fact", FactDefinition, code)
    return f"{fact.title}: {fact.title_of(value)}"


def _age(_law: Edition, value: object) -> str:
    months = int(str(value))
    return str(Age(months // 12, months % 12, 0)) if months else "меньше месяца"


def _years(law: Edition, value: object) -> str:
    return _age(law, int(str(value)) * 12) if int(str(value)) else "до года"


_DERIVED: Mapping[str, tuple[str, Callable[[Edition, object], str]]] = {
    "programme": ("Программа", lambda law, value: law.programme(str(value)).short),
    "category": ("Категория по программе", lambda law, value: str(law.tables["category"][str(value)])),
    "programme_level": ("Уровень программы", lambda law, value: str(law.tables["level"][str(value)])),
    "programme_kind": ("Вид программы", lambda law, value: _KINDS[str(value)]),
    "variant_code": ("Содержание программы", lambda law, value: law.programme(str(value)).short),
    "variant": ("Вариант программы", lambda law, value: str(value)),
    "month": ("Месяц", lambda law, value: str(value)),
    "age_months": ("Возраст", _age),
    "age_years": ("Возраст", _years),
}
