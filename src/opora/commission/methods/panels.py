"""Methods in the work column of a specialist's sheet."""

from __future__ import annotations

from typing import Any

from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import may_write
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel

from .choice import choice_of, used_in


def sheet_methods(actor: Actor, examination: Examination) -> dict[str, Any] | None:
    """Who writes chooses; whoever reads sees what was used, if anything was."""
    if may_write(actor, examination) and examination.is_writable:
        return {"choice": choice_of(actor, examination), "sheet": examination, "folds_itself": True}
    used = used_in(actor, examination)
    return {"used": used, "choice": None} if used else None


panel("sheet-work", 20, "Методики", "methods/sheet_methods.html", "examination.view", sheet_methods)
