"""Saving sections: an old version never overwrites a newer one, and what is overwritten by another is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import person_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType

from . import events
from .models import SECTION_LIMIT, EarlierText, Presence, Section

PRESENT = timedelta(seconds=20)
ONE_SITTING = timedelta(minutes=10)
A_LONG_TEXT = 200  # characters; losing half of such a text at once keeps the earlier one
S = TypeVar("S", bound=Section)


@dataclass(frozen=True)
class SaveResult(Generic[S]):
    """`section` is as it stands in the database now; after a conflict nothing was written and `mine` is unsaved."""

    section: S
    conflict: bool
    mine: str

    @property
    def theirs(self) -> str:
        return self.section.text

    @property
    def by(self) -> User | None:
        return self.section.user


def normalised(text: str) -> str:
    """Without NUL and with plain line ends. Raises Refusal over the limit."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > SECTION_LIMIT:
        over = len(text) - SECTION_LIMIT
        raise Refusal(
            "too_long",
            f"В разделе не больше {SECTION_LIMIT} знаков, лишних — {over}. Текст остался в окне.",
            field="text",
        )
    return text


@transaction.atomic
def section_save(*, actor: Actor, section: S, text: str, base_version: int, settled: bool = False) -> SaveResult[S]:
    """Save what a person typed over `base_version`.

    Older than the database and different: nothing is written, both texts come back as a conflict. `settled` says
    that the person has seen the newer text (`base_version` is its version), so the text written over is kept.
    The right to change the sheet is the caller's to check. Raises PermissionDenied for a stranger, Refusal for a
    text over the limit.
    """
    if section.organisation_id != actor.at.pk:
        raise PermissionDenied("Этот лист ведёт другая организация.")
    mine = normalised(text)
    current: S = type(section)._base_manager.select_for_update().get(pk=section.pk)
    if mine == current.text:
        return SaveResult(current, conflict=False, mine=mine)
    if base_version != current.version:
        return SaveResult(current, conflict=True, mine=mine)
    _keep_and_tell(actor, current, mine, settled)
    current.text, current.user = mine, actor.person
    current.version += 1
    _check(current)
    current.save(update_fields=["text", "user", "version", "at"])
    return SaveResult(current, conflict=False, mine=mine)


def _keep_and_tell(actor: Actor, current: Section, mine: str, settled: bool) -> None:
    by_another = current.user_id not in (None, actor.person.pk)
    halved = len(current.text) >= A_LONG_TEXT and len(mine) < len(current.text) / 2
    if current.text and (by_another or settled or halved):
        EarlierText.objects.create(
            organisation_id=current.organisation_id,
            person_id=person_of(current),
            section_id=current.public_id,
            version=current.version,
            text=current.text,
            user_id=current.user_id,
        )
    new_sitting = current.version == 0 or by_another or timezone.now() - current.at > ONE_SITTING
    if settled or new_sitting:
        told = events.SECTION_SETTLED if settled else events.SECTION_CHANGED
        _tell(told, actor, current)


def _check(current: Section) -> None:
    # Only what a save changes: links and unique keys stay as they were, and a save happens at each pause in typing.
    untouched = [field.name for field in current._meta.fields if field.name not in ("text", "version")]
    current.full_clean(exclude=untouched, validate_unique=False, validate_constraints=False)


@transaction.atomic
def section_discard(*, actor: Actor, section: Section, text: str) -> None:
    """Keep among the earlier texts what a person typed and then gave up for the text of another."""
    require_own(actor, section)
    kept = normalised(text)
    if not kept:
        return
    EarlierText.objects.create(
        organisation_id=section.organisation_id,
        person_id=person_of(section),
        section_id=section.public_id,
        version=section.version,
        text=kept,
        user=actor.person,
    )
    _tell(events.SECTION_SETTLED, actor, section)


def _tell(told: EventType, actor: Actor, section: Section) -> None:
    named = {"section": section.code, "title": section.caption}
    record(told, actor=actor, subject=section, person_id=person_of(section), **named)


@transaction.atomic
def presence_touch(section: Section, user: User) -> list[User]:
    """Say that the person has the section open; return the others seen in the last 20 seconds."""
    now, section_id = timezone.now(), section.public_id
    Presence.objects.update_or_create(
        organisation_id=section.organisation_id, section_id=section_id, user=user, defaults={"seen_at": now}
    )
    others = Presence.objects.filter(section_id=section_id, seen_at__gte=now - PRESENT).exclude(user=user)
    return [presence.user for presence in others.select_related("user").order_by("user__last_name")]


def presence_end(section_id: str, user: User) -> None:
    """Say that the page is closed."""
    Presence.objects.filter(section_id=section_id, user=user).delete()
