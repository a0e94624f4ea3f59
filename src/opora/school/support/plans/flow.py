"""The path of a plan: drawn up, examined by the head of the service, approved by the director."""

from __future__ import annotations

from opora.foundation.accounts.roles import Role

from ..approval import approval_flow

WRITERS = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST})
WHOSE = "составитель плана или руководитель Службы"

FLOW = approval_flow("plan", writers=WRITERS, whose=WHOSE)
