"""Printing journals and certifying their lines."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from opora.commission.conclusions.models import Conclusion
from opora.commission.examinations.models import Session
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.services import file_keep, file_read
from opora.foundation.registers.models import Entry
from opora.foundation.registers.querysets import EntryQuerySet
from opora.records.documents.rendering import RenderingError, render_pdf

from .. import events, lines
from ..models import Certification, CertifiedEntry, JournalPrint
from ..printing import journal_data, present_signers

DIRECT_LIMIT = 500  # lines that are printed while the person waits
CLAUSE = lines.EXAMINED.clause


class TooLong(Refusal):
    """The period holds more lines than are printed at once; the print has to be ordered."""


@transaction.atomic
def journal_print(*, actor: Actor, journal: lines.Journal, since: date, until: date, on: date) -> bytes:
    """Print a period of a journal at once. Raises TooLong above `DIRECT_LIMIT` lines, Refusal for a bad period."""
    require(actor, journal.printing)
    _require_period(since, until)
    count = lines.in_period(lines.entries_of(actor, journal), since, until).count()
    if count > DIRECT_LIMIT:
        raise TooLong("too_long", f"За этот период {count} записей: такой журнал готовится отдельно.")
    pdf = _rendered(journal, journal_data(actor, journal, since, until, on=on))
    record(events.JOURNAL_PRINTED, actor=actor, journal=journal.code, title=journal.title, count=count)
    return pdf


@transaction.atomic
def print_order(
    *, actor: Actor, journal: lines.Journal, since: date, until: date, start: Callable[[JournalPrint], Any]
) -> JournalPrint:
    """Order a long print. `start` hands the order to the worker once it is committed."""
    require(actor, journal.printing)
    _require_period(since, until)
    order = JournalPrint(
        organisation=actor.at, journal=journal.code, since=since, until=until, user=actor.person,
        total=lines.in_period(lines.entries_of(actor, journal), since, until).count(),
    )  # fmt: skip
    order.full_clean()
    order.save()
    record(events.PRINT_ORDERED, actor=actor, subject=order, journal=journal.code, title=journal.title)
    transaction.on_commit(lambda: start(order))
    return order


def print_make(*, actor: Actor, order: JournalPrint) -> JournalPrint:
    """Make an ordered print: collect, render, keep the file. Each step is committed, so that the page shows it.

    An order that is ready stays as it is. A failure is written into the order with words for the person.
    """
    require(actor, lines.JOURNALS[order.journal].printing)
    require_own(actor, order)
    if order.state == JournalPrint.State.READY:
        return order
    journal = lines.JOURNALS[order.journal]
    _note(order, state=JournalPrint.State.RUNNING, done=0)
    try:
        data = journal_data(
            actor, journal, order.since, order.until,
            on=timezone.localdate(order.asked_at), tell=lambda done: _note(order, done=done),
        )  # fmt: skip
        pdf = _rendered(journal, data)
        with transaction.atomic():
            stored = file_keep(actor=actor, data=pdf, title=journal.title)
            _note(order, state=JournalPrint.State.READY, file=stored)
            record(events.JOURNAL_PRINTED, actor=actor, journal=journal.code, title=journal.title, count=order.done)
    except Refusal as refusal:
        _note(order, state=JournalPrint.State.FAILED, message=refusal.message[:300])
    return order


def print_fail(*, order: JournalPrint) -> None:
    """Write into an order that its making broke off."""
    _note(order, state=JournalPrint.State.FAILED, message="Подготовка прервалась. Закажите журнал ещё раз.")


@transaction.atomic
def print_read(*, actor: Actor, order: JournalPrint) -> bytes:
    """The bytes of a ready print, verified by their hash."""
    require(actor, lines.JOURNALS[order.journal].printing)
    require_own(actor, order)
    if order.file is None:
        raise Refusal("not_ready", "Журнал ещё готовится.")
    data = file_read(order.file)
    record(events.PRINT_READ, actor=actor, subject=order)
    return data


@transaction.atomic
def session_certify(*, actor: Actor, session: Session, on: date) -> Certification:
    """Certify the lines of a closed session (2.13): the head's deed, with the names of all who took part.

    Lines added after an annulment are certified by a second certification. Raises Refusal when the session is not
    closed, nobody was present, or nothing is left to certify.
    """
    require(actor, "journal.certify")
    require_own(actor, session)
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if locked.state != Session.State.CLOSED:
        raise Refusal("not_closed", "Заседание ещё не завершено: сначала закройте его.", CLAUSE)
    if not locked.day <= on <= timezone.localdate():
        raise Refusal("wrong_day", "Заверить можно не раньше дня заседания и не позже сегодняшнего.", CLAUSE)
    entries = list(session_entries(actor, locked).filter(certified__isnull=True))
    if not entries:
        raise Refusal("nothing_to_certify", "У этого заседания нет незаверенных записей.", CLAUSE)
    signers = present_signers(locked)
    if not signers:
        raise Refusal("nobody_present", "На заседании не отмечен ни один участник: заверять некому.", CLAUSE)
    certification = Certification(
        organisation=actor.at, session=locked, certified_on=on, certified_by=actor.person,
        signers=signers, numbers=[lines.number_of(entry) for entry in entries],
    )  # fmt: skip
    certification.full_clean()
    certification.save()
    CertifiedEntry.objects.bulk_create(
        CertifiedEntry(organisation=actor.at, certification=certification, entry=entry) for entry in entries
    )
    record(events.SESSION_CERTIFIED, actor=actor, subject=locked, numbers=", ".join(certification.numbers))
    return certification


def session_entries(actor: Actor, session: Session) -> EntryQuerySet:
    """Lines of the journal of examined children that belong to a session, in their order."""
    signed = Conclusion.objects.visible_to(actor).filter(visit__session=session).values("public_id")
    rows = lines.entries_of(actor, lines.EXAMINED)
    return rows.filter(subject_id__in=signed).order_by("series__year", "line")


def sessions_to_certify(actor: Actor) -> list[Session]:
    """Closed sessions with lines that nobody has certified, the oldest first; `waiting` is unknown to the list."""
    uncertified = (
        Entry.objects.visible_to(actor)
        .in_register(lines.EXAMINED.series)
        .filter(certified__isnull=True)
        .values("subject_id")
    )
    held = Conclusion.objects.visible_to(actor).filter(public_id__in=uncertified).values("visit__session")
    return list(
        Session.objects.visible_to(actor)
        .filter(state=Session.State.CLOSED, pk__in=held)
        .select_related("place")
        .order_by("day", "pk")
    )


def _require_period(since: date, until: date) -> None:
    if until < since:
        raise Refusal("bad_period", "Конец периода раньше его начала.", field="until")


def _note(order: JournalPrint, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(order, name, value)
    order.save(update_fields=list(changes))


def _rendered(journal: lines.Journal, data: dict[str, Any]) -> bytes:
    try:
        return render_pdf(journal.form, data, timestamp=int(time.time()))
    except RenderingError as error:
        raise Refusal("not_rendered", "Журнал не удалось подготовить. Сообщите администратору.") from error
