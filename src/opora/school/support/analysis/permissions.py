"""Who reads the analysis of a year, who writes it, who approves. It names no child; what opens behind a figure may."""

from __future__ import annotations

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import Role

from ..approval import HEAD
from .flow import FLOW

READERS = HEAD | {Role.DIRECTOR, Role.CONSILIUM_CHAIR}

ANALYSIS_VIEW = declare("analysis.view", "Анализ работы Службы за год", READERS)
ANALYSIS_WRITE = declare("analysis.write", "Составление анализа работы Службы", HEAD)
STEPS = tuple(declare(row.action, f"Анализ за год: {row.title}", row.roles) for row in FLOW)
