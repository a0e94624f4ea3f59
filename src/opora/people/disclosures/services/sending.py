"""The answer leaves the house, its receipt comes back; what has not left may be annulled."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_read
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import entry_add

from .. import clauses, events
from ..flow import State
from ..models import Disclosure
from .deciding import SERIES
from .steps import refuse_bad_day, refuse_stopped, refuse_strange_file, step_begin

Way = Disclosure.Way


@transaction.atomic
def disclosure_send(
    *, actor: Actor, disclosure: Disclosure, way: str, sent_on: date, track_number: str = ""
) -> Disclosure:
    """Record that the signed answer left: its papers are what was signed, checked by their hashes.

    Raises PermissionDenied, and Refusal: no scan of the request, post without its number, a damaged paper.
    """
    fresh = step_begin(actor, disclosure, "disclosure.send")
    if fresh.scan is None:
        raise Refusal(
            "no_scan", "Запрос не приложен: без бумаги ничего не отправляется.", clauses.WRITTEN_ONLY
        )  # fmt: skip
    refuse_stopped(fresh)
    after = fresh.decided_on or fresh.received_on
    refuse_bad_day(sent_on, after=after, today=timezone.localdate(), field="sent_on", before="Ответ подписан")
    if way == Way.POST and not track_number.strip():
        raise Refusal("no_track", "Впишите номер почтового отправления.", field="track_number")
    for paper in fresh.papers.select_related("file"):
        file_read(paper.file)
    fresh.state, fresh.way, fresh.sent_on = State.SENT, Way(way), sent_on
    fresh.track_number = track_number.strip() if way == Way.POST else ""
    fresh.full_clean()
    fresh.save()
    record(
        events.DISCLOSURE_SENT, actor=actor, subject=fresh, person_id=fresh.person_id,
        number=fresh.number_title, way=str(fresh.get_way_display()),
    )  # fmt: skip
    return fresh


@transaction.atomic
def disclosure_acknowledge(
    *, actor: Actor, disclosure: Disclosure, on: date, receipt: StoredFile | None = None
) -> Disclosure:
    """Record that the addressee has the answer. Raises PermissionDenied, Refusal for a bad day."""
    fresh = step_begin(actor, disclosure, "disclosure.acknowledge")
    refuse_strange_file(actor, receipt, "receipt")
    after = fresh.sent_on or fresh.received_on
    refuse_bad_day(on, after=after, today=timezone.localdate(), field="on", before="Ответ отправлен")
    fresh.state, fresh.acknowledged_on, fresh.receipt = State.ACKNOWLEDGED, on, receipt
    fresh.full_clean()
    fresh.save()
    record(
        events.DISCLOSURE_ACKNOWLEDGED, actor=actor, subject=fresh, person_id=fresh.person_id,
        number=fresh.number_title,
    )  # fmt: skip
    return fresh


@transaction.atomic
def disclosure_annul(*, actor: Actor, disclosure: Disclosure, reason: str) -> Disclosure:
    """Annul what was written by mistake and has not left; a number that was taken stays taken.

    Raises PermissionDenied, and Refusal without a reason or after the sending.
    """
    fresh = step_begin(actor, disclosure, "disclosure.annul")
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему запрос аннулируется.", field="reason")
    today = timezone.localdate()
    fresh.state, fresh.annulled_on, fresh.annul_reason = State.ANNULLED, today, reason.strip()
    fresh.full_clean()
    fresh.save()
    if fresh.entry is not None:
        entry_add(
            actor=actor, series=SERIES, day=today, subject=fresh, kind=Entry.Kind.ANNULMENT, corrects=fresh.entry,
            content={"reason": fresh.annul_reason},
        )  # fmt: skip
    record(events.DISCLOSURE_ANNULLED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh
