"""The path of a schedule: drawn up by its specialist, examined by the head of the service, approved by the director."""

from __future__ import annotations

from opora.foundation.accounts.roles import Role

from ..approval import approval_flow

WRITERS = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST})
WHOSE = "специалист, чей это график, или руководитель Службы"

FLOW = approval_flow("schedule", writers=WRITERS, whose=WHOSE)
