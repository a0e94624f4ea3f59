"""Asking for a card in an emergency, closing it again, the review."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import may, require
from opora.foundation.access.knowledge import knows_all, may_know
from opora.foundation.access.models import EmergencyAccess
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import record
from opora.foundation.ui.typography import plural

from . import events
from .lookups import card_named

LASTS = timedelta(hours=1)
SHORTEST_REASON = 20
LONGEST_TEXT = 1000
MISSES = 5  # wrong guesses in `WINDOW`, after which no further one is heard
OPEN_AT_ONCE = 3
WINDOW = timedelta(hours=1)


@transaction.atomic
def emergency_open(
    *, actor: Actor, reason: str, number: str = "", full_name: str = "", birth_date: date | None = None
) -> EmergencyAccess | None:
    """Open one card to the actor for an hour, for reading and printing.

    The card is named by a case number, or by the full name and the birth date. None when there is no such card here:
    the try is written down and counted, so it must not be rolled back. Raises Refusal for a short reason, too many
    tries, too many cards at once, and when no emergency is needed.
    """
    require(actor, "child.emergency")
    User.objects.select_for_update().get(pk=actor.person.pk)  # tries are counted one after another
    if knows_all(actor):
        raise Refusal("knows_all", "Вам и так открыты все карты организации.")
    words = reason.replace("\x00", "").strip()
    if len(words) < SHORTEST_REASON:
        shortest = plural(SHORTEST_REASON, "знака,знаков,знаков")
        raise Refusal("short_reason", f"Опишите причину подробнее, не короче {shortest}.", field="reason")
    now = timezone.now()
    _refuse_guessing(actor, now)
    child = card_named(actor, number=number, full_name=full_name, birth_date=birth_date)
    if child is None:
        record(events.EMERGENCY_MISSED, actor=actor)
        return None
    if may_know(actor, child.public_id):
        raise Refusal("known", "Эта карта вам и так открыта: найдите её в списке детей.")
    opened = EmergencyAccess(
        organisation=actor.at, user=actor.person, person_id=child.public_id, reason=words, expires_at=now + LASTS
    )
    opened.full_clean()
    opened.save()
    minutes = int(LASTS.total_seconds() // 60)
    record(events.EMERGENCY_OPENED, actor=actor, subject=opened, person_id=child.public_id, minutes=minutes)
    return opened


def _refuse_guessing(actor: Actor, now: datetime) -> None:
    missed = Event.objects.filter(
        organisation=actor.at, user=actor.user, code=events.EMERGENCY_MISSED.code, at__gt=now - WINDOW
    )
    times = list(missed.order_by("at").values_list("at", flat=True))
    if len(times) >= MISSES:
        wait = max(1, -(-int((times[-MISSES] + WINDOW - now).total_seconds()) // 60))
        raise Refusal(
            "guessing", f"Слишком много неверных попыток. Повторите через {wait} мин. или позовите секретаря."
        )
    if EmergencyAccess.objects.running(now).filter(user=actor.user).count() >= OPEN_AT_ONCE:
        raise Refusal("too_many", "Сейчас открыто три карты: закройте те, которые больше не нужны.")


@transaction.atomic
def emergency_close(*, actor: Actor, access: EmergencyAccess) -> EmergencyAccess:
    """Close a card before its hour is over: whoever opened it, or whoever reviews. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, access, "child.emergency_view")
    if fresh.user_id != actor.person.pk and not may(actor, "child.emergency_review"):
        raise Refusal("stranger", "Закрывает доступ тот, кто его открыл, или руководитель.")
    now = timezone.now()
    if not fresh.is_running(now):
        raise Refusal("closed", "Этот доступ уже закрыт.")
    fresh.ended_at = now
    fresh.save(update_fields=["ended_at"])
    record(events.EMERGENCY_CLOSED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def emergency_review(*, actor: Actor, access: EmergencyAccess, was_justified: bool, verdict: str) -> EmergencyAccess:
    """Say whether the access was needed; one that was not is closed at once. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, access, "child.emergency_review")
    if fresh.user_id == actor.person.pk:
        raise Refusal("own", "Свой доступ не проверяют: это делает другой руководитель.")
    if fresh.reviewed_at is not None:
        raise Refusal("reviewed", "Этот доступ уже проверен.")
    words = verdict.replace("\x00", "").strip()
    if not was_justified and not words:
        raise Refusal("no_verdict", "Напишите, что было не так и что сделано.", field="verdict")
    now = timezone.now()
    if not was_justified and fresh.is_running(now):
        fresh.ended_at = now
    fresh.reviewed_by, fresh.reviewed_at = actor.person, now
    fresh.was_justified, fresh.verdict = was_justified, words
    fresh.full_clean()
    fresh.save(update_fields=["ended_at", "reviewed_by", "reviewed_at", "was_justified", "verdict"])
    outcome = "был нужен" if was_justified else "не был нужен"
    record(events.EMERGENCY_REVIEWED, actor=actor, subject=fresh, person_id=fresh.person_id, verdict=outcome)
    return fresh


def _locked(actor: Actor, access: EmergencyAccess, action: str) -> EmergencyAccess:
    """The row read anew and locked. A card that was frozen since may still be closed and reviewed."""
    require(actor, action)
    if access.organisation_id != actor.at.pk:
        raise PermissionDenied("Это ведёт другая организация.")
    return EmergencyAccess.objects.select_for_update(of=("self",)).select_related("user").get(pk=access.pk)
