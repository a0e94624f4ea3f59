"""The facts and the advice on a specialist's sheet; the advice is drawn on the page of the conclusion as well."""

from __future__ import annotations

from typing import Any

from opora.commission.cases.models import Case
from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import may_write
from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel

from .advising import advice_shown
from .gathering import Gathered, gathered
from .models import Basis
from .rows import Typed, asked_now, groups_of


def findings_context(
    actor: Actor, examination: Examination, known: Gathered | None = None, typed: Typed | None = None
) -> dict[str, Any]:
    """What `findings/fields.html` shows."""
    known = known or gathered(examination.case)
    found = groups_of(known, examination, typed)
    return {
        "examination": examination,
        "groups": found,
        "findings_writable": may_write(actor, examination) and examination.is_writable,
        "recorded": sum(len(group.recorded) for group in found),
        "bases": Basis.choices,
        "errors": typed.errors if typed else {},
    }


def advice_context(
    case: Case, actor: Actor, known: Gathered | None = None, examination: Examination | None = None
) -> dict[str, Any]:
    """What `findings/advice.html` shows; nothing is computed when the person has switched advice off.

    With an `examination` its questions lead to the fields of that sheet; elsewhere they say who records the fact.

    Whoever does not see the specialists' findings gets no advice that tells of them.
    """
    on = actor.user is not None and actor.user.shows_advice
    context: dict[str, Any] = {"advice_on": on, "advice_seen": sees(actor, "special_texts"), "shown": None}
    if on and context["advice_seen"]:
        known = known or gathered(case)
        writes = examination is not None and examination.is_writable and may_write(actor, examination)
        context["shown"] = advice_shown(known, asked_now(known, examination) if examination and writes else ())
    return context


def sheet_findings(actor: Actor, examination: Examination) -> dict[str, Any]:
    """«Данные для рекомендации» in the left column of a sheet."""
    return findings_context(actor, examination, _once(examination))


def sheet_advice(actor: Actor, examination: Examination) -> dict[str, Any]:
    """«Что следует из правил» in the right column of a sheet."""
    return advice_context(examination.case, actor, _once(examination), examination)


def _once(examination: Examination) -> Gathered:
    """The case gathered once for both panels: it is kept with the row that the page was loaded with."""
    kept: dict[str, Any] = examination.__dict__
    if "gathered_for_page" not in kept:
        kept["gathered_for_page"] = gathered(examination.case, examination.visit.session.day)
    found: Gathered = kept["gathered_for_page"]
    return found


panel("sheet-work", 10, "Данные для рекомендации", "findings/findings.html", "examination.view", sheet_findings)
panel("sheet", 10, "Что следует из правил", "findings/advice.html", "examination.view", sheet_advice)
