"""Raising a concern and what the administration decides on it (000: teacher, administration, psychologist)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.audit.services import record
from opora.people.law import law_on
from opora.regulations.signals.asking import sign_titles

from .. import events
from ..models import Concern
from ..roll import pupil_of

SOURCE = "Методические рекомендации по ИПС, внеплановый консилиум"
State, Urgency = Concern.State, Concern.Urgency


@transaction.atomic
def concern_raise(
    *, actor: Actor, child_id: str, noticed_on: date, seen: str = "", signs: Iterable[str] = (),
    urgency: str = Urgency.SOON, suicide_risk: bool = False, on: date | None = None,
) -> Concern:  # fmt: skip
    """Tell the administration of a child of the own school; the author need not know the child's card.

    `child_id` is the public id of the card, as the roll names it. A mark of suicidal risk makes it urgent. `on` is
    the day of telling when it is entered later. Raises Refusal for a strange child, a day to come, nothing said.
    """
    require(actor, "concern.raise")
    child = pupil_of(actor, child_id)
    today = on or timezone.localdate()
    ticked, words = list(dict.fromkeys(signs)), seen.replace("\x00", "").strip()
    if not child.birth_date <= noticed_on <= today:
        raise Refusal("bad_day", "Замечено не позже сегодняшнего дня. Исправьте дату.", field="noticed_on")
    unknown = set(ticked) - set(sign_titles(law_on(today)))
    if unknown:
        raise Refusal("unknown_sign", "Такого признака в перечне нет. Отметьте признаки заново.", field="signs")
    if not ticked and not words and not suicide_risk:
        raise Refusal("nothing_said", "Отметьте хотя бы один признак или опишите, что увидели.", field="signs")
    signs_kept: Any = ticked  # a sealed field is typed by its column
    concern = Concern(
        organisation=actor.at, child=child, author=actor.person, noticed_on=noticed_on, signs=signs_kept, seen=words,
        urgency=Urgency.TODAY if suicide_risk else urgency, suicide_risk=suicide_risk,
        raised_at=timezone.now() if on is None else timezone.make_aware(datetime.combine(on, time(12))),
    )  # fmt: skip
    concern.full_clean()
    concern.save()
    record(events.CONCERN_RAISED, actor=actor, subject=concern, person_id=child.public_id)
    return concern


@transaction.atomic
def concern_send(
    *, actor: Actor, concern: Concern, psychologist: Position, due_on: date, decision: str = "", on: date | None = None
) -> Concern:
    """Send the child to a psychologist, or to another one while nothing is recorded yet. Raises Refusal."""
    fresh = _decided(actor, concern, State.RAISED, State.EXAMINATION)
    today = on or timezone.localdate()
    if due_on < today:
        raise Refusal("past", "Срок обследования уже прошёл. Укажите день не раньше сегодняшнего.", field="due_on")
    require_psychologist(actor, psychologist, today)
    fresh.psychologist, fresh.due_on, fresh.state = psychologist, due_on, State.EXAMINATION
    fresh.decision = decision.replace("\x00", "").strip()
    fresh.full_clean()
    fresh.save(update_fields=["psychologist", "due_on", "state", "decision"])
    record(
        events.CONCERN_SENT, actor=actor, subject=fresh, person_id=fresh.person_id, due=f"{due_on:%d.%m.%Y}"
    )  # fmt: skip
    return fresh


@transaction.atomic
def concern_decline(*, actor: Actor, concern: Concern, reason: str, answer: str = "") -> Concern:
    """Close a concern without an examination. A mark of suicidal risk is never closed this way. Raises Refusal."""
    fresh = _decided(actor, concern, State.RAISED)
    words = reason.replace("\x00", "").strip()
    if fresh.suicide_risk:
        raise Refusal(
            "risk", "Сигнал с признаками суицидального риска не закрывают без обследования: направьте к психологу.",
            SOURCE,
        )  # fmt: skip
    if not words:
        raise Refusal("no_reason", "Напишите, почему обследование не нужно.", SOURCE, field="reason")
    fresh.state, fresh.decision, fresh.decided_at = State.DECLINED, words, timezone.now()
    fresh.answer = answer.replace("\x00", "").strip()
    fresh.full_clean()
    fresh.save(update_fields=["state", "decision", "answer", "decided_at"])
    record(events.CONCERN_DECLINED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


def _decided(actor: Actor, concern: Concern, *states: str) -> Concern:
    """The row of a decision, locked, in one of the states."""
    require(actor, "concern.decide")
    fresh = locked(actor, concern)
    if fresh.state not in states:
        raise Refusal("state", f"Сигнал уже дальше: {fresh.get_state_display()}.")
    return fresh


def locked(actor: Actor, concern: Concern) -> Concern:
    """The row read anew and locked, if the actor works with the child and may see the mark. Raises PermissionDenied."""
    require_own(actor, concern)
    rows = Concern.objects.kept_for(actor).filter(pk=concern.pk).values("pk")
    fresh = Concern.objects.select_for_update(of=("self",)).select_related("child", "psychologist__user")
    found = fresh.filter(pk__in=rows).first()
    if found is None:
        raise PermissionDenied("Этот сигнал ведут другие сотрудники.")
    return found


def psychologists(actor: Actor, on: date) -> list[Position]:
    """Psychologists of the school on a day who have signed the undertaking: no other may read about a child."""
    sworn = Undertaking.objects.visible_to(actor).values("user")
    rows = Position.objects.visible_to(actor).held_on(on).filter(user__in=sworn).select_related("user")
    return list(rows.filter(role=Role.SCHOOL_SPECIALIST, speciality=Speciality.PSYCHOLOGIST))


def require_psychologist(actor: Actor, position: Position, on: date) -> None:
    """Raises Refusal for a post of another kind, another school, or one that has ended."""
    if position not in psychologists(actor, on):
        raise Refusal(
            "no_psychologist", "Обследует педагог-психолог вашей школы. Выберите его из списка.", SOURCE,
            field="psychologist",
        )  # fmt: skip
