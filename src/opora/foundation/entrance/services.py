"""What happens at the door: sessions begin and end, passwords and second factors change; each with its event."""

from __future__ import annotations

import secrets
from importlib import import_module

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.actors import actor_of, workplaces_of
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import IMPERSONAL_ROLES
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.foundation.identifiers import ALPHABET
from opora.foundation.organisations.models import Organisation

from . import events
from .addresses import browser_of, client_address
from .models import AccountSession
from .querysets import FACTORS

SESSION = "account_session"
APPLICATION, KEY = "приложение с кодами", "ключ безопасности"


def first_password() -> str:
    """A password that can be read over the phone: about 79 bits, without letters that look alike."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def person_at_work(user: User) -> Actor:
    """The person as he works today; the event of signing in belongs to that organisation's log."""
    return actor_of(user, on=timezone.localdate())


@transaction.atomic
def session_begin(*, request: HttpRequest, user: User) -> AccountSession:
    """Remember the browser that has just signed in, and tell the log."""
    begun = session_note(request=request, user=user)
    record(
        events.SIGNED_IN, actor=person_at_work(user), subject=begun, browser=begun.browser,
        address=begun.address or "неизвестен",
    )  # fmt: skip
    return begun


def session_note(*, request: HttpRequest, user: User) -> AccountSession:
    """Write down a session that is not on the list yet."""
    if request.session.session_key is None:
        request.session.save()
    noted = AccountSession.objects.create(
        user=user, session_key=request.session.session_key or "", address=client_address(request),
        browser=browser_of(request)[:80],
    )  # fmt: skip
    request.session[SESSION] = noted.public_id
    return noted


@transaction.atomic
def sign_in_failed(*, request: HttpRequest, user: User | None, event: EventType = events.SIGN_IN_FAILED) -> None:
    """A failed try: with the account if there is one, never with what was typed."""
    places = workplaces_of(user, timezone.localdate()) if user else []
    actor = SystemActor(places[0] if places else None)
    record(event, actor=actor, subject=user, address=client_address(request) or "неизвестен")


@transaction.atomic
def signed_out(*, request: HttpRequest) -> None:
    """The person leaves by himself."""
    if isinstance(request.user, AnonymousUser):
        return
    session = AccountSession.objects.filter(public_id=request.session.get(SESSION, ""), ended_at=None).first()
    if session is not None:
        _end(session, by=session.user)
        record(events.SIGNED_OUT, actor=person_at_work(session.user), subject=session)


@transaction.atomic
def session_end(*, actor: Actor, session: AccountSession) -> AccountSession:
    """End one of one's own sessions. Raises Refusal for another person's or an ended one."""
    if session.user_id != actor.person.pk:
        raise Refusal("stranger", "Это не ваш сеанс.")
    if session.ended_at is not None:
        raise Refusal("ended", "Этот сеанс уже завершён.")
    _end(session, by=actor.person)
    record(events.SESSION_ENDED, actor=actor, subject=session, browser=session.browser)
    return session


@transaction.atomic
def sessions_end_others(*, actor: Actor, current: str) -> int:
    """End all of one's own sessions but the current one (its public id). Returns how many."""
    return _end_all(actor, actor.person, AccountSession.objects.visible_to(actor).exclude(public_id=current))


@transaction.atomic
def sessions_end_of(*, actor: Actor, position: Position) -> int:
    """End all sessions of an employee. Returns how many."""
    _require_help(actor, "staff.sign_in", position)
    return _end_all(actor, position.user, position.user.account_sessions.all())


def _end_all(actor: Actor, user: User, found: object) -> int:
    rows = list(found.filter(ended_at=None))  # type: ignore[attr-defined]
    for session in rows:
        _end(session, by=actor.user)
        record(events.SESSION_ENDED, actor=actor, subject=user, browser=session.browser)
    return len(rows)


def _end(session: AccountSession, *, by: User | None) -> None:
    session.ended_at = timezone.now()
    session.ended_by = by
    session.save(update_fields=["ended_at", "ended_by"])
    import_module(settings.SESSION_ENGINE).SessionStore(session.session_key).delete()


@transaction.atomic
def password_changed(*, request: HttpRequest, user: User) -> None:
    """After a person has changed his own password: no longer a given one; his other sessions end."""
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    actor = person_at_work(user)
    record(events.PASSWORD_CHANGED, actor=actor, subject=user)
    sessions_end_others(actor=actor, current=request.session.get(SESSION, ""))


@transaction.atomic
def password_reset(*, actor: Actor, position: Position) -> str:
    """Give an employee a new password, to be changed at once; his sessions end. Returns it: it is shown once.

    Raises Refusal for oneself, and for whoever works elsewhere too: a head must not come to another's children so.
    An operator helps only where the password alone opens nothing: people with a second factor, and other operators.
    """
    _require_help(actor, "staff.sign_in", position)
    alone = not position.user.authenticator_set.filter(type__in=FACTORS).exists()
    if alone and actor.roles <= IMPERSONAL_ROLES and position.role not in IMPERSONAL_ROLES:
        raise Refusal("head_helps", "У сотрудника нет второго фактора: новый пароль ему даёт руководитель.")
    return _new_password(actor, position.user)


def _new_password(actor: Actor, user: User) -> str:
    password = first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(events.PASSWORD_RESET, actor=actor, subject=user)
    _end_all(actor, user, user.account_sessions.all())
    return password


@transaction.atomic
def key_remove(*, actor: Actor, number: str) -> None:
    """Remove one of one's own security keys. Raises Refusal for an unknown one, and for the last factor where one
    is required."""
    keys = Authenticator.objects.filter(user=actor.person, type=Authenticator.Type.WEBAUTHN)
    key = keys.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if key is None:
        raise Refusal("unknown", "Такого ключа нет: возможно, он уже удалён.")
    if not get_mfa_adapter().can_delete_authenticator(key):
        raise Refusal("last", str(get_mfa_adapter().error_messages["cannot_delete_authenticator"]))
    key.delete()
    if not Authenticator.objects.filter(user=actor.person, type__in=FACTORS).exists():
        Authenticator.objects.filter(user=actor.person).delete()  # reserve codes without a factor are none
    record(events.FACTOR_REMOVED, actor=actor, subject=actor.person, kind=KEY)


@transaction.atomic
def second_factor_reset(*, actor: Actor, position: Position) -> None:
    """Remove the second factors of an employee who has lost them; his sessions end. Raises Refusal."""
    _require_help(actor, "staff.factor_reset", position)
    if not position.user.authenticator_set.exists():
        raise Refusal("no_factor", "Второго фактора у сотрудника нет.")
    _drop_factors(actor, position.user)


def _drop_factors(actor: Actor, user: User) -> None:
    Authenticator.objects.filter(user=user).delete()
    record(events.FACTOR_RESET, actor=actor, subject=user)
    _end_all(actor, user, user.account_sessions.all())


def _require_help(actor: Actor, action: str, position: Position) -> None:
    require(actor, action)
    if position.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Это сотрудник другой организации.")
    if position.user_id == actor.person.pk:
        raise Refusal("own", "Свой пароль меняют в меню, свой второй фактор — на странице «Второй фактор».")
    if any(place.pk != actor.at.pk for place in workplaces_of(position.user, timezone.localdate())):
        raise Refusal(
            "works_elsewhere",
            "Сотрудник работает и в другой организации: вход ему восстановит администратор сервера "
            "командой opora password.",
        )


@transaction.atomic
def access_restore(*, username: str, drop_second_factor: bool) -> str:
    """The machine's own way in for a person whom nobody can help: a new password by `opora password`.

    Returns the password. Raises Refusal for an unknown login.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refusal("unknown", "Такого логина нет.")
    places = workplaces_of(user, timezone.localdate())
    actor = SystemActor(places[0] if places else None)
    if drop_second_factor:
        _drop_factors(actor, user)
    return _new_password(actor, user)


@transaction.atomic
def second_factor_rule_set(*, actor: Actor, on: bool) -> Organisation:
    """Require a second factor of everyone who works at the actor's organisation, or stop requiring it."""
    require(actor, "organisation.change")
    place = Organisation.objects.select_for_update().get(pk=actor.at.pk)
    if place.requires_second_factor != on:
        place.requires_second_factor = on
        place.save(update_fields=["requires_second_factor"])
        record(events.FACTOR_RULE_SET, actor=actor, subject=place, rule="обязателен" if on else "по желанию")
    return place
