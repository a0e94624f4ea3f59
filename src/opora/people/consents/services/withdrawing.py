"""A withdrawal is written down: processing stops in the same transaction (annexes 2.17, 2.18)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.people.children.models import Guardian

from .. import events
from ..ending import processing_stops
from ..freezing import close_lifted, resume, stop
from ..models import Consent, Withdrawal
from ..terms import StopTerm, stop_term
from .recording import SHORT_TITLES

MISTAKE_LIMIT = 300


@transaction.atomic
def consent_withdraw(
    *, actor: Actor, consent: Consent, on: date, way: str = Withdrawal.Way.IN_PERSON, scan: StoredFile | None = None
) -> Withdrawal:
    """Record a withdrawal received on a day, stop what the consent allowed, and count the term.

    Of the child's data (2.17): cases under way end, booked hours are freed, the card is frozen. Of the
    representative's own (2.18): his contacts and papers are taken out of his record; the child's case may go on with
    another representative. Raises Refusal for a day in the future or before the signature, and for the second time.
    """
    require(actor, "consent.withdraw")
    require_own(actor, consent, even_frozen=True)
    if scan is not None and scan.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот файл принадлежит другой организации.", field="scan")
    locked = Consent.objects.select_for_update(of=("self",)).select_related("child", "guardian").get(pk=consent.pk)
    term = _term(locked, on)
    withdrawal = Withdrawal(
        organisation=actor.at, consent=locked, received_on=on, way=Withdrawal.Way(way), scan=scan,
        stop_on=term.on, term_days=term.term.value, term_clause=term.term.clause, recorded_by=actor.user,
    )  # fmt: skip
    if withdrawal.is_of_child:
        processing_stops(actor, locked.child, timezone.localdate())
        stop(actor=actor, child=locked.child, since=on)
    else:
        withdrawal.set_aside = _taken_out(locked)
    withdrawal.full_clean()
    withdrawal.save()
    locked.withdrawn_on = on
    locked.full_clean()
    locked.save(update_fields=["withdrawn_on"])
    record(
        events.CONSENT_WITHDRAWN, actor=actor, subject=withdrawal, person_id=locked.person_id,
        kind=SHORT_TITLES[Consent.Kind(locked.kind)], stop_on=f"{term.on:%d.%m.%Y}",
    )  # fmt: skip
    return withdrawal


def _term(consent: Consent, on: date) -> StopTerm:
    if consent.withdrawn_on:
        raise Refusal("withdrawn", f"Согласие уже отозвано {consent.withdrawn_on:%d.%m.%Y}.")
    if on > timezone.localdate():
        raise Refusal("future", "Дата отзыва ещё не наступила.", field="withdrawn_on")
    if on < consent.signed_on:
        raise Refusal("before_signature", "Отзыв раньше, чем подпись согласия.", field="withdrawn_on")
    try:
        return stop_term(on, consent.signed_on)
    except LookupError as error:
        raise Refusal(
            "before_law", "Проверьте год отзыва: таких сроков тогда не было.", field="withdrawn_on"
        ) from error


def _taken_out(consent: Consent) -> dict[str, Any]:
    """Empty what the representative's record holds beyond his name, and return it.

    He may have consented for another child too: then the record stays for that one.
    """
    guardian, held = consent.guardian, dict[str, Any]()
    others = Consent.objects.filter(guardian=guardian, kind=consent.kind, withdrawn_on__isnull=True)
    if others.exclude(child=consent.child_id).exists():
        return held
    for name in Guardian.cleared_on_withdrawal:
        empty, value = Guardian.cleared_on_erasure[name], getattr(guardian, name)
        if value != empty:
            held[name] = value
            setattr(guardian, name, empty)
    guardian.save(update_fields=list(held))
    encoded: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in held.items()
    }
    return encoded


@transaction.atomic
def withdrawal_lift(*, actor: Actor, withdrawal: Withdrawal, reason: str) -> Withdrawal:
    """Undo a withdrawal that was recorded by mistake, while nothing is destroyed. The consent is in force again.

    A case that ended stays ended: the family applies anew. Raises Refusal without a reason, after the destruction,
    and when a newer consent of the same kind stands.
    """
    require(actor, "consent.lift")
    require_own(actor, withdrawal, even_frozen=True)
    fresh = withdrawal_lock(withdrawal)
    words = reason.strip()
    if not fresh.is_open:
        raise Refusal("not_open", f"Этот отзыв уже {fresh.get_state_display()}: снять его нельзя.")
    if not words:
        raise Refusal("no_reason", "Напишите, в чём ошибка: отзыв — право родителя.", fresh.term_clause, "reason")
    if len(words) > MISTAKE_LIMIT:
        raise Refusal("long", f"Причина длиннее {MISTAKE_LIMIT} знаков.", field="reason")
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=fresh.consent_id)
    same = Consent.objects.filter(
        child=consent.child_id, guardian=consent.guardian_id, kind=consent.kind, withdrawn_on__isnull=True
    )
    if same.exists():
        raise Refusal("in_force", "Подписано новое согласие: прежнее не восстанавливают.")
    _put_back(fresh)
    fresh.set_aside = {}
    fresh.save(update_fields=["set_aside"])
    close_lifted(actor, fresh, words)
    consent.withdrawn_on = None
    consent.save(update_fields=["withdrawn_on"])
    others = Withdrawal.objects.filter(consent__child=consent.child_id, consent__kind=Consent.Kind.CHILD_DATA)
    if fresh.is_of_child and not others.exclude(state=Withdrawal.State.LIFTED).exists():
        resume(actor=actor, child=fresh.consent.child, reason=words)
    record(events.WITHDRAWAL_LIFTED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


def _put_back(withdrawal: Withdrawal) -> None:
    guardian = withdrawal.consent.guardian
    held = dict(withdrawal.set_aside)
    for name, value in held.items():
        is_day = Guardian._meta.get_field(name).get_internal_type() == "DateField"
        setattr(guardian, name, date.fromisoformat(value) if is_day else value)
    if held:
        guardian.save(update_fields=list(held))


def withdrawal_lock(withdrawal: Withdrawal) -> Withdrawal:
    """The withdrawal read anew and locked until the end of the transaction."""
    rows = Withdrawal.objects.select_for_update(of=("self",))
    return rows.select_related(*Withdrawal.loaded_with, "organisation").get(pk=withdrawal.pk)
