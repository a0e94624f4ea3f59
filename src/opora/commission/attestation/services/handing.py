"""Handing the conclusion on ГИА to the family."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_lock, step_require
from opora.commission.conclusions.sources import guardians_of
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Guardian

from .. import events
from ..models import AttestationConclusion

CLAUSE = "письмо ВК-1074/07, разд. 2: копия сразу или в течение 5 рабочих дней"


@transaction.atomic
def attestation_hand_over(
    *, actor: Actor, conclusion: AttestationConclusion, recipient: Guardian, way: str, on: date, today: date
) -> AttestationConclusion:
    """Record whom the conclusion was given to, how and when.

    Raises Refusal when it is not signed, was handed over already, the recipient is no representative of the learner, or
    the day is in the future or before the signature.
    """
    require(actor, "attestation.hand_over")
    require_own(actor, conclusion)
    rows = AttestationConclusion.objects.select_for_update(of=("self",)).select_related("case__child", "organisation")
    fresh = rows.get(pk=conclusion.pk)
    if fresh.state != AttestationConclusion.State.SIGNED or fresh.signed_on is None:
        raise Refusal("not_signed", f"{fresh}: выдают только подписанное заключение.", CLAUSE)
    if fresh.handed_on is not None:
        raise Refusal("handed", f"{fresh} уже выдано {fresh.handed_on:%d.%m.%Y}.")
    if recipient.pk not in {one.pk for one in guardians_of(fresh.case.child)}:
        raise Refusal("not_guardian", "Копию получает действующий законный представитель.", CLAUSE, "recipient")
    if on > today:
        raise Refusal("future", "Эта дата ещё не наступила.", field="on")
    if on < fresh.signed_on:
        raise Refusal("before_signing", f"Заключение подписано позже, {fresh.signed_on:%d.%m.%Y}.", field="on")
    fresh.recipient, fresh.way, fresh.handed_on, fresh.handed_by = recipient, way, on, actor.person
    fresh.full_clean()
    fresh.save()
    record(events.ATTESTATION_HANDED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def attestation_finish(*, actor: Actor, case: Case, on: date) -> Case:
    """Finish a case that was opened for ГИА alone: its conclusion is with the family, no ordinary one is signed.

    Raises Refusal in another state of the case, or when the conclusion on ГИА is not handed over yet.
    """
    require(actor, "case.finish_attestation")
    fresh = case_lock(case, actor)
    step_require(fresh, "case.finish_attestation")
    handed = fresh.attestations.filter(state=AttestationConclusion.State.SIGNED, handed_on__isnull=False)
    if not handed.exists():
        raise Refusal("not_handed", "Сначала подпишите заключение ГИА и выдайте его семье.", CLAUSE)
    return case_advance(actor=actor, case=fresh, action="case.finish_attestation", on=on)
