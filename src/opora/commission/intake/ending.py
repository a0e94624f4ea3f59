"""A withdrawn consent ends the case that is under way and gives its hour back to others."""

from __future__ import annotations

from datetime import date

from opora.commission.cases.flow import transition
from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.consents.ending import when_processing_stops

from .services import case_withdraw

REASON = "Отозвано согласие на обработку персональных данных ребёнка."


@when_processing_stops
def case_ends(actor: Actor, child: Child, on: date) -> None:
    """A case with a signed conclusion stays as it is: nothing of it is under way but the handing over."""
    row = transition("case.withdraw")
    for case in Case.objects.of(actor.at).filter(child=child, status__in=row.source).select_related("child"):
        case_withdraw(actor=actor, case=case, on=on, reason=REASON)
