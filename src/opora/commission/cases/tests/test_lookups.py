"""In an emergency a card is named by the number of a case: of this commission, exactly."""

from __future__ import annotations

import pytest
from django.utils import timezone

from opora.commission.cases.lookups import by_case_number
from opora.commission.cases.services import case_open
from opora.people.emergencies.services import emergency_open
from tests.cast import child_of

REASON = "Ребёнок пришёл к чужому специалисту с приступом, нужна выписка."


def opened(actor, child):
    return case_open(actor=actor, child=child, opened_on=timezone.localdate(), edition="2025")


def test_a_number_opens_the_card_of_that_case_of_this_commission(cast, daria_child):
    case = opened(cast.actor(cast.anna), daria_child)
    foreign = opened(cast.actor(cast.zakhar), child_of(cast.other, "Чужов"))
    vera = cast.actor(cast.vera)
    assert foreign.number == case.number
    assert by_case_number(vera, f"№ {case.number}/{case.year}") == daria_child
    assert by_case_number(vera, str(case.number)) == daria_child
    access = emergency_open(actor=vera, reason=REASON, number=f"{case.number}/{case.year}")
    assert access.person_id == daria_child.public_id


@pytest.mark.parametrize("number", ["7001", "1/1999", "", "1/2026/3", "' OR 1=1", "№", "99999999999"])
def test_any_other_number_opens_nothing(cast, daria_child, number):
    opened(cast.actor(cast.anna), daria_child)

    assert by_case_number(cast.actor(cast.vera), number) is None
