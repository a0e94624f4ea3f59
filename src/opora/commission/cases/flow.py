"""The path of a case as one table: status -> action -> next status, who may do it, by which clause.

Buttons, services, `docs/case-flow.md` and tests read this table and nothing else.
"""

from __future__ import annotations

from django.db import models

from opora.foundation.access import flow
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


DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD})
HEAD = frozenset({Role.COMMISSION_HEAD})
MEMBERS = frozenset({Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST})

Transition = flow.Transition[Status]
FLOW = flow.Flow(
    Transition(
        "case.receive", "Принять подписанные заявление и согласия",
        (Status.OPENED,), Status.PAPERS, DESK,
        f"{LETTER}, разд. 2; прил. 2.3, 2.17, 2.18", main=True,
        deed="Приняты подписанные заявление и согласия",
    ),
    Transition(
        "case.accept_papers", "Принять документы",
        (Status.PAPERS,), Status.READY, DESK,
        f"{LETTER}, прил. 2.1, 2.14", main=True,
        deed="Приняты документы",
    ),
    Transition(
        "case.reopen_papers", "Вернуть к сбору документов",
        (Status.READY,), Status.PAPERS, DESK,
        f"{LETTER}, прил. 2.12",
        deed="Дело возвращено к сбору документов",
    ),
    Transition(
        "case.refuse", "Отказать в обследовании",
        (Status.OPENED, Status.PAPERS, Status.READY), Status.REFUSED, HEAD,
        f"{LETTER}, прил. 2.12: неполный или неверно оформленный пакет документов",
        deed="В обследовании отказано",
    ),
    Transition(
        "case.book", "Записать на обследование",
        (Status.READY,), Status.BOOKED, DESK,
        f"{LETTER}, прил. 2.12: запись при подаче документов", main=True,
        deed="Ребёнок записан на обследование",
    ),
    Transition(
        "case.unbook", "Отменить запись",
        (Status.BOOKED,), Status.READY, DESK, f"{LETTER}, прил. 2.12",
        deed="Запись отменена",
    ),
    Transition(
        "case.miss", "Отметить неявку",
        (Status.BOOKED,), Status.READY, DESK, f"{LETTER}, прил. 2.12",
        deed="Отмечена неявка",
    ),
    Transition(
        "case.arrive", "Отметить приход",
        (Status.BOOKED,), Status.EXAMINATION, DESK, f"{LETTER}, разд. 2", main=True,
        deed="Отмечен приход",
    ),
    Transition(
        "case.discuss", "Перейти к обсуждению",
        (Status.EXAMINATION,), Status.DISCUSSION, MEMBERS,
        f"{LETTER}, разд. 2: итоговое заключение на основании заключений специалистов", main=True,
        deed="Начато обсуждение",
    ),
    Transition(
        "case.reexamine", "Вернуть к обследованию",
        (Status.DISCUSSION,), Status.EXAMINATION, HEAD,
        f"{LETTER}, разд. 2",
        deed="Дело возвращено к обследованию",
    ),
    Transition(
        "case.sign", "Подписать заключение",
        (Status.DISCUSSION,), Status.SIGNED, HEAD,
        f"{LETTER}, прил. 2.15, 2.16", main=True,
        deed="Заключение подписано",
    ),
    Transition(
        "case.annul", "Аннулировать заключение",
        (Status.SIGNED, Status.HANDED), Status.DISCUSSION, HEAD,
        f"{LETTER}, прил. 2.2, 2.13: испорченный номер не используется повторно",
        deed="Заключение аннулировано",
    ),
    Transition(
        "case.hand_over", "Выдать заключение",
        (Status.SIGNED,), Status.HANDED, DESK,
        f"{LETTER}, разд. 2: копия сразу или в течение 5 рабочих дней", main=True,
        deed="Заключение выдано",
    ),
    Transition(
        "case.finish_attestation", "Завершить дело заключением ГИА",
        (Status.DISCUSSION,), Status.HANDED, DESK,
        f"{LETTER}, прил. 2.16, п. 10: обращение непосредственно перед ГИА",
        deed="Дело завершено заключением ГИА",
    ),
    Transition(
        "case.withdraw", "Отозвать заявление",
        (Status.OPENED, Status.PAPERS, Status.READY, Status.BOOKED, Status.EXAMINATION, Status.DISCUSSION),
        Status.WITHDRAWN, DESK, f"{LETTER}, прил. 2.3: обследование по заявлению родителя",
        deed="Заявление отозвано",
    ),
)  # fmt: skip

transition, available, next_step = FLOW.transition, FLOW.available, FLOW.next_step
