"""A path as one table: state -> action -> next state, who may do it, by which clause. A room writes the table alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

State = TypeVar("State")


@dataclass(frozen=True)
class Transition(Generic[State]):
    """One row of the table: `title` is on the button, `deed` in the log; `main` marks the next step of the path.

    `whose` says in words whose step it is where the roles alone do not: «куратор программы или председатель ППк».
    """

    action: str
    title: str
    source: tuple[State, ...]
    target: State
    roles: frozenset[Role]
    clause: str
    main: bool = False
    deed: str = ""
    whose: str = ""

    @property
    def performers(self) -> str:
        """Whose step it is, for those who wait for it: «секретарь комиссии или руководитель комиссии»."""
        titles = [str(role.label) for role in Role if role in self.roles]
        inner = (title[:1].lower() + title[1:] if title[1:2].islower() else title for title in titles)
        return self.whose or " или ".join(inner)


class Flow(Generic[State]):
    """The rows in their order."""

    def __init__(self, *rows: Transition[State]) -> None:
        self._rows = {row.action: row for row in rows}

    def __iter__(self) -> Iterator[Transition[State]]:
        return iter(self._rows.values())

    def transition(self, action: str) -> Transition[State]:
        """Return the row of an action. Raises KeyError for an unknown one."""
        return self._rows[action]

    def available(self, state: str, actor: Actor) -> tuple[Transition[State], ...]:
        """Rows that the actor may carry out now, the next step of the path first."""
        rows = [row for row in self if state in row.source and actor.roles & row.roles]
        return tuple(sorted(rows, key=lambda row: not row.main))

    def next_step(self, state: str) -> Transition[State] | None:
        """The next step of the path, whoever may do it."""
        return next((row for row in self if state in row.source and row.main), None)
