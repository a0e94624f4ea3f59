"""Recording a signed consent (C-07)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.people.children.models import Child, Guardian, Guardianship

from .. import events
from ..freezing import resume
from ..models import Consent

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
    """Record a consent that a guardian has signed. A new one for the child's data lets processing go on.

    Raises Refusal for a date in the future or before the child's birth, a person who does not represent the child on
    that day, and a consent of the same kind that is in force already.
    """
    require(actor, "consent.record")
    kind = Consent.Kind(kind)
    if child.organisation_id != actor.at.pk or guardian.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Эта карта принадлежит другой организации.")
    require_own(actor, child, even_frozen=True)
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
    if kind == Consent.Kind.CHILD_DATA:
        resume(actor=actor, child=child, reason="подписано новое согласие")
    record(
        events.CONSENT_RECORDED, actor=actor, subject=consent, person_id=child.public_id,
        kind=SHORT_TITLES[kind], signed_on=f"{signed_on:%d.%m.%Y}",
    )  # fmt: skip
    return consent


def consents_in_force(child: Child, guardian: Guardian, on: date) -> set[str]:
    """Kinds of consent of this guardian for this child that are in force on a day."""
    rows = Consent.objects.filter(child=child, guardian=guardian).in_force(on)
    return set(rows.values_list("kind", flat=True))
