"""Organisations, posts and undertakings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import IMPERSONAL_ROLES, Role
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within

from . import events
from .actions import require, require_own
from .models import Position, Undertaking
from .refusals import Refusal

LETTERHEAD = ("full_name", "short_name", "letterhead", "address", "district", "phone", "email")


@transaction.atomic
def account_create(
    *, actor: Actor, username: str, password: str, last_name: str, first_name: str, middle_name: str = ""
) -> User:
    """Give a person a login, with a password that he must change at his first sign-in.

    Raises ValidationError for a taken login or a weak password.
    """
    require(actor, "staff.change")
    user = User(username=username, last_name=last_name, first_name=first_name, middle_name=middle_name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    user.must_change_password = True
    user.full_clean()
    user.save()
    record(events.ACCOUNT_CREATED, actor=actor, subject=user)
    return user


@transaction.atomic
def position_open(
    *,
    actor: Actor,
    user: User,
    role: Role,
    started_on: date,
    title: str = "",
    speciality: str = "",
    medical_speciality: str = "",
    in_composition: bool = True,
) -> Position:
    """Appoint a person at the actor's organisation.

    Raises Refusal when whoever may not read about children would give a post that may, to himself or to a person
    of his making.
    """
    require(actor, "staff.change")
    if actor.roles <= IMPERSONAL_ROLES and role not in IMPERSONAL_ROLES:
        raise Refusal("head_appoints", "На должность, где читают о детях, назначает руководитель.", field="role")
    position = Position(
        organisation=actor.at,
        user=user,
        role=role,
        title=title,
        speciality=speciality,
        medical_speciality=medical_speciality,
        in_composition=in_composition,
        started_on=started_on,
    )
    position.full_clean()
    position.save()
    record(events.POSITION_OPENED, actor=actor, subject=position, role=str(Role(role).label))
    return position


@transaction.atomic
def position_end(*, actor: Actor, position: Position, ended_on: date) -> Position:
    """End a post; from the next day its rights are gone."""
    require(actor, "staff.change")
    require_own(actor, position)
    if position.user_id == actor.person.pk:
        raise Refusal("own_position", "Собственную должность прекращает другой руководитель.")
    if ended_on < position.started_on:
        raise Refusal("ends_before_start", "Дата окончания раньше даты назначения.", field="ended_on")
    position.ended_on = ended_on
    position.full_clean()
    position.save(update_fields=["ended_on"])
    record(events.POSITION_ENDED, actor=actor, subject=position, role=position.get_role_display())
    return position


@transaction.atomic
def undertaking_record(*, actor: Actor, user: User, signed_on: date) -> Undertaking:
    """Record a signed undertaking of non-disclosure (letter, annex 2.19).

    Raises Refusal when it is recorded already, is dated in the future, or the person holds no post here.
    """
    require(actor, "undertaking.record")
    if signed_on > timezone.localdate():
        raise Refusal("future", "Дата подписи ещё не наступила.", field="signed_on")
    if not Position.objects.filter(organisation=actor.at, user=user).exists():
        raise Refusal("no_position", "Этот человек не работает в вашей организации.")
    if Undertaking.objects.filter(organisation=actor.at, user=user).exists():
        raise Refusal("recorded", "Обязательство уже внесено.", "письмо ВК-1074/07, прил. 2.19")
    undertaking = Undertaking(organisation=actor.at, user=user, signed_on=signed_on, recorded_by=actor.user)
    undertaking.full_clean()
    undertaking.save()
    record(events.UNDERTAKING_RECORDED, actor=actor, subject=undertaking)
    return undertaking


@transaction.atomic
def organisation_found(
    *,
    actor: Actor,
    kind: str,
    full_name: str,
    short_name: str,
    username: str,
    password: str,
    head: tuple[str, str, str],
) -> Position:
    """Found a workplace with its first person: the head, who then appoints everyone else (C-05, C-06).

    `head` is surname, given name, patronymic. Only the machine does this, at the first start. Raises
    ValidationError for a taken login or a weak password, Refusal for a short name in use.
    """
    if not isinstance(actor, SystemActor):
        raise PermissionDenied("Первую организацию заводит команда opora init.")
    if Organisation.objects.filter(short_name=short_name, works_here=True).exists():
        raise Refusal("known", f"«{short_name}» уже ведёт дела в Опоре.")
    place = Organisation(kind=kind, full_name=full_name, short_name=short_name, works_here=True)
    place.full_clean()
    place.save()
    there = SystemActor(place)
    last, first, middle = head
    role = Role.COMMISSION_HEAD if place.is_commission else Role.DIRECTOR
    with within(place):
        user = account_create(
            actor=there, username=username, password=password, last_name=last, first_name=first, middle_name=middle
        )
        post = position_open(actor=there, user=user, role=role, started_on=timezone.localdate())
        record(events.ORGANISATION_FOUNDED, actor=there, subject=place)
    return post


@transaction.atomic
def organisation_change(*, actor: Actor, values: Mapping[str, str]) -> Organisation:
    """Change what stands on the letterhead of the actor's organisation. Raises ValidationError by field."""
    require(actor, "organisation.change")
    place = Organisation.objects.select_for_update().get(pk=actor.at.pk)
    changed = [name for name in LETTERHEAD if name in values and getattr(place, name) != values[name]]
    for name in changed:
        setattr(place, name, values[name])
    place.full_clean()
    if changed:
        place.save(update_fields=changed)
        titles = (str(Organisation._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        record(events.ORGANISATION_CHANGED, actor=actor, subject=place, fields=", ".join(titles))
    return place
