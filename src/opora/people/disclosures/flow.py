"""The path of a request for information as one table: state -> step -> next state, who may do it, by which clause."""

from __future__ import annotations

from django.db import models

from opora.foundation.access import flow
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


DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD, Role.DIRECTOR}) | SCHOOL_LEADS
HEAD = frozenset({Role.COMMISSION_HEAD, Role.DIRECTOR})

Transition = flow.Transition[State | None]  # without a target the state stays
FLOW = flow.Flow(
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

transition, available, next_step = FLOW.transition, FLOW.available, FLOW.next_step
