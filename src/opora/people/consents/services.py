"""Recording a signed consent and its withdrawal (C-07)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.people.children.models import Child, Guardian, Guardianship
from opora.regulations.calendar import add_working_days
from opora.regulations.edition import edition_for
from opora.regulations.entries import Term

from . import events
from .models import Consent

SHORT_TITLES = {
    Consent.Kind.CHILD_DATA: "на обработку данных ребёнка",
    Consent.Kind.GUARDIAN_DATA: "на обработку данных представителя",
}
CLAUSES = {
    Consent.Kind.CHILD_DATA: "письмо ВК-1074/07, прил. 2.17",
    Consent.Kind.GUARDIAN_DATA: "письмо ВК-1074/07, прил. 2.18",
}


@transaction.atomic
def consent_record(
    *,
    actor: Actor,
    child: Child,
    guardian: Guardian,
    kind: str,
    signed_on: date,
    medium: str = Consent.Medium.PAPER,
    scan: StoredFile | None = None,
) -> Consent:
    """Record a consent that a guardian has signed.

    Raises Refusal for a date in the future or before the child's birth, a person who does not represent the child on
    that day, and a consent of the same kind that is in force already.
    """
    require(actor, "consent.record")
    kind = Consent.Kind(kind)
    if child.organisation_id != actor.at.pk or guardian.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Эта карта принадлежит другой организации.")
    if scan is not None and scan.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот файл принадлежит другой организации.", field="scan")
    if signed_on > timezone.localdate():
        raise Refusal("future", "Дата подписи ещё не наступила.", field="signed_on")
    if signed_on < child.birth_date:
        raise Refusal("before_birth", "Согласие подписано раньше, чем родился ребёнок.", field="signed_on")
    link = Guardianship.objects.filter(child=child, guardian=guardian).first()
    if link is None or (link.ended_on and link.ended_on < signed_on):
        raise Refusal("not_a_guardian", "Этот человек не представляет ребёнка.", CLAUSES[kind], "guardian")
    if Consent.objects.filter(child=child, guardian=guardian, kind=kind, withdrawn_on__isnull=True).exists():
        raise Refusal("in_force", f"Согласие {SHORT_TITLES[kind]} уже внесено и действует.", field="kind")
    consent = Consent(
        organisation=actor.at, child=child, guardian=guardian, kind=kind, signed_on=signed_on, medium=medium,
        scan=scan, recorded_by=actor.user,
    )  # fmt: skip
    consent.full_clean()
    consent.save()
    record(
        events.CONSENT_RECORDED, actor=actor, subject=consent, person_id=child.public_id,
        kind=SHORT_TITLES[kind], signed_on=f"{signed_on:%d.%m.%Y}",
    )  # fmt: skip
    return consent


@transaction.atomic
def consent_withdraw(*, actor: Actor, consent: Consent, on: date) -> Consent:
    """Record that a consent was taken back on a day. Processing stops by `processing_stops_on`.

    Raises Refusal for a day in the future or before the signature, and for a consent withdrawn already.
    """
    require(actor, "consent.withdraw")
    if consent.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Это согласие принадлежит другой организации.")
    locked = Consent.objects.select_for_update(of=("self",)).select_related("child").get(pk=consent.pk)
    if locked.withdrawn_on:
        raise Refusal("withdrawn", f"Согласие уже отозвано {locked.withdrawn_on:%d.%m.%Y}.")
    if on > timezone.localdate():
        raise Refusal("future", "Дата отзыва ещё не наступила.", field="withdrawn_on")
    if on < locked.signed_on:
        raise Refusal("before_signature", "Отзыв раньше, чем подпись согласия.", field="withdrawn_on")
    try:
        stop_on = processing_stops_on(on)
    except LookupError as error:
        raise Refusal(
            "before_law", "Проверьте год отзыва: таких сроков тогда не было.", field="withdrawn_on"
        ) from error
    locked.withdrawn_on = on
    locked.full_clean()
    locked.save(update_fields=["withdrawn_on"])
    record(
        events.CONSENT_WITHDRAWN, actor=actor, subject=locked, person_id=locked.person_id,
        kind=SHORT_TITLES[Consent.Kind(locked.kind)], stop_on=f"{stop_on:%d.%m.%Y}",
    )  # fmt: skip
    return locked


def processing_stops_on(withdrawn_on: date) -> date:
    """The last day of the term in which processing stops after a withdrawal (annexes 2.17 and 2.18)."""
    return add_working_days(withdrawn_on, withdrawal_term(withdrawn_on).value)


def withdrawal_term(on: date) -> Term:
    """The term in which processing stops after a withdrawal, by the edition of a day."""
    return edition_for(on).term("consent_withdrawal_stop")


def consents_in_force(child: Child, guardian: Guardian, on: date) -> set[str]:
    """Kinds of consent of this guardian for this child that are in force on a day."""
    rows = Consent.objects.filter(child=child, guardian=guardian).in_force(on)
    return set(rows.values_list("kind", flat=True))
