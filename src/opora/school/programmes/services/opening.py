"""A programme begins with the chair's word: for which child, by which decision, who is its curator (K-08)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.access.querysets import PositionQuerySet
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.regulations.support.checking import sections_of
from opora.regulations.support.terms import term_of
from opora.school.consilium.models import AgendaItem

from .. import events
from ..flow import CURATORS, LETTER
from ..models import Programme, ProgrammeSection
from ..prefilling import first_texts
from .steps import programme_lock, start_require

CURATOR_CLAUSE = f"{LETTER}: куратор ИПС назначается председателем консилиума"


def curators_on(actor: Actor, day: date) -> PositionQuerySet:
    """Posts whose holders may be named curators on a day: they may write and have signed the undertaking."""
    sworn = Undertaking.objects.visible_to(actor).values("user")
    held = Position.objects.visible_to(actor).held_on(day).filter(role__in=CURATORS, user__in=sworn)
    return held.select_related("user").order_by("user__last_name", "role")


@transaction.atomic
def programme_open(
    *,
    actor: Actor,
    child: Child,
    curator: Position,
    on: date,
    item: AgendaItem | None = None,
    kind: str = Programme.Kind.ORDINARY,
    starts_on: date | None = None,
    previous: Programme | None = None,
) -> Programme:
    """Begin a draft for a child and name its curator; the texts that are known are written into it.

    `item` is the agenda item that decided it; the draft starts on the day unless told otherwise and proposes the
    shortest end of its kind. Raises Refusal for a second open programme, a curator who may not write or has left.
    """
    require(actor, "programme.open")
    require_own(actor, child)
    _refuse_second(child, previous)
    _curator_require(actor, curator, on)
    if item is not None:
        require_own(actor, item)
        if item.child_id != child.pk:
            raise Refusal("other_child", "Этот вопрос повестки — о другом ребёнке.", field="item")
    first = starts_on or on
    start_require(first)
    programme = Programme(
        organisation=actor.at, child=child, item=item, curator=curator, named_by=_own_post(actor, on, curator),
        kind=kind, starts_on=first, ends_on=term_of(law_on(on), kind, first).earliest, previous=previous,
        status_since=on,
    )  # fmt: skip
    programme.full_clean()
    programme.save()
    texts = first_texts(actor, programme)
    for section in sections_of(law_on(on)):
        ProgrammeSection.objects.create(
            organisation=actor.at, programme=programme, code=section.code, text=texts.get(section.code, "")
        )
    record(events.PROGRAMME_BEGUN, actor=actor, subject=programme, person_id=programme.person_id)
    return programme


def _refuse_second(child: Child, previous: Programme | None) -> None:
    """A child has one open programme; the child's row is locked, so that two people do not begin two."""
    Child.objects.select_for_update().get(pk=child.pk)
    others = Programme.objects.filter(child=child).open()
    running = (others.exclude(pk=previous.pk) if previous else others).first()
    if running is not None:
        raise Refusal(
            "open_programme", f"У ребёнка уже есть программа: «{running.get_status_display()}». Сначала завершите её."
        )


def _curator_require(actor: Actor, curator: Position, on: date) -> None:
    if curator.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот сотрудник работает в другой организации.", field="curator")
    if not curators_on(actor, on).filter(pk=curator.pk).exists():
        raise Refusal(
            "not_curator",
            "Куратором может быть тот, кто работает сейчас и подписал обязательство о неразглашении.",
            CURATOR_CLAUSE,
            field="curator",
        )


def _own_post(actor: Actor, on: date, otherwise: Position) -> Position:
    """The post in which the chair names a curator; the machine has none and names him by himself."""
    own = Position.objects.visible_to(actor).held_on(on).filter(user=actor.user, role=Role.CONSILIUM_CHAIR).first()
    return own or otherwise


@transaction.atomic
def curator_change(*, actor: Actor, programme: Programme, curator: Position, on: date) -> Programme:
    """Name another curator. Raises Refusal for a programme that is over and for whoever may not be named."""
    require(actor, "programme.open")
    fresh = programme_lock(programme, actor)
    if fresh.is_over:
        raise Refusal("over", "Программа завершена: куратора больше не назначают.")
    _curator_require(actor, curator, on)
    if fresh.curator_id == curator.pk:
        return fresh
    before, fresh.curator = fresh.curator, curator
    fresh.named_by = _own_post(actor, on, curator)
    fresh.full_clean(validate_constraints=False)
    fresh.save(update_fields=["curator", "named_by"])
    record(
        events.CURATOR_NAMED, actor=actor, subject=fresh, person_id=fresh.person_id,
        before=before.public_id, curator=curator.public_id,
    )  # fmt: skip
    return fresh
