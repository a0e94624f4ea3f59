"""Two short paths: a class passport is accepted by the service, the passport of the institution by the director."""

from __future__ import annotations

from opora.foundation.access.flow import Flow, Transition
from opora.foundation.accounts.roles import Role

from ..approval import CLAUSE, DIRECTOR, OPEN, Status
from .models import SocialPassport
from .permissions import ACCEPTORS, FILLERS

OF_THE_CLASS = "классный руководитель"
OF_THE_SERVICE = "социальный педагог или руководитель Службы"

CLASS_FLOW = Flow(
    Transition(
        "class_passport.submit", "Готово, сдать", OPEN, Status.SUBMITTED, FILLERS, CLAUSE, main=True,
        deed="Паспорт класса сдан", whose=OF_THE_CLASS,
    ),
    Transition(
        "class_passport.accept", "Принять", (Status.SUBMITTED,), Status.APPROVED, ACCEPTORS, CLAUSE, main=True,
        deed="Паспорт класса принят", whose=OF_THE_SERVICE,
    ),
    Transition(
        "class_passport.return", "Вернуть на доработку", (Status.SUBMITTED,), Status.RETURNED, ACCEPTORS, CLAUSE,
        deed="Паспорт класса возвращён на доработку", whose=OF_THE_SERVICE,
    ),
)  # fmt: skip
SCHOOL_FLOW = Flow(
    Transition(
        "passport.submit", "Отдать директору", OPEN, Status.EXAMINED, ACCEPTORS, CLAUSE, main=True,
        deed="Паспорт учреждения отдан директору", whose=OF_THE_SERVICE,
    ),
    Transition(
        "passport.approve", "Утвердить", (Status.EXAMINED,), Status.APPROVED, DIRECTOR, CLAUSE, main=True,
        deed="Паспорт учреждения утверждён",
    ),
    Transition(
        "passport.return", "Вернуть на доработку", (Status.EXAMINED,), Status.RETURNED, frozenset({Role.DIRECTOR}),
        CLAUSE, deed="Паспорт учреждения возвращён на доработку",
    ),
)  # fmt: skip
STATES = {
    Status.DRAFT: "заполняется", Status.SUBMITTED: "у социального педагога", Status.EXAMINED: "у директора",
    Status.RETURNED: "на доработке", Status.APPROVED: "утверждён",
}  # fmt: skip


def flow_of(passport: SocialPassport) -> Flow[Status]:
    return SCHOOL_FLOW if passport.school_class_id is None else CLASS_FLOW


def state_words(passport: SocialPassport) -> str:
    """«заполняется», «принят» for a class, «утверждён» for the institution."""
    if passport.is_frozen and passport.school_class_id is not None:
        return "принят"
    return STATES[Status(passport.status)]


def colour_of(passport: SocialPassport) -> str:
    if passport.is_frozen:
        return "done"
    return "late" if passport.status == Status.RETURNED else "neutral" if passport.is_open else "soon"
