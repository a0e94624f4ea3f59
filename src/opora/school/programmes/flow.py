"""The path of a programme as one table: status -> action -> next status, who may do it, by which clause.

Buttons, services, `docs/programme-flow.md` and tests read this table and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

LETTER = "Методические рекомендации по ИПС"


class Status(models.TextChoices):
    """Where a programme stands. The order is the order of the path."""

    DRAFT = "draft", "Проект"
    FAMILY = "family", "У семьи"
    AGREED = "agreed", "Согласована"
    RUNNING = "running", "Действует"
    FINISHED = "finished", "Завершена"
    CONTINUED = "continued", "Продолжена новой программой"
    CANCELLED = "cancelled", "Прекращена"


PATH = (Status.DRAFT, Status.FAMILY, Status.AGREED, Status.RUNNING, Status.FINISHED)
ENDED = frozenset({Status.FINISHED, Status.CONTINUED, Status.CANCELLED})


@dataclass(frozen=True)
class Transition:
    """One row of the table: `title` is on the button, `deed` in the log; `main` marks the next step of the path."""

    action: str
    title: str
    deed: str
    source: tuple[Status, ...]
    target: Status
    roles: frozenset[Role]
    clause: str
    main: bool = False

    @property
    def performers(self) -> str:
        """Whose step it is, for those who wait for it: «куратор программы или председатель ППк»."""
        if self.roles == CURATORS:
            return "куратор программы или председатель ППк"
        titles = [str(role.label) for role in Role if role in self.roles]
        return " или ".join(title[:1].lower() + title[1:] if title[1:2].islower() else title for title in titles)


# Any worker may be named a curator; services ask besides whether it is the curator of this programme.
CURATORS = frozenset({Role.CURATOR, Role.CONSILIUM_CHAIR, Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER})
CHAIR = frozenset({Role.CONSILIUM_CHAIR})

FLOW: tuple[Transition, ...] = (
    Transition(
        "programme.send_to_family", "Показать семье", "Проект передан семье",
        (Status.DRAFT,), Status.FAMILY, CURATORS,
        f"{LETTER}: куратор знакомит родителей с проектом", main=True,
    ),
    Transition(
        "programme.take_back", "Вернуть в работу", "Проект возвращён в работу",
        (Status.FAMILY, Status.AGREED), Status.DRAFT, CURATORS,
        f"{LETTER}: куратор вносит изменения и дополнения после обсуждения с семьёй",
    ),
    Transition(
        "programme.agree", "Записать согласие или отказ семьи", "Программа согласована",
        (Status.FAMILY,), Status.AGREED, CURATORS,
        f"{LETTER}: заключительная часть, ознакомление родителей и согласие", main=True,
    ),
    Transition(
        "programme.approve", "Утвердить", "Программа утверждена",
        (Status.AGREED,), Status.RUNNING, frozenset({Role.DIRECTOR}),
        f"{LETTER}: форма ИПС, «Утверждаю»", main=True,
    ),
    Transition(
        "programme.finish", "Завершить по итогам", "Программа завершена",
        (Status.RUNNING,), Status.FINISHED, CHAIR,
        f"{LETTER}: по итогам реализации проводится консилиум", main=True,
    ),
    Transition(
        "programme.continue", "Продолжить новой программой", "Программа продолжена",
        (Status.RUNNING,), Status.CONTINUED, CHAIR,
        f"{LETTER}: решение о завершении или продолжении сопровождения",
    ),
    Transition(
        "programme.cancel", "Прекратить", "Программа прекращена",
        (Status.DRAFT, Status.FAMILY, Status.AGREED, Status.RUNNING), Status.CANCELLED, CHAIR,
        f"{LETTER}: с учётом желания и согласия обучающегося и его семьи",
    ),
)  # fmt: skip

_BY_ACTION = {row.action: row for row in FLOW}


def transition(action: str) -> Transition:
    """Return the row of an action. Raises KeyError for an unknown one."""
    return _BY_ACTION[action]


def available(status: str, actor: Actor) -> tuple[Transition, ...]:
    """Rows that the actor may carry out now, the next step of the path first."""
    rows = [row for row in FLOW if status in row.source and actor.roles & row.roles]
    return tuple(sorted(rows, key=lambda row: not row.main))


def next_step(status: str) -> Transition | None:
    """The next step of the path, whoever may do it."""
    return next((row for row in FLOW if status in row.source and row.main), None)
