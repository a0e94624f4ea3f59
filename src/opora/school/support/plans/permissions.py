"""Who reads plans, who draws them up, who examines and approves. Plans name no child."""

from __future__ import annotations

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import SCHOOL_ROLES

from .flow import FLOW, WRITERS

PLAN_VIEW = declare("plan.view", "Планы Службы", SCHOOL_ROLES, personal=False)
PLAN_WRITE = declare("plan.write", "Составление планов Службы", WRITERS, personal=False)
STEPS = tuple(declare(row.action, f"План Службы: {row.title}", row.roles, personal=False) for row in FLOW)
