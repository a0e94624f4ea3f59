"""The application: taken, changed, signed together with both consents (P-01, C-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_lock, case_open, step_require
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_store
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian
from opora.people.consents.models import Consent
from opora.people.consents.services import consent_record, consents_in_force
from opora.regulations.edition import edition_for

from .. import events
from ..facts import edition_of, guardianship_of, was_examined
from ..models import Application, Paper, PaperFile
from .papers import papers_list, papers_refresh

CONSENT_CLAUSE = "письмо ВК-1074/07, прил. 2.17, 2.18; Федеральный закон № 152-ФЗ, ст. 9"
CONSENT_PAPERS = {Consent.Kind.CHILD_DATA: "consent_child", Consent.Kind.GUARDIAN_DATA: "consent_parent"}
TEXT_LIMIT = 3000
SENDER_LIMIT = 120
CHANGEABLE = (
    "applicant", "is_repeat", "filing", "source", "initiator", "referred_by", "has_referral", "reason", "request",
    "needs_psychiatrist", "wants_copies",
)  # fmt: skip


@transaction.atomic
def application_submit(
    *,
    actor: Actor,
    child: Child,
    applicant: Guardian,
    on: date,
    reason: str,
    initiator: str = "parent",
    is_repeat: bool | None = None,
    referred_by: Organisation | None = None,
    has_referral: bool = False,
    request: str = "",
    filing: str = Application.Filing.IN_PERSON,
    source: str = Application.Source.VISIT,
    needs_psychiatrist: bool = False,
    wants_copies: bool = True,
) -> Case:
    """Open a case by an application and make the list of papers for this child (P-01, P-02).

    Without `is_repeat` it is repeat when the commission has examined the child before. The edition is the one in
    force on the day. Raises Refusal for an open case, a stranger as applicant, an unknown initiator.
    """
    require(actor, "case.open")
    if on > timezone.localdate():
        raise Refusal("future", "Дата обращения ещё не наступила.", field="on")
    if on < child.birth_date:
        raise Refusal("before_birth", "Дата обращения раньше, чем родился ребёнок.", field="on")
    try:
        law = edition_for(on)
    except LookupError as error:
        raise Refusal("before_law", "На эту дату правил комиссии ещё не было: проверьте год.", field="on") from error
    case = case_open(actor=actor, child=child, opened_on=on, edition=law.code)
    application = Application(
        organisation=actor.at, case=case, applicant=applicant,
        is_repeat=was_examined(child) if is_repeat is None else is_repeat,
        filing=filing, source=source, initiator=initiator, referred_by=referred_by, has_referral=has_referral,
        reason=reason, request=request, needs_psychiatrist=needs_psychiatrist, wants_copies=wants_copies,
    )  # fmt: skip
    _require_sense(application)
    application.full_clean()
    application.save()
    papers_list(actor=actor, application=application)
    record(events.APPLICATION_SUBMITTED, actor=actor, subject=application, person_id=child.public_id)
    return case


@transaction.atomic
def application_change(*, actor: Actor, application: Application, **fields: Any) -> Application:
    """Change what the application says and bring the list of papers into line.

    `fields` are some of CHANGEABLE. Once the application is signed its applicant stays. Raises Refusal.
    """
    require(actor, "application.change")
    case = case_lock(application.case, actor)
    if not case.is_open:
        raise Refusal("finished", f"Дело {case.title} завершено, заявление не меняют.")
    if case.status == Status.SIGNED:
        raise Refusal("decided", "Заключение уже подписано: заявление, по которому оно составлено, не меняют.")
    changed = [name for name in CHANGEABLE if name in fields and getattr(application, name) != fields[name]]
    if application.signed_on and "applicant" in changed:
        raise Refusal("signed", "Заявление уже подписано: заявителя не меняют.", field="applicant")
    for name in changed:
        setattr(application, name, fields[name])
    if changed:
        _require_sense(application)
        application.full_clean()
        application.save()
        papers_refresh(actor=actor, application=application)
        record(
            events.APPLICATION_CHANGED, actor=actor, subject=application, person_id=case.person_id,
            fields=", ".join(str(Application._meta.get_field(name).verbose_name) for name in changed),  # type: ignore[union-attr]
        )  # fmt: skip
    return application


def _require_sense(application: Application) -> None:
    case = application.case
    if guardianship_of(case.child, application.applicant) is None:
        raise Refusal("not_guardian", "Заявление подаёт законный представитель этого ребёнка.", field="applicant")
    known = {choice.code for choice in edition_of(case).vocabulary("initiator").choices}
    if application.initiator not in known:
        raise Refusal("initiator", "Выберите, кто направил ребёнка.", field="initiator")
    if application.initiator == "other" and application.referred_by is None:
        raise Refusal("no_sender", "Напишите, какая организация направила ребёнка.", field="sender")
    if not application.reason.strip():
        raise Refusal("no_reason", "Напишите, с чем обратились: это войдёт в протокол.", field="reason")
    for name in ("reason", "request"):
        if len(getattr(application, name)) > TEXT_LIMIT:
            raise Refusal("long", f"Текст длиннее {TEXT_LIMIT} знаков: сократите его.", field=name)


@transaction.atomic
def sender_by_name(*, actor: Actor, name: str, initiator: str) -> Organisation | None:
    """The organisation that has sent the child, from the directory or as a new line of it; None for a blank name."""
    require(actor, "case.open")
    wanted = " ".join(name.split())
    if not wanted:
        return None
    known = list(Organisation.objects.all())
    for one in known:
        if wanted.casefold() in (one.short_name.casefold(), one.full_name.casefold()):
            return one
    if len(wanted) > SENDER_LIMIT:
        raise Refusal("long", f"Название длиннее {SENDER_LIMIT} знаков.", field="sender")
    kinds = {"education": Organisation.Kind.SCHOOL, "consilium": Organisation.Kind.SCHOOL} | {
        kind.value: kind for kind in Organisation.Kind
    }
    sender = Organisation(kind=kinds.get(initiator, Organisation.Kind.OTHER), full_name=wanted, short_name=wanted)
    sender.full_clean()
    sender.save()
    record(events.SENDER_ADDED, actor=actor, subject=sender)
    return sender


@transaction.atomic
def application_receive(
    *,
    actor: Actor,
    case: Case,
    on: date,
    application_on: date,
    consent_child_on: date | None = None,
    consent_guardian_on: date | None = None,
    scans: dict[str, UploadedFile[Any]] | None = None,
) -> Case:
    """Record the signed application and both consents: the step `case.receive`.

    A date may be left out only for a consent that is in force already. `scans` has the keys `application`,
    `consent_child`, `consent_guardian`. Raises Refusal when a consent is missing or a date is in the future.
    """
    require(actor, "case.receive")
    fresh = case_lock(case, actor)
    step_require(fresh, "case.receive")
    application = Application.objects.select_related("applicant", "case__child").get(case=fresh)
    scans = scans or {}
    _sign(actor, application, application_on, on, scans.get("application"))
    dates = {Consent.Kind.CHILD_DATA: consent_child_on, Consent.Kind.GUARDIAN_DATA: consent_guardian_on}
    for kind, field in ((Consent.Kind.CHILD_DATA, "consent_child"), (Consent.Kind.GUARDIAN_DATA, "consent_guardian")):
        _consent(actor, application, kind, dates[kind], on, scans.get(field), f"{field}_on")
    consents_require(fresh, application, on)
    return case_advance(actor=actor, case=fresh, action="case.receive", on=on)


def _sign(actor: Actor, application: Application, signed_on: date, on: date, scan: UploadedFile[Any] | None) -> None:
    if signed_on > on:
        raise Refusal("future", "Дата подписи ещё не наступила.", field="application_on")
    application.signed_on = signed_on
    if scan is not None:
        application.scan = file_store(actor=actor, upload=scan, person_id=application.person_id)
    application.save(update_fields=["signed_on", "scan"])
    _mark(actor, application, "application", signed_on, application.scan)
    record(
        events.APPLICATION_SIGNED, actor=actor, subject=application, person_id=application.person_id,
        signed_on=f"{signed_on:%d.%m.%Y}",
    )  # fmt: skip


def _consent(
    actor: Actor, application: Application, kind: Consent.Kind, signed_on: date | None, on: date,
    scan: UploadedFile[Any] | None, field: str,
) -> None:  # fmt: skip
    child, guardian = application.case.child, application.applicant
    if kind in consents_in_force(child=child, guardian=guardian, on=on):
        _mark(actor, application, CONSENT_PAPERS[kind], on)
        return
    if signed_on is None:
        raise Refusal("no_consent", f"Без документа «{kind.label}» дело не ведут.", CONSENT_CLAUSE, field)
    if signed_on > on:
        raise Refusal("future", "Дата подписи ещё не наступила.", field=field)
    kept = file_store(actor=actor, upload=scan, person_id=child.public_id) if scan is not None else None
    consent_record(
        actor=actor, child=child, guardian=guardian, kind=kind, signed_on=signed_on,
        medium=Consent.Medium.PAPER, scan=kept,
    )  # fmt: skip
    _mark(actor, application, CONSENT_PAPERS[kind], signed_on, kept)


def _mark(
    actor: Actor, application: Application, requirement: str, received_on: date, scan: StoredFile | None = None
) -> None:
    """The signed paper itself is in the card: its line of the list is done and carries the scan."""
    line = Paper.objects.filter(case=application.case, requirement=requirement).first()
    if line is None:
        return
    if line.received_on is None:
        line.received_on, line.medium = received_on, Paper.Medium.ORIGINAL
        line.checked_by, line.checked_on = actor.user, received_on
        line.save(update_fields=["received_on", "medium", "checked_by", "checked_on"])
    if scan is not None:
        PaperFile.objects.create(organisation=actor.at, paper=line, file=scan)


def consents_require(case: Case, application: Application, on: date) -> None:
    """Raise Refusal unless both consents of the applicant are in force: without them the case stands still."""
    held = consents_in_force(child=case.child, guardian=application.applicant, on=on)
    lacking = [str(kind.label) for kind in CONSENT_PAPERS if kind not in held]
    if lacking:
        raise Refusal(
            "no_consent", f"Дело {case.title} не ведут без согласий. Нет в силе: {'; '.join(lacking)}.", CONSENT_CLAUSE
        )
