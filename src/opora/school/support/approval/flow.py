"""The path of what the service draws up and the director approves: plans, schedules, passports, analyses (001, 5.1)."""

from __future__ import annotations

from django.db import models

from opora.foundation.access.flow import Flow, Transition
from opora.foundation.accounts.roles import Role

CLAUSE = "Положение о Службе сопровождения, п. 5.1"
HEAD_CLAUSE = "Положение о Службе сопровождения, пп. 3.2—3.3"
HEAD = frozenset({Role.SERVICE_HEAD})
DIRECTOR = frozenset({Role.DIRECTOR})


class Status(models.TextChoices):
    DRAFT = "draft", "составляется"
    SUBMITTED = "submitted", "у руководителя Службы"
    EXAMINED = "examined", "у директора"
    RETURNED = "returned", "возвращено на доработку"
    APPROVED = "approved", "утверждено"


OPEN = (Status.DRAFT, Status.RETURNED)


def approval_flow(noun: str, *, writers: frozenset[Role], whose: str) -> Flow[Status]:
    """The five rows of the path with actions `<noun>.submit`, `.examine`, `.approve`, `.return`, `.change`.

    `whose` says in words whose draft it is: «составитель плана».
    """
    return Flow(
        Transition(
            f"{noun}.submit", "Отдать на рассмотрение", OPEN, Status.SUBMITTED, writers, HEAD_CLAUSE, main=True,
            deed="Отдано на рассмотрение", whose=whose,
        ),
        Transition(
            f"{noun}.examine", "Рассмотрено, отдать директору", (Status.SUBMITTED,), Status.EXAMINED, HEAD, HEAD_CLAUSE,
            main=True, deed="Рассмотрено руководителем Службы",
        ),
        Transition(
            f"{noun}.approve", "Утвердить", (Status.EXAMINED,), Status.APPROVED, DIRECTOR, CLAUSE, main=True,
            deed="Утверждено",
        ),
        Transition(
            f"{noun}.return", "Вернуть на доработку", (Status.SUBMITTED, Status.EXAMINED), Status.RETURNED,
            HEAD | DIRECTOR, HEAD_CLAUSE, deed="Возвращено на доработку",
        ),
        Transition(
            f"{noun}.change", "Внести изменения", (Status.APPROVED,), Status.DRAFT, writers, CLAUSE,
            deed="Открыто для изменений", whose=whose,
        ),
    )  # fmt: skip
