"""Help is asked of another body; its answer is written down. Nothing about a child goes without its ground (C-09)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.people.disclosures.flow import GONE, State
from opora.people.disclosures.models import Disclosure

from . import events
from .clauses import CONSENT, HELP, SECRECY
from .models import OutsideContact
from .permissions import KEEPERS

Ground, Kind, Outcome = OutsideContact.Ground, OutsideContact.Kind, OutsideContact.Outcome
LONGEST_WAIT = timedelta(days=731)
GIVEN = (State.DECIDED, *GONE)


def post_of(actor: Actor, day: date) -> Position | None:
    """The post in which the actor asks for help."""
    held = Position.objects.visible_to(actor).held_on(day).filter(user=actor.user, role__in=KEEPERS)
    return held.order_by("role", "pk").first()


@transaction.atomic
def contact_make(
    *, actor: Actor, kind: str, asked: str, child: Child | None = None, body: Organisation | None = None,
    body_title: str = "", ground: str = Ground.NOBODY, consent_note: str = "", disclosure: Disclosure | None = None,
    asked_on: date | None = None, due_on: date | None = None, position: Position | None = None,
) -> OutsideContact:  # fmt: skip
    """Write down a request for help. `position` is the actor's own post unless the machine acts.

    Raises PermissionDenied; Refusal without an addressee, for data about a child without their ground, a written
    request that is not decided «give» or came from another body, a wrong day.
    """
    require(actor, "contact.keep")
    for row in (child, disclosure, position):
        if row is not None:
            require_own(actor, row)
    day = asked_on or timezone.localdate()
    post = position if actor.user is None else post_of(actor, day)
    if post is None or post.organisation_id != actor.at.pk:
        raise Refusal("no_post", "В этот день у вас нет должности, от которой обращаются за помощью.", field="asked_on")
    _require_ground(actor, kind, ground, child, consent_note, disclosure)
    where = disclosure.recipient if disclosure is not None and body is None and not body_title.strip() else body
    _require_addressee(where, body_title, disclosure)
    _require_days(day, due_on)
    contact = OutsideContact(
        organisation=actor.at, child=child, person_id=child.public_id if child else "", kind=kind, body=where,
        body_title="" if where else body_title.strip(), position=post, asked_on=day, asked=asked.strip(), ground=ground,
        consent_note=consent_note.strip() if ground == Ground.CONSENT else "", due_on=due_on,
        recorded_by=actor.user or post.user,
        disclosure=disclosure if ground == Ground.REQUEST else None,
    )  # fmt: skip
    contact.full_clean()
    contact.save()
    record(
        events.CONTACT_MADE, actor=actor, subject=contact, person_id=contact.person_id,
        kind=str(Kind(kind).label), ground=str(Ground(ground).label),
    )  # fmt: skip
    return contact


def _require_ground(
    actor: Actor, kind: str, ground: str, child: Child | None, consent_note: str, disclosure: Disclosure | None
) -> None:
    if kind not in Kind.values or ground not in Ground.values:
        raise Refusal("choice", "Выберите, о чём обращение и на каком основании.", field="kind")
    if child is None:
        if kind == Kind.HELP:
            raise Refusal("no_child", "О помощи ребёнку просят с его карты: выберите ребёнка.", HELP, field="kind")
        if ground != Ground.NOBODY:
            raise Refusal("no_child", "Сведений о ребёнке нет — основание для них не нужно.", field="ground")
        return
    if ground == Ground.NOBODY and kind == Kind.HELP:
        words = "Просьба о помощи ребёнку передаёт сведения о нём: нужно согласие родителей или письменный запрос."
        raise Refusal("no_ground", words, SECRECY, field="ground")
    if ground == Ground.CONSENT and not consent_note.strip():
        raise Refusal("no_consent", "Напишите, кто из родителей согласился и когда.", CONSENT, field="consent_note")
    if ground == Ground.REQUEST:
        _require_request(actor, child, disclosure)


def _require_request(actor: Actor, child: Child, disclosure: Disclosure | None) -> None:
    """The written request or decision of a court is written down, about this child, and decided «give»."""
    if disclosure is None:
        words = "Выберите письменный запрос или решение суда. Если его ещё нет в Опоре, сначала внесите его."
        raise Refusal("no_request", words, SECRECY, field="disclosure")
    if disclosure.organisation_id != actor.at.pk or disclosure.child_id != child.pk:
        raise PermissionDenied("Этот запрос — о другом ребёнке.")
    if disclosure.decision != Disclosure.Decision.GIVE or disclosure.state not in GIVEN:
        words = "По этому запросу ещё не решено передать сведения: решение подписывает директор."
        raise Refusal("not_given", words, SECRECY, field="disclosure")


def _require_addressee(body: Organisation | None, title: str, disclosure: Disclosure | None) -> None:
    if body is None and not title.strip():
        raise Refusal("no_body", "Укажите, куда обращаетесь.", field="body")
    if disclosure is not None and (body is None or disclosure.recipient_id != body.pk):
        words = f"Сведения передают тому, кто их запросил: {disclosure.recipient_short}."
        raise Refusal("other_body", words, SECRECY, field="body")


def _require_days(asked_on: date, due_on: date | None) -> None:
    if asked_on > timezone.localdate():
        raise Refusal("day", "День обращения не может быть в будущем.", field="asked_on")
    if due_on is not None and not asked_on <= due_on <= asked_on + LONGEST_WAIT:
        raise Refusal("due", "Срок ответа — не раньше обращения и не позже двух лет.", field="due_on")


def _locked(actor: Actor, contact: OutsideContact) -> OutsideContact:
    """The row as it stands now; a specialist changes his own alone."""
    rows = OutsideContact.objects.select_for_update(of=("self",)).select_related("position__user", "child", "body")
    fresh = rows.get(pk=contact.pk)
    own = actor.user is None or fresh.position.user_id == actor.user.pk
    if not own and not actor.has(Role.SERVICE_HEAD):
        raise PermissionDenied("Обращение ведёт тот, кто его сделал, или руководитель Службы.")
    return fresh


def may_keep(actor: Actor, contact: OutsideContact) -> bool:
    """Whether the page has buttons for the actor."""
    own = actor.user is not None and contact.position.user_id == actor.user.pk
    return bool(actor.roles & KEEPERS) and (own or actor.has(Role.SERVICE_HEAD))


@transaction.atomic
def contact_change(*, actor: Actor, contact: OutsideContact, asked: str, due_on: date | None) -> OutsideContact:
    """Correct the words and the term of a request whose answer is awaited. Raises Refusal, PermissionDenied."""
    require(actor, "contact.keep")
    require_own(actor, contact)
    fresh = _locked(actor, contact)
    if not fresh.is_waiting:
        raise Refusal("answered", "Ответ уже записан: обращение не правят.")
    _require_days(fresh.asked_on, due_on)
    new: dict[str, Any] = {"asked": asked.strip(), "due_on": due_on}
    changed = sorted(name for name, value in new.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    for name, value in new.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    record(
        events.CONTACT_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, fields=", ".join(changed)
    )  # fmt: skip
    return fresh


@transaction.atomic
def contact_answer(
    *, actor: Actor, contact: OutsideContact, outcome: str, answer: str = "", answered_on: date | None = None,
    scan: StoredFile | None = None,
) -> OutsideContact:  # fmt: skip
    """Write the answer down, or that there is none; an answer that came late may follow «ответа нет».

    Raises Refusal for an answer written down already, a refusal without its words, a wrong day.
    """
    require(actor, "contact.keep")
    require_own(actor, contact)
    fresh = _locked(actor, contact)
    day = answered_on or timezone.localdate()
    if fresh.outcome not in (Outcome.WAITING, Outcome.SILENT):
        raise Refusal("answered", "Ответ на это обращение уже записан.")
    if outcome not in Outcome.values or outcome == Outcome.WAITING:
        raise Refusal("outcome", "Выберите итог обращения.", field="outcome")
    if outcome in (Outcome.REFUSED, Outcome.PARTLY) and not answer.strip():
        raise Refusal("no_answer", "Напишите, что ответили.", field="answer")
    if not fresh.asked_on <= day <= timezone.localdate():
        raise Refusal("day", "Ответ получают не раньше обращения и не позже сегодняшнего дня.", field="answered_on")
    if scan is not None and scan.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот файл принадлежит другой организации.", field="scan")
    fresh.outcome, fresh.answer = outcome, answer.strip()
    fresh.answered_on = None if outcome == Outcome.SILENT else day
    fresh.scan = scan or fresh.scan
    fresh.full_clean()
    fresh.save()
    record(
        events.CONTACT_ANSWERED, actor=actor, subject=fresh, person_id=fresh.person_id,
        outcome=str(Outcome(outcome).label),
    )  # fmt: skip
    return fresh
