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


class Frozen(PermissionDenied):
    """Processing of the child's data is stopped (annexes 2.17, 2.18); `person_id` is the file."""

    def __init__(self, person_id: str) -> None:
        super().__init__("Обработка данных этого ребёнка остановлена: согласие отозвано.")
        self.person_id = person_id


class ReadingOnly(PermissionDenied):
    """The file is open by an emergency: for reading and printing alone."""

    def __init__(self) -> None:
        super().__init__(
            "По экстренному доступу карту только читают и печатают. Менять её могут те, кто ведёт ребёнка."
        )


def require_own(actor: Actor, row: Owned, *, even_frozen: bool = False, reading: bool = False) -> None:
    """The wall inside a service: whoever brought the row here, it is of the actor's organisation.

    A row about a child must also be one of the actor's own work (`reading`: one that he may know, also in an
    emergency), and its processing must not be stopped, unless the law leaves this deed open (`even_frozen`).
    Raises PermissionDenied: `ReadingOnly` in an emergency, `Frozen` for a stopped file.
    """
    from .knowledge import is_frozen

    if row.organisation_id != actor.at.pk:
        raise PermissionDenied("Это ведёт другая организация.")
    person = str(getattr(row, "person_id", "") or "")
    require_knowledge(actor, person, reading=reading)
    if not even_frozen and is_frozen(person):
        raise Frozen(person)


def require_knowledge(actor: Actor, person_id: str, *, reading: bool = False) -> None:
    """The actor works with the child, or for `reading` may at least know it. Raises PermissionDenied, `ReadingOnly`."""
    from .knowledge import emergency_of, may_change

    if may_change(actor, person_id):
        return
    opened = emergency_of(actor, person_id) is not None
    if opened and reading:
        return
    raise ReadingOnly if opened else PermissionDenied("С этим ребёнком работают другие сотрудники.")
