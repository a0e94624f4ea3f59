"""The path of a material: programmes and projects are examined and approved, methods and materials are used at once."""

from __future__ import annotations

from opora.foundation.access.flow import Flow, Transition
from opora.foundation.accounts.roles import Role

from ..approval import CLAUSE, DIRECTOR, HEAD, HEAD_CLAUSE
from .models import Material

Status = Material.Status
WRITERS = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST})
WHOSE = "тот, кто внёс материал, или руководитель Службы"
BANK_CLAUSE = "Положение о Службе сопровождения, ч. 4: формирование банка данных"

FLOW = Flow(
    Transition(
        "material.use", "Пустить в работу", (Status.DRAFT,), Status.IN_USE, WRITERS, BANK_CLAUSE, main=True,
        deed="Материал пущен в работу", whose=WHOSE,
    ),
    Transition(
        "material.submit", "Отдать на рассмотрение", (Status.DRAFT,), Status.SUBMITTED, WRITERS, CLAUSE, main=True,
        deed="Отдано на рассмотрение", whose=WHOSE,
    ),
    Transition(
        "material.examine", "Рассмотрено, отдать директору", (Status.SUBMITTED,), Status.EXAMINED, HEAD, HEAD_CLAUSE,
        main=True, deed="Рассмотрено руководителем Службы",
    ),
    Transition(
        "material.approve", "Утвердить", (Status.EXAMINED,), Status.IN_USE, DIRECTOR, CLAUSE, main=True,
        deed="Утверждено директором",
    ),
    Transition(
        "material.return", "Вернуть на доработку", (Status.SUBMITTED, Status.EXAMINED), Status.DRAFT, HEAD | DIRECTOR,
        HEAD_CLAUSE, deed="Возвращено на доработку",
    ),
    Transition(
        "material.change", "Внести изменения", (Status.IN_USE,), Status.DRAFT, WRITERS, CLAUSE,
        deed="Открыто для изменений", whose=WHOSE,
    ),
    Transition(
        "material.retire", "Больше не использовать", (Status.IN_USE,), Status.RETIRED, WRITERS, BANK_CLAUSE,
        deed="Больше не используется", whose=WHOSE,
    ),
    Transition(
        "material.restore", "Вернуть в работу", (Status.RETIRED,), Status.IN_USE, WRITERS, BANK_CLAUSE,
        deed="Снова в работе", whose=WHOSE,
    ),
)  # fmt: skip


def is_step_of(material: Material, action: str) -> bool:
    """Programmes and projects are not used without approval, methods and materials are not sent for it."""
    if action == "material.use":
        return not material.needs_approval
    if action in ("material.submit", "material.change"):
        return material.needs_approval
    return True
