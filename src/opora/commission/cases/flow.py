"""The path of a case as one table: status -> action -> next status, who may do it, by which clause.

Buttons, services, `docs/case-flow.md` and tests read this table and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

LETTER = "письмо ВК-1074/07"


class Status(models.TextChoices):
    """Where a case stands. The order is the order of the path."""

    OPENED = "opened", "Заявление"
    PAPERS = "papers", "Сбор документов"
    READY = "ready", "Документы приняты"
    BOOKED = "booked", "Записан на обследование"
    EXAMINATION = "examination", "Обследование"
    DISCUSSION = "discussion", "Обсуждение"
    SIGNED = "signed", "Заключение подписано"
    HANDED = "handed", "Заключение выдано"
    REFUSED = "refused", "Отказано"
    WITHDRAWN = "withdrawn", "Заявление отозвано"


PATH = (
    Status.OPENED,
    Status.PAPERS,
    Status.READY,
    Status.BOOKED,
    Status.EXAMINATION,
    Status.DISCUSSION,
    Status.SIGNED,
    Status.HANDED,
)
FINISHED = frozenset({Status.HANDED, Status.REFUSED, Status.WITHDRAWN})
OPEN = tuple(status for status in Status if status not in FINISHED)
CONCLUDED = (Status.SIGNED, Status.HANDED)  # the child was examined: the card of annex 2.14 exists


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
        """Whose step it is, for those who wait for it: «секретарь комиссии или руководитель комиссии»."""
        titles = [str(role.label) for role in Role if role in self.roles]
        return " или ".join(title[:1].lower() + title[1:] for title in titles)


DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD})
HEAD = frozenset({Role.COMMISSION_HEAD})
MEMBERS = frozenset({Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST})

FLOW: tuple[Transition, ...] = (
    Transition(
        "case.receive", "Принять подписанные заявление и согласия", "Приняты подписанные заявление и согласия",
        (Status.OPENED,), Status.PAPERS, DESK,
        f"{LETTER}, разд. 2; прил. 2.3, 2.17, 2.18", main=True,
    ),
    Transition(
        "case.accept_papers", "Принять документы", "Приняты документы",
        (Status.PAPERS,), Status.READY, DESK,
        f"{LETTER}, прил. 2.1, 2.14", main=True,
    ),
    Transition(
        "case.reopen_papers", "Вернуть к сбору документов", "Дело возвращено к сбору документов",
        (Status.READY,), Status.PAPERS, DESK,
        f"{LETTER}, прил. 2.12",
    ),
    Transition(
        "case.refuse", "Отказать в обследовании", "В обследовании отказано",
        (Status.OPENED, Status.PAPERS, Status.READY), Status.REFUSED, HEAD,
        f"{LETTER}, прил. 2.12: неполный или неверно оформленный пакет документов",
    ),
    Transition(
        "case.book", "Записать на обследование", "Ребёнок записан на обследование",
        (Status.READY,), Status.BOOKED, DESK,
        f"{LETTER}, прил. 2.12: запись при подаче документов", main=True,
    ),
    Transition(
        "case.unbook", "Отменить запись", "Запись отменена",
        (Status.BOOKED,), Status.READY, DESK, f"{LETTER}, прил. 2.12",
    ),
    Transition(
        "case.miss", "Отметить неявку", "Отмечена неявка",
        (Status.BOOKED,), Status.READY, DESK, f"{LETTER}, прил. 2.12",
    ),
    Transition(
        "case.arrive", "Отметить приход", "Отмечен приход",
        (Status.BOOKED,), Status.EXAMINATION, DESK, f"{LETTER}, разд. 2", main=True,
    ),
    Transition(
        "case.discuss", "Перейти к обсуждению", "Начато обсуждение",
        (Status.EXAMINATION,), Status.DISCUSSION, MEMBERS,
        f"{LETTER}, разд. 2: итоговое заключение на основании заключений специалистов", main=True,
    ),
    Transition(
        "case.reexamine", "Вернуть к обследованию", "Дело возвращено к обследованию",
        (Status.DISCUSSION,), Status.EXAMINATION, HEAD,
        f"{LETTER}, разд. 2",
    ),
    Transition(
        "case.sign", "Подписать заключение", "Заключение подписано",
        (Status.DISCUSSION,), Status.SIGNED, HEAD,
        f"{LETTER}, прил. 2.15, 2.16", main=True,
    ),
    Transition(
        "case.annul", "Аннулировать заключение", "Заключение аннулировано",
        (Status.SIGNED, Status.HANDED), Status.DISCUSSION, HEAD,
        f"{LETTER}, прил. 2.2, 2.13: испорченный номер не используется повторно",
    ),
    Transition(
        "case.hand_over", "Выдать заключение", "Заключение выдано",
        (Status.SIGNED,), Status.HANDED, DESK,
        f"{LETTER}, разд. 2: копия сразу или в течение 5 рабочих дней", main=True,
    ),
    Transition(
        "case.finish_attestation", "Завершить дело заключением ГИА", "Дело завершено заключением ГИА",
        (Status.DISCUSSION,), Status.HANDED, DESK,
        f"{LETTER}, прил. 2.16, п. 10: обращение непосредственно перед ГИА",
    ),
    Transition(
        "case.withdraw", "Отозвать заявление", "Заявление отозвано",
        (Status.OPENED, Status.PAPERS, Status.READY, Status.BOOKED, Status.EXAMINATION, Status.DISCUSSION),
        Status.WITHDRAWN, DESK, f"{LETTER}, прил. 2.3: обследование по заявлению родителя",
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
