"""Who acts: a signed-in person at one workplace, or the machine itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .roles import IMPERSONAL_ROLES, Role

if TYPE_CHECKING:
    from opora.foundation.organisations.models import Organisation

    from .models import User


@dataclass(frozen=True)
class Actor:
    """One person working for one organisation, with all roles held there today.

    `sworn` says that the undertaking of non-disclosure (letter, annex 2.19) is recorded at this organisation.
    """

    user: User | None
    organisation: Organisation | None
    roles: frozenset[Role] = field(default_factory=frozenset)
    specialities: tuple[str, ...] = ()
    sworn: bool = False

    @property
    def may_read_persons(self) -> bool:
        return self.sworn and bool(self.roles - IMPERSONAL_ROLES)

    @property
    def label(self) -> str:
        return self.user.short_name if self.user else "Система"

    def has(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    @property
    def at(self) -> Organisation:
        """The organisation of the actor; a service that needs one fails loudly without it."""
        if self.organisation is None:
            raise ValueError("the actor works for no organisation")
        return self.organisation

    @property
    def person(self) -> User:
        if self.user is None:
            raise ValueError("the actor is not a person")
        return self.user


class SystemActor(Actor):
    """The machine: scheduled work, demo data, imports. Named in the audit as «Система»."""

    def __init__(self, organisation: Organisation | None = None) -> None:
        super().__init__(user=None, organisation=organisation, roles=frozenset(Role), sworn=True)
