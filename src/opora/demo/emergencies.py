"""Two emergencies of specialists: one that the head has reviewed, one from this morning that waits for him."""

from __future__ import annotations

from datetime import date, timedelta

from opora.commission.cases.models import Case
from opora.foundation.access.knowledge import may_know
from opora.foundation.access.models import EmergencyAccess
from opora.people.emergencies.services import emergency_open, emergency_review

from .stories import Story, at, later
from .world import Commission

REASONS = (
    "Ребёнок пришёл на час раньше к чужому специалисту с приступом: нужна выписка врача.",
    "Мать звонит от врача скорой помощи: просят заключение прежнего обследования.",
)
VERDICT = "Подтверждено: приступ был, выписка передана врачу. Доступ закрыт вовремя."


def emergencies_of(here: Commission, today: date) -> list[Story]:
    """The stories of one commission."""
    return [_reviewed(here, today), _waiting(here, today)]


def _reviewed(here: Commission, today: date) -> Story:
    opened = at(today - timedelta(days=9), 10, 20)
    yield opened
    access = _opened(here, REASONS[0], 0)
    if access is not None:
        yield later(opened, 1)
        emergency_review(actor=here.actor(here.head), access=access, was_justified=True, verdict=VERDICT)


def _waiting(here: Commission, today: date) -> Story:
    yield at(today, 8, 40)
    _opened(here, REASONS[1], 1)


def _opened(here: Commission, reason: str, place: int) -> EmergencyAccess | None:
    """A specialist names the number of a case with which he has nothing to do."""
    actor = here.actor(list(here.members.values())[place])
    for case in Case.objects.of(here.organisation).select_related("child").order_by("-opened_on", "-number")[:60]:
        if not may_know(actor, case.child.public_id):
            return emergency_open(actor=actor, reason=reason, number=f"{case.number}/{case.year}")
    return None
