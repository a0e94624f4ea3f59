"""Handing the copy to the family: in person, or by post with notice, within the term (P-25)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.commission.cases.services import case_advance, case_lock, step_require
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.people.children.models import Guardian

from .. import events
from ..models import Conclusion, Handover
from ..sources import guardians_of

CLAUSE = "письмо ВК-1074/07, разд. 2: копия сразу или в течение 5 рабочих дней"


def _locked(handover: Handover, actor: Actor) -> Handover:
    """The handover read anew and locked. Raises Refusal when it is done or its conclusion is not in force."""
    case_lock(handover.conclusion.case, actor)
    locked = Handover.objects.select_for_update(of=("self",)).select_related("conclusion__case__child", "organisation")
    fresh = locked.get(pk=handover.pk)
    if fresh.conclusion.state != Conclusion.State.SIGNED:
        raise Refusal("annulled", f"{fresh.conclusion} аннулировано: выдавать нечего.")
    if fresh.received_on is not None:
        raise Refusal("received", f"Копия уже выдана {fresh.received_on:%d.%m.%Y}.")
    step_require(fresh.conclusion.case, "case.hand_over")
    return fresh


def _refuse_stranger(handover: Handover, recipient: Guardian) -> None:
    if recipient.pk not in {one.pk for one in guardians_of(handover.conclusion.case.child)}:
        raise Refusal("not_guardian", "Копию получает действующий законный представитель ребёнка.", CLAUSE, "recipient")


def _refuse_bad_day(handover: Handover, day: date, today: date, field: str) -> None:
    signed = handover.conclusion.signed_on
    if day > today:
        raise Refusal("future", "Эта дата ещё не наступила.", field=field)
    if signed is not None and day < signed:
        raise Refusal("before_signing", f"Заключение подписано позже, {signed:%d.%m.%Y}.", field=field)


@transaction.atomic
def handover_send(
    *, actor: Actor, handover: Handover, recipient: Guardian, sent_on: date, today: date, track_number: str = ""
) -> Handover:
    """Record that the copy went by post with notice; receipt is recorded later. Raises Refusal."""
    require(actor, "case.hand_over")
    fresh = _locked(handover, actor)
    _refuse_stranger(fresh, recipient)
    _refuse_bad_day(fresh, sent_on, today, "sent_on")
    fresh.way, fresh.recipient, fresh.sent_on = Handover.Way.POST, recipient, sent_on
    fresh.track_number, fresh.recorded_by = track_number.strip(), actor.user
    fresh.full_clean()
    fresh.save()
    record(events.HANDOVER_SENT, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def handover_record(
    *,
    actor: Actor,
    handover: Handover,
    recipient: Guardian,
    received_on: date,
    today: date,
    way: str = Handover.Way.IN_PERSON,
    school_copy: bool = True,
    opinions_given: bool = False,
    scan: StoredFile | None = None,
) -> Handover:
    """Record that the parent has the copy and has signed for it: the case is finished.

    Raises Refusal for a stranger, a day in the future or before signing, post that was never sent.
    """
    require(actor, "case.hand_over")
    fresh = _locked(handover, actor)
    _refuse_stranger(fresh, recipient)
    _refuse_bad_day(fresh, received_on, today, "received_on")
    if way == Handover.Way.POST:
        if fresh.sent_on is None:
            raise Refusal("not_sent", "Сначала отметьте отправку почтой.", field="way")
        if received_on < fresh.sent_on:
            raise Refusal("before_sending", f"Отправлено позже, {fresh.sent_on:%d.%m.%Y}.", field="received_on")
    if opinions_given and not fresh.conclusion.opinions.exists():
        raise Refusal("no_opinions", "У этого заключения нет особых мнений.", field="opinions_given")
    fresh.way, fresh.recipient, fresh.received_on = way, recipient, received_on
    fresh.school_copy, fresh.opinions_given, fresh.scan = school_copy, opinions_given, scan or fresh.scan
    fresh.recorded_by = actor.user
    fresh.full_clean()
    fresh.save()
    case_advance(actor=actor, case=fresh.conclusion.case, action="case.hand_over", on=received_on)
    record(events.HANDOVER_RECORDED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh
