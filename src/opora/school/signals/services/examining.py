"""The psychologist's additional examination: only with consent, and whether it confirmed the concern."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.school.pupils.clauses import CONSENT
from opora.school.pupils.models import ExaminationConsent

from .. import events
from ..models import AdditionalExamination, Concern
from .concerns import SOURCE, locked

State = Concern.State
USUAL_ANSWER = {
    True: "Сигнал подтвердился: ребёнку помогут. Спасибо, что сообщили.",
    False: "Сигнал не подтвердился. Продолжайте наблюдать и сообщите, если что-то изменится.",
}


def consent_for(concern: Concern, on: date) -> ExaminationConsent | None:
    """The consent under which the child may be examined on a day; None where there is none."""
    return ExaminationConsent.objects.of(concern.organisation).on(concern.child, on)


@transaction.atomic
def examination_draft(
    *, actor: Actor, concern: Concern, held_on: date, methods: str = "", findings: str = ""
) -> AdditionalExamination:
    """Keep what is being written; the concern stays where it is. Raises Refusal without consent."""
    fresh = _examined(actor, concern, held_on)
    made = AdditionalExamination.objects.filter(concern=fresh).first() or AdditionalExamination(
        organisation=actor.at, concern=fresh
    )
    made.held_on, made.recorded_by = held_on, actor.person
    made.methods, made.findings = methods.replace("\x00", "").strip(), findings.replace("\x00", "").strip()
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def examination_record(
    *, actor: Actor, concern: Concern, held_on: date, findings: str, confirmed: bool, methods: str = "",
    answer: str = "",
) -> AdditionalExamination:  # fmt: skip
    """Say what the examination found. Confirmed: the concern waits for an unplanned meeting (000).

    Not confirmed: it is closed. The author gets words (`answer`, else the usual ones) and never sees the findings.
    Raises Refusal without consent, without findings, for a day to come.
    """
    made = examination_draft(actor=actor, concern=concern, held_on=held_on, methods=methods, findings=findings)
    words = answer.replace("\x00", "").strip() or USUAL_ANSWER[confirmed]
    if not made.findings:
        raise Refusal("no_findings", "Опишите, что установлено.", SOURCE, field="findings")
    fresh = made.concern
    made.confirmed = confirmed
    made.save(update_fields=["confirmed"])
    fresh.state = State.CONFIRMED if confirmed else State.NOT_CONFIRMED
    fresh.answer, fresh.decided_at = words, timezone.now()
    fresh.full_clean()
    fresh.save(update_fields=["state", "answer", "decided_at"])
    record(events.CONCERN_EXAMINED, actor=actor, subject=made, person_id=fresh.person_id)
    outcome = events.CONCERN_CONFIRMED if confirmed else events.CONCERN_CLOSED
    record(outcome, actor=actor, subject=fresh, person_id=fresh.person_id)
    return made


def _examined(actor: Actor, concern: Concern, held_on: date) -> Concern:
    """The concern, locked, of the psychologist who examines, with a consent on that day."""
    require(actor, "concern.examine")
    fresh = locked(actor, concern)
    if fresh.psychologist is None or fresh.psychologist.user_id != actor.person.pk:
        raise PermissionDenied("Обследует тот педагог-психолог, которому направлен сигнал.")
    if fresh.state != State.EXAMINATION:
        raise Refusal("state", f"Обследование уже не идёт: {fresh.get_state_display()}.")
    if not timezone.localtime(fresh.raised_at).date() <= held_on <= timezone.localdate():
        raise Refusal(
            "bad_day", "Обследование проводят после сигнала и не позже сегодняшнего дня.", field="held_on"
        )  # fmt: skip
    if consent_for(fresh, held_on) is None:
        raise Refusal(
            "no_consent", "Согласия родителей на обследование на этот день нет: сначала внесите согласие.", CONSENT,
            field="held_on",
        )  # fmt: skip
    return fresh
