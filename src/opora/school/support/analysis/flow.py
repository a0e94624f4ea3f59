"""The path of the analysis: the head of the service writes and hands it in, the director approves."""

from __future__ import annotations

from ..approval import HEAD, approval_flow

FLOW = approval_flow("analysis", writers=HEAD, whose="руководитель Службы")
STATEMENT = "Положение о Службе сопровождения, п. 3.3: в конце учебного года представляет отчёт о работе Службы"
PROBLEMS = "Положение о Службе сопровождения, п. 3.3: проводит проблемный анализ процесса сопровождения"
