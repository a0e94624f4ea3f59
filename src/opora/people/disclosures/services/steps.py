"""What every step does first: the wall, the lock, the table."""

from __future__ import annotations

from datetime import date

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.knowledge import is_frozen
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.files.models import StoredFile

from .. import clauses
from ..flow import transition
from ..models import Disclosure


def step_begin(actor: Actor, disclosure: Disclosure, action: str) -> Disclosure:
    """The request read anew and locked, when its state allows the step.

    Raises PermissionDenied, and Refusal with the clause of the row of the table.
    """
    require(actor, action)
    require_own(actor, disclosure, even_frozen=True)
    rows = Disclosure.objects.select_for_update(of=("self",))
    fresh = rows.select_related(*Disclosure.loaded_with, "organisation").get(pk=disclosure.pk)
    row = transition(action)
    if fresh.state not in row.source:
        raise Refusal(
            "wrong_state",
            f"«{row.title}» сейчас невозможно: запрос в состоянии «{fresh.get_state_display()}».",
            row.clause,
        )
    return fresh


def refuse_stopped(disclosure: Disclosure) -> None:
    """Raise Refusal when processing is stopped: a withdrawn consent leaves only what a court, a law or the family ask.

    To refuse and to ask for a clearer request stays possible: such an answer tells nothing.
    """
    gives = disclosure.decision == Disclosure.Decision.GIVE
    if gives and disclosure.ground == Disclosure.Ground.REQUEST and is_frozen(disclosure.person_id):
        raise Refusal(
            "stopped",
            "Согласие отозвано, обработка данных остановлена: передать сведения можно по решению суда, "
            "по требованию закона или просьбе представителя.",
            clauses.CONSENT, "decision",
        )  # fmt: skip


def refuse_strange_file(actor: Actor, stored: StoredFile | None, field: str) -> None:
    if stored is not None and stored.organisation_id != actor.at.pk:
        raise Refusal("stranger", "Этот файл принадлежит другой организации.", field=field)


def refuse_bad_day(day: date, *, after: date, today: date, field: str, before: str) -> None:
    """Raise Refusal for a day in the future or earlier than `after`; `before` says what came first."""
    if day > today:
        raise Refusal("future", "Эта дата ещё не наступила.", field=field)
    if day < after:
        raise Refusal("too_early", f"{before} позже, {after:%d.%m.%Y}.", field=field)
