"""A central commission above the commission of the cast, and the head who confirms values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.commission.editions import services
from opora.commission.editions.models import ConfirmedValue
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within
from tests import cast as people

SINCE = date(2025, 3, 1)
POINT = "приказ Минпросвещения России № 763, п. 22 Положения"


@dataclass
class Region:
    """The cast with a central commission; Захар's commission belongs to another region."""

    cast: people.Cast
    central: Organisation
    polina: User

    def confirm(self, **changes: Any) -> ConfirmedValue:
        wanted: dict[str, Any] = {
            "edition_code": "2025", "table": "term", "code": "conclusion_copy", "values": {"value": 3},
            "clause": POINT, "since": SINCE,
        }  # fmt: skip
        with within(self.central):
            return services.value_confirm(actor=self.cast.actor(self.polina), **{**wanted, **changes})


def region() -> Region:
    cast = people.assemble()
    central = people.organisation("central_commission", "ЦПМПК области")
    Organisation.objects.filter(pk=cast.commission.pk).update(parent=central)
    cast.commission.refresh_from_db()
    polina = people.hire(central, "polina", "Полякова", "Полина", "Павловна", (Role.COMMISSION_HEAD, ""))
    return Region(cast, central, polina)
