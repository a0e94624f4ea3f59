"""The head of a central commission confirms what was unverified; corrections and annulments are new rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.foundation.organisations.models import Organisation
from opora.regulations.acts.register import citations
from opora.regulations.edition import Edition, edition, edition_codes
from opora.regulations.entries import Entry, Unverified

from . import events
from .laws import Settled, changes_of, fields_of, forget, settled_of
from .models import ConfirmedValue

CENTRAL_ONLY = "Значения сверяет руководитель центральной ПМПК: они действуют и для её территориальных комиссий."
NOT_LAST = "Это значение уже подтверждено, исправлено или отменено. Откройте страницу заново."
NOT_VALUES = {"code", "clause", "source", "note", "valid_from", "order"}


@transaction.atomic
def value_confirm(
    *, actor: Actor, edition_code: str, table: str, code: str, values: Mapping[str, Any], clause: str, since: date,
    note: str = "",
) -> ConfirmedValue:  # fmt: skip
    """Confirm an unverified entry as the official text has it, in the actor's name and today.

    `clause` names an act of the register and its point; `values` are fields of the entry (none for a question, whose
    answer is the `note`). Raises PermissionDenied, Refusal for what the edition cannot take.
    """
    _require(actor)
    law = _edition(edition_code)
    doubt = law.doubt(table, code)
    if doubt is None:
        raise Refusal("verified", "Эта запись уже сверена с официальным текстом: подтверждать нечего.")
    rows = ConfirmedValue.objects.visible_to(actor).of_entry(edition_code, table, code)
    last = rows.latest_ones().first()
    if last is not None and not last.is_annulment:
        raise Refusal("confirmed", "Это значение уже подтверждено. Чтобы изменить его, исправьте подтверждённое.")
    row = ConfirmedValue(
        organisation=actor.at, edition=edition_code, table=table, code=code, values=dict(values), clause=clause.strip(),
        since=since, note=note.strip(), replaces=last,
    )  # fmt: skip
    return _written(actor, row, law, doubt, events.VALUE_CONFIRMED)


@transaction.atomic
def value_correct(
    *, actor: Actor, value: ConfirmedValue, values: Mapping[str, Any], clause: str, since: date, reason: str,
    note: str = "",
) -> ConfirmedValue:  # fmt: skip
    """Put another value in place of a confirmed one, with the reason; the old row stays."""
    _require(actor, value)
    fresh = _last(value)
    law = _edition(fresh.edition)
    row = ConfirmedValue(
        organisation=actor.at, edition=fresh.edition, table=fresh.table, code=fresh.code, values=dict(values),
        clause=clause.strip(), since=since, note=note.strip(), reason=_reason(reason), replaces=fresh,
    )  # fmt: skip
    return _written(actor, row, law, law.doubt(fresh.table, fresh.code), events.VALUE_CORRECTED)


@transaction.atomic
def value_annul(*, actor: Actor, value: ConfirmedValue, reason: str) -> ConfirmedValue:
    """Take a confirmation back: the value is unverified again."""
    _require(actor, value)
    fresh = _last(value)
    row = ConfirmedValue(
        organisation=actor.at, edition=fresh.edition, table=fresh.table, code=fresh.code, clause=fresh.clause,
        since=fresh.since, is_annulment=True, reason=_reason(reason), replaces=fresh,
    )  # fmt: skip
    return _written(actor, row, _edition(fresh.edition), None, events.VALUE_ANNULLED)


def _require(actor: Actor, value: ConfirmedValue | None = None) -> None:
    require(actor, "law.confirm")
    if value is not None:
        require_own(actor, value)
    if actor.at.kind != Organisation.Kind.CENTRAL_COMMISSION:
        raise Refusal("not_central", CENTRAL_ONLY)
    if actor.user is None:
        raise PermissionDenied("Значение подтверждает человек под своим именем.")


def _edition(code: str) -> Edition:
    if code not in edition_codes():
        raise Refusal("no_edition", "Такой редакции нет.")
    return edition(code)


def _last(value: ConfirmedValue) -> ConfirmedValue:
    rows = ConfirmedValue.objects.of(value.organisation).of_entry(value.edition, value.table, value.code)
    last: ConfirmedValue | None = rows.latest_ones().first()
    if last is None or last.pk != value.pk or last.is_annulment:
        raise Refusal("not_last", NOT_LAST)
    return last


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему значение меняется.", field="reason")
    return reason.strip()


def _written(
    actor: Actor, row: ConfirmedValue, law: Edition, doubt: Unverified | None, event: EventType
) -> ConfirmedValue:
    row.confirmed_by, row.signed_as = actor.person, actor.person.full_name
    if not row.is_annulment:
        _check(law, row, doubt)
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # another one was first; rows that nobody may change cannot be locked either
        raise Refusal("not_last", NOT_LAST) from error
    forget()
    title = doubt.title if doubt else row.code
    record(event, actor=actor, subject=row, title=title, edition=row.edition, table=row.table, code=row.code)
    return row


def _check(law: Edition, row: ConfirmedValue, doubt: Unverified | None) -> None:
    """The entry takes these fields, and the clause names an act of the register and a point of it."""
    if not citations(law, row.clause):
        raise Refusal("no_act", "Назовите документ из перечня нормативных актов и его пункт.", field="clause")
    if row.since < law.valid_from:
        raise Refusal(
            "too_early",
            f"Редакция действует с {law.valid_from:%d.%m.%Y}: более ранний день не подходит.",
            field="since",
        )
    known = law.tables.get(row.table, {}).get(row.code) or (doubt.proposed if doubt else None)
    _check_fields(row, known)
    settled: Settled = settled_of(row)
    try:
        law.confirm(row.table, row.code, **changes_of(law, settled))
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal("does_not_fit", "Редакция не может принять такие значения.") from error


def _check_fields(row: ConfirmedValue, known: Entry | None) -> None:
    allowed = fields_of(known) - NOT_VALUES if known else frozenset()
    for name, value in row.values.items():
        if known is None or name not in allowed:
            raise Refusal("no_field", "У этой записи нет такого значения.", field=name)
        if not isinstance(_listed(value), type(getattr(known, name))):
            raise Refusal("wrong_type", "Значение другого рода, чем в редакции.", field=name)
        if isinstance(value, int) and value < 0:
            raise Refusal("negative", "Число не может быть отрицательным.", field=name)


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
