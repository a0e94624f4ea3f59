"""Until when a card is kept, and what keeps it longer: holds, and whatever rooms above register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Snapshot
from opora.people.children.models import Child
from opora.people.consents.models import Consent, Withdrawal
from opora.people.disclosures.models import Disclosure
from opora.people.law import law_on
from opora.regulations.calendar import RETENTION_CLAUSE, retention_date, youngest_due

from .models import LegalHold

# No source names a term for the card of a school: it takes that of a commission until its own list of files says other.
SCHOOL_CLAUSE = f"{RETENTION_CLAUSE} (срок карты ПМПК; для школы сверьте с её номенклатурой дел)"
Rows = Callable[[Any, date], QuerySet[Any]]
EXAMINED = ("conclusion", "protocol")  # forms whose snapshots make the card one of annex 2.14


@dataclass(frozen=True)
class Keeper:
    """Why a card stays although its time is over: rows that exist for a child on a day."""

    words: str
    clause: str
    rows: Rows


_KEEPERS: list[Keeper] = []


def keeps_card(words: str, clause: str) -> Callable[[Rows], Rows]:
    """Register what keeps a card. The function gets a child, or what stands for it in a query, and a day."""

    def register(rows: Rows) -> Rows:
        _KEEPERS.append(Keeper(words, clause, rows))
        return rows

    return register


def years_kept(on: date) -> int:
    """How many years after adulthood the law of a day asks for."""
    return law_on(on).term("card_retention").value


def due_on(child: Child, on: date) -> date:
    """The last day on which the card must be kept, worked out anew from the birth date each time."""
    return retention_date(child.birth_date, years_kept(on))


def clause_for(organisation: Organisation) -> str:
    """By what a place keeps its cards."""
    return RETENTION_CLAUSE if organisation.is_commission else SCHOOL_CLAUSE


def is_due(child: Child, on: date) -> bool:
    return due_on(child, on) < on


def born_until(on: date) -> date:
    """Cards of children born by this day need not be kept any more on `on`."""
    return youngest_due(on, years_kept(on))


def keepers_of(child: Child, on: date) -> list[Keeper]:
    """What keeps the card on a day beyond its term."""
    return [one for one in _KEEPERS if one.rows(child, on).exists()]


def is_kept(on: date) -> Q:
    """The condition «something keeps the card», for lists of children."""
    found = Q()
    for one in _KEEPERS:
        found |= Q(Exists(one.rows(OuterRef("pk"), on)))
    return found


def was_examined(child: Child) -> bool:
    """Whether a protocol or a conclusion was signed: then the card of annex 2.14 exists and is kept."""
    return Snapshot.objects.of(child.organisation).filter(person_id=child.public_id, form__in=EXAMINED).exists()


def is_withdrawn(child: Child) -> bool:
    """Whether a withdrawal of the consent for the child's data was carried out and no newer consent stands."""
    rows = Withdrawal.objects.filter(consent__child=child, consent__kind=Consent.Kind.CHILD_DATA)
    newer = Consent.objects.filter(child=child, kind=Consent.Kind.CHILD_DATA, withdrawn_on__isnull=True)
    return rows.filter(state=Withdrawal.State.DONE).exists() and not newer.exists()


@keeps_card("запрет уничтожать", "решение, названное в запрете")
def held(child: Any, on: date) -> QuerySet[Any]:
    lasting = Q(until__isnull=True) | Q(until__gte=on)
    return LegalHold.objects.filter(lasting, child=child, released_at__isnull=True)


@keeps_card("отзыв согласия ещё не исполнен", "152-ФЗ, ст. 21")
def being_withdrawn(child: Any, on: date) -> QuerySet[Any]:
    return Withdrawal.objects.open().filter(consent__child=child)


@keeps_card("на запрос сведений ещё не отвечено", "письмо ВК-1074/07, прил. 2.19")
def being_asked(child: Any, on: date) -> QuerySet[Any]:
    return Disclosure.objects.filter(child=child, state__in=("received", "decided"))
