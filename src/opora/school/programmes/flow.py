"""The path of a programme as one table: status -> action -> next status, who may do it, by which clause.

Buttons, services, `docs/programme-flow.md` and tests read this table and nothing else.
"""

from __future__ import annotations

from django.db import models

from opora.foundation.access import flow
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


# Any worker may be named a curator; services ask besides whether it is the curator of this programme.
CURATORS = frozenset({Role.CURATOR, Role.CONSILIUM_CHAIR, Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER})
OF_THE_CURATOR = "куратор программы или председатель ППк"
CHAIR = frozenset({Role.CONSILIUM_CHAIR})

Transition = flow.Transition[Status]
FLOW = flow.Flow(
    Transition(
        "programme.send_to_family", "Показать семье",
        (Status.DRAFT,), Status.FAMILY, CURATORS,
        f"{LETTER}: куратор знакомит родителей с проектом", main=True,
        deed="Проект передан семье", whose=OF_THE_CURATOR,
    ),
    Transition(
        "programme.take_back", "Вернуть в работу",
        (Status.FAMILY, Status.AGREED), Status.DRAFT, CURATORS,
        f"{LETTER}: куратор вносит изменения и дополнения после обсуждения с семьёй",
        deed="Проект возвращён в работу", whose=OF_THE_CURATOR,
    ),
    Transition(
        "programme.agree", "Записать согласие или отказ семьи",
        (Status.FAMILY,), Status.AGREED, CURATORS,
        f"{LETTER}: заключительная часть, ознакомление родителей и согласие", main=True,
        deed="Программа согласована", whose=OF_THE_CURATOR,
    ),
    Transition(
        "programme.approve", "Утвердить",
        (Status.AGREED,), Status.RUNNING, frozenset({Role.DIRECTOR}),
        f"{LETTER}: форма ИПС, «Утверждаю»", main=True,
        deed="Программа утверждена",
    ),
    Transition(
        "programme.finish", "Завершить по итогам",
        (Status.RUNNING,), Status.FINISHED, CHAIR,
        f"{LETTER}: по итогам реализации проводится консилиум", main=True,
        deed="Программа завершена",
    ),
    Transition(
        "programme.continue", "Продолжить новой программой",
        (Status.RUNNING,), Status.CONTINUED, CHAIR,
        f"{LETTER}: решение о завершении или продолжении сопровождения",
        deed="Программа продолжена",
    ),
    Transition(
        "programme.cancel", "Прекратить",
        (Status.DRAFT, Status.FAMILY, Status.AGREED, Status.RUNNING), Status.CANCELLED, CHAIR,
        f"{LETTER}: с учётом желания и согласия обучающегося и его семьи",
        deed="Программа прекращена",
    ),
)  # fmt: skip

transition, available, next_step = FLOW.transition, FLOW.available, FLOW.next_step
