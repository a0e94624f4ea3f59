"""The path of a request for information as one table: state -> step -> next state, who may do it, by which clause."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import SCHOOL_LEADS, Role

from . import clauses


class State(models.TextChoices):
    """Where a request stands. The order is the order of the path."""

    RECEIVED = "received", "Получен"
    DECIDED = "decided", "Решение подписано"
    SENT = "sent", "Ответ отправлен"
    ACKNOWLEDGED = "acknowledged", "Получение подтверждено"
    ANNULLED = "annulled", "Аннулирован"


PATH = (State.RECEIVED, State.DECIDED, State.SENT, State.ACKNOWLEDGED)
GONE = (State.SENT, State.ACKNOWLEDGED)


@dataclass(frozen=True)
class Transition:
    """One row of the table: `title` is on the button; `main` marks the next step; without `target` the state stays."""

    action: str
    title: str
    source: tuple[State, ...]
    target: State | None
    roles: frozenset[Role]
    clause: str
    main: bool = False

    @property
    def performers(self) -> str:
        """Whose step it is, for those who wait for it."""
        titles = [str(role.label) for role in Role if role in self.roles]
        return " или ".join(title[:1].lower() + title[1:] for title in titles)


DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD, Role.DIRECTOR}) | SCHOOL_LEADS
HEAD = frozenset({Role.COMMISSION_HEAD, Role.DIRECTOR})

FLOW: tuple[Transition, ...] = (
    Transition(
        "disclosure.attach", "Приложить скан запроса", (State.RECEIVED, State.DECIDED), None, DESK,
        clauses.WRITTEN_ONLY,
    ),
    Transition(
        "disclosure.decide", "Решить и подписать ответ", (State.RECEIVED,), State.DECIDED, HEAD,
        clauses.WRITTEN_ONLY, main=True,
    ),
    Transition(
        "disclosure.send", "Отметить отправку", (State.DECIDED,), State.SENT, DESK, clauses.WRITTEN_ONLY, main=True
    ),
    Transition(
        "disclosure.acknowledge", "Отметить получение", (State.SENT,), State.ACKNOWLEDGED, DESK,
        clauses.WRITTEN_ONLY, main=True,
    ),
    Transition(
        "disclosure.annul", "Аннулировать", (State.RECEIVED, State.DECIDED), State.ANNULLED, HEAD, clauses.SPOILED
    ),
)  # fmt: skip

_BY_ACTION = {row.action: row for row in FLOW}


def transition(action: str) -> Transition:
    """Return the row of a step. Raises KeyError for an unknown one."""
    return _BY_ACTION[action]


def available(state: str, actor: Actor) -> tuple[Transition, ...]:
    """Steps that the actor may make now, the main one first."""
    rows = [row for row in FLOW if state in row.source and actor.roles & row.roles]
    return tuple(sorted(rows, key=lambda row: not row.main))


def next_step(state: str) -> Transition | None:
    """The next step of the path, whoever may make it."""
    return next((row for row in FLOW if state in row.source and row.main), None)
