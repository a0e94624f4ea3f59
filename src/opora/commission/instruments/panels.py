"""Instruments on the sheet of a specialist: those that fit, and how far each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import may_write
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel

from .models import ScoredInstrument
from .results import brief, clause_of, offered_codes, result_of, subject_of, title_of


@dataclass(frozen=True)
class Offer:
    """One line of the panel; `words` is empty for what nobody has begun."""

    code: str
    title: str
    clause: str
    words: str
    kind: str


def sheet_instruments(actor: Actor, examination: Examination) -> dict[str, Any] | None:
    """What fits the child's age and the specialist; on a closed sheet only what was filled."""
    subject = subject_of(examination)
    rows = {one.instrument: one for one in ScoredInstrument.objects.visible_to(actor).filter(examination=examination)}
    writable = may_write(actor, examination) and examination.is_writable
    codes = [code for code in offered_codes(subject) if writable or code in rows]
    offers = []
    for code in codes:
        row = rows.get(code)
        result = result_of(subject, code, row.answers) if row is not None else None
        kind = "neutral" if result is None or result.is_complete else "soon"
        words = brief(result) if result is not None else ""
        offers.append(Offer(code, title_of(subject.law, code), clause_of(subject.law, code), words, kind))
    return {"offers": offers, "examination": examination, "fillable": writable} if offers else None


panel(
    "sheet-work", 30, "Опросники и шкалы", "instruments/sheet_instruments.html", "examination.view", sheet_instruments
)
