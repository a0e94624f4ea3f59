"""The table of actions: each app declares in `permissions.py` what can be done and which roles may do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

if TYPE_CHECKING:
    from opora.foundation.organisations.models import Owned

_ACTIONS: dict[str, Action] = {}


@dataclass(frozen=True)
class Action:
    """`personal` actions show or change what is known of a child, and need the undertaking of annex 2.19."""

    code: str
    title: str
    roles: frozenset[Role]
    personal: bool = True


def declare(code: str, title: str, roles: Iterable[Role], *, personal: bool = True) -> Action:
    """Declare an action. Raises ValueError when the code is taken."""
    if code in _ACTIONS:
        raise ValueError(f"the action {code} is declared twice")
    _ACTIONS[code] = Action(code, title, frozenset(roles), personal)
    return _ACTIONS[code]


def actions() -> dict[str, Action]:
    """All declared actions by code."""
    return dict(_ACTIONS)


def action(code: str) -> Action:
    """Return a declared action. Raises KeyError for an unknown one, so that a typo never opens a door."""
    return _ACTIONS[code]


def may(actor: Actor | None, code: str) -> bool:
    """Say whether the roles of the actor allow the action (its organisation is checked by the loader)."""
    asked = _ACTIONS[code]
    if actor is None or not actor.roles & asked.roles:
        return False
    return actor.sworn or not asked.personal


class UndertakingMissing(PermissionDenied):
    """The role would allow it, but the undertaking of non-disclosure (annex 2.19) is not recorded."""


def require(actor: Actor, code: str) -> None:
    """First line of every service. Raises PermissionDenied."""
    asked = _ACTIONS[code]
    if not actor.roles & asked.roles:
        raise PermissionDenied(f"«{asked.title}» — не входит в ваши обязанности.")
    if asked.personal and not actor.sworn:
        raise UndertakingMissing("Сначала нужно подписать обязательство о неразглашении.")


def require_own(actor: Actor, row: Owned) -> None:
    """The wall inside a service: whoever brought the row here, it is of the actor's organisation.

    Raises PermissionDenied.
    """
    if row.organisation_id != actor.at.pk:
        raise PermissionDenied("Это ведёт другая организация.")
