"""The family's answer whether the specialists of the school may examine the child (Р-93)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_store
from opora.people.children.models import Child, Guardian, Guardianship

from .. import clauses, events
from ..models import ExaminationConsent


def require_consent(child: Child, on: date) -> ExaminationConsent:
    """The consent in force on a day. Raises Refusal `no_consent` with its clause: no examination before it."""
    found = ExaminationConsent.objects.on(child, on)
    if found is not None:
        return found
    last = ExaminationConsent.objects.latest_of(child)
    raise Refusal("no_consent", f"Обследовать нельзя: {_why(last)}.", clauses.CONSENT)


def _why(last: ExaminationConsent | None) -> str:
    if last is None:
        return "семья ещё не дала письменного согласия"
    if last.answer == ExaminationConsent.Answer.REFUSED:
        return f"семья отказалась {last.signed_on:%d.%m.%Y}"
    if last.withdrawn_on:
        return f"согласие отозвано {last.withdrawn_on:%d.%m.%Y}"
    return f"согласие подписано позже, {last.signed_on:%d.%m.%Y}"


@transaction.atomic
def examination_consent_record(
    *,
    actor: Actor,
    child: Child,
    guardian: Guardian,
    answer: str,
    signed_on: date,
    medium: str = ExaminationConsent.Medium.PAPER,
    note: str = "",
    scan: UploadedFile[Any] | None = None,
) -> ExaminationConsent:
    """Record a signed consent or refusal; the last answer counts.

    Raises Refusal for a date in the future or before the child's birth, a person who does not represent the child on
    that day, and the same answer of that day once more.
    """
    require(actor, "examination_consent.record")
    require_own(actor, child)
    require_own(actor, guardian)
    answer = ExaminationConsent.Answer(answer)
    _require_day(child, signed_on)
    link = Guardianship.objects.filter(child=child, guardian=guardian).first()
    if link is None or (link.ended_on and link.ended_on < signed_on):
        raise Refusal("not_a_guardian", "Этот человек не представляет ребёнка.", clauses.CONSENT, "guardian")
    _require_news(child, answer, signed_on)
    row = ExaminationConsent(
        organisation=actor.at, child=child, guardian=guardian, answer=answer, signed_on=signed_on, medium=medium,
        note=note.strip(), recorded_by=actor.user, scan=_kept(actor, child, scan),
    )  # fmt: skip
    row.full_clean()
    row.save()
    record(
        events.CONSENT_RECORDED, actor=actor, subject=row, person_id=child.public_id, answer=str(answer.label),
        signed_on=f"{signed_on:%d.%m.%Y}",
    )  # fmt: skip
    return row


@transaction.atomic
def examination_consents_record(
    *, actor: Actor, children: Iterable[Child], signed_on: date, medium: str = ExaminationConsent.Medium.PAPER
) -> list[ExaminationConsent]:
    """The papers that a class brought back in one go: a consent of each child's main representative.

    Raises Refusal that names the first child for whom it cannot be; nothing is recorded then.
    """
    made = []
    for child in children:
        link = Guardianship.objects.filter(child=child, ended_on__isnull=True).select_related("guardian").first()
        if link is None:
            raise Refusal("no_guardian", f"{child.full_name}: не внесён родитель или другой представитель.")
        try:
            row = examination_consent_record(
                actor=actor, child=child, guardian=link.guardian, answer=ExaminationConsent.Answer.GIVEN,
                signed_on=signed_on, medium=medium,
            )  # fmt: skip
        except Refusal as no:
            raise Refusal(no.code, f"{child.full_name}: {no.message}", no.clause, no.field) from None
        made.append(row)
    return made


@transaction.atomic
def examination_consent_withdraw(*, actor: Actor, consent: ExaminationConsent, on: date) -> ExaminationConsent:
    """The representative takes the consent back: from that day nobody examines."""
    require(actor, "examination_consent.record")
    require_own(actor, consent)
    row = ExaminationConsent.objects.select_for_update(of=("self",)).select_related("child").get(pk=consent.pk)
    if not row.is_in_force:
        raise Refusal("not_in_force", "Это согласие уже не действует.", clauses.WITHDRAWAL)
    if on > timezone.localdate():
        raise Refusal("future", "Эта дата ещё не наступила.", field="withdrawn_on")
    if on < row.signed_on:
        raise Refusal("earlier", f"Согласие подписано {row.signed_on:%d.%m.%Y}.", field="withdrawn_on")
    row.withdrawn_on = on
    row.full_clean()
    row.save(update_fields=["withdrawn_on"])
    record(events.CONSENT_WITHDRAWN, actor=actor, subject=row, person_id=row.person_id, on=f"{on:%d.%m.%Y}")
    return row


@transaction.atomic
def examination_consent_attach(
    *, actor: Actor, consent: ExaminationConsent, scan: UploadedFile[Any]
) -> ExaminationConsent:
    """Keep the scan of the signed paper that came later."""
    require(actor, "examination_consent.record")
    require_own(actor, consent)
    if consent.scan_id is not None:
        raise Refusal("scan_kept", "Скан уже приложен.", field="scan")
    consent.scan = _kept(actor, consent.child, scan)
    consent.save(update_fields=["scan"])
    return consent


def _kept(actor: Actor, child: Child, scan: UploadedFile[Any] | None) -> StoredFile | None:
    return file_store(actor=actor, upload=scan, person_id=child.public_id) if scan else None


def _require_day(child: Child, signed_on: date) -> None:
    if signed_on > timezone.localdate():
        raise Refusal("future", "Дата подписи ещё не наступила.", field="signed_on")
    if signed_on < child.birth_date:
        raise Refusal("before_birth", "Подписано раньше, чем родился ребёнок.", field="signed_on")


def _require_news(child: Child, answer: ExaminationConsent.Answer, signed_on: date) -> None:
    last = ExaminationConsent.objects.latest_of(child)
    if last is None:
        return
    given = answer == ExaminationConsent.Answer.GIVEN
    if given and last.is_in_force:
        raise Refusal("in_force", f"Согласие от {last.signed_on:%d.%m.%Y} уже действует.", field="answer")
    if not given and last.answer == answer and last.signed_on == signed_on:
        raise Refusal("twice", "Этот отказ уже записан.", field="answer")
