"""What the pages of the law show: doubts with what was confirmed of them, acts with their rules, found rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.regulations.acts.entries import Act
from opora.regulations.acts.register import Rule, Standing, acts, rules, rules_of, standing
from opora.regulations.edition import Edition, edition, edition_codes, edition_for
from opora.regulations.entries import Entry

from .describing import Doubt, doubt_of, table_title, value_of, values_in_words
from .laws import law_on
from .models import ConfirmedValue
from .reaching import values_for

GROUPS = (
    ("letter", "Письмо"),
    ("annex_1", "Документы приложения 1 к письму"),
    ("later", "Документы, вышедшие после письма"),
    ("other", "Другие документы, на которые ссылаются правила"),
)
FOUND_LIMIT = 100


@dataclass(frozen=True)
class DoubtRow:
    """A doubt and the value that was confirmed of it, if any."""

    doubt: Doubt
    confirmed: ConfirmedValue | None
    words: str
    is_coming: bool

    @property
    def is_open(self) -> bool:
        return self.confirmed is None


@dataclass(frozen=True)
class ActRow:
    """An act, what may be said of its status, how many rules rest on it."""

    act: Act
    standing: Standing
    rules: int


@dataclass(frozen=True)
class RuleRow:
    """A rule of the edition for a list; `mark` says why it is not law: «практика», or recalled and not compared."""

    kind: str
    title: str
    value: str
    clause: str
    note: str
    mark: str


def doubts(organisation: int, today: date) -> list[DoubtRow]:
    """Every unverified parameter of the edition in force, open ones first."""
    law, applied = edition_for(today), law_on(today, organisation)
    settled = {(one.table, one.code): one for one in values_for(organisation) if one.edition == law.code}
    rows = [
        _doubt_row(doubt_of(law, one), settled.get((one.table, one.code)), applied, today) for one in law.unverified
    ]
    return sorted(rows, key=lambda row: (not row.is_open, row.doubt.table == "act"))


def _doubt_row(doubt: Doubt, confirmed: ConfirmedValue | None, applied: Edition, today: date) -> DoubtRow:
    words = applied_words(applied, confirmed) if confirmed else ""
    return DoubtRow(doubt, confirmed, words, bool(confirmed and confirmed.since > today))


def applied_words(applied: Edition, confirmed: ConfirmedValue) -> str:
    """What holds by a confirmed value: the entry as it is applied, else the confirmed words themselves."""
    entry = applied.tables.get(confirmed.table, {}).get(confirmed.code)
    return value_of(entry) or values_in_words(confirmed.values) or confirmed.note


def act_rows(law: Edition, group: str, text: str = "") -> list[ActRow]:
    """The acts of one group, those that hold a text when one is given."""
    found = [one for one in acts(law) if one.group == group and _holds(text, one.title, one.short, one.number)]
    return [ActRow(one, standing(law, one), len(rules_of(law, one.code))) for one in found]


def act_groups(law: Edition, text: str = "") -> list[tuple[str, list[ActRow]]]:
    """All acts by their groups; groups without any are left out."""
    made = [(title, act_rows(law, group, text)) for group, title in GROUPS]
    return [(title, rows) for title, rows in made if rows]


def rule_rows(found: tuple[Rule, ...]) -> list[RuleRow]:
    """Rules for a list, those of one kind together."""
    rows = [
        RuleRow(
            table_title(one.table), one.entry.title, value_of(one.entry), one.entry.clause, one.entry.note,
            _mark(one.entry),
        )
        for one in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.kind)


def _mark(entry: Entry) -> str:
    if entry.is_law:
        return ""
    return "практика" if entry.source == "practice" else "сверить с официальным текстом"


def recalled(law: Edition) -> list[RuleRow]:
    """Rules in use that name an act from memory: marked wherever they are shown, and never told as law."""
    return rule_rows(tuple(one for one in rules(law) if not one.entry.is_law and one.entry.source != "practice"))


def search(law: Edition, text: str) -> list[RuleRow]:
    """Rules that hold each word of a text in title, clause or note."""
    found = tuple(one for one in rules(law) if _holds(text, one.entry.title, one.entry.clause, one.entry.note))
    return rule_rows(found[:FOUND_LIMIT])


def _holds(text: str, *where: str) -> bool:
    words = _plain(text).split()
    said = _plain(" ".join(where))
    return all(word in said for word in words)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").lower().replace("ё", "е")


def earlier(today: date) -> list[Edition]:
    """Editions before the one in force, the latest first: cases opened under them keep them."""
    codes = [code for code in edition_codes() if edition(code).valid_from < edition_for(today).valid_from]
    return [edition(code) for code in reversed(codes)]


def confirms(actor: Actor) -> bool:
    """Whether the actor's commission is one whose head confirms values."""
    return actor.organisation is not None and actor.organisation.kind == Organisation.Kind.CENTRAL_COMMISSION
