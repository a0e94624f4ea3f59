"""A handed case comes back by annulment only while the child has no other open case."""

from __future__ import annotations

import pytest
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_open
from opora.commission.conclusions.services import conclusion_annul, conclusion_sign, handover_record
from opora.foundation.access.refusals import Refusal
from opora.foundation.registers.models import Entry

from .stage import DAY, discussed, ready


@pytest.fixture
def handed(cast, daria_child):
    case = discussed(cast, daria_child)
    signed = conclusion_sign(actor=cast.actor(cast.boris), conclusion=ready(cast, case), on=DAY)
    handover_record(
        actor=cast.actor(cast.anna), handover=signed.handover, recipient=daria_child.guardianships.get().guardian,
        received_on=DAY, today=DAY,
    )  # fmt: skip
    return signed


def annul(cast, signed):
    return conclusion_annul(actor=cast.actor(cast.boris), conclusion=signed, on=DAY, reason="опечатка")


def test_a_handed_conclusion_is_annulled_and_its_case_is_discussed_anew(cast, handed):
    assert annul(cast, handed).case.status == Status.DISCUSSION


def test_a_conclusion_is_not_annulled_while_another_case_of_the_child_is_open(cast, daria_child, handed, as_user):
    Case.objects.update(number=100)  # the case of the stage took no number from the register
    running = case_open(actor=cast.actor(cast.anna), child=daria_child, opened_on=DAY, edition="2016")
    lines = Entry.objects.count()

    with pytest.raises(Refusal) as refused:
        annul(cast, handed)
    page = as_user(cast.boris).post(reverse("conclusions:annul", args=[handed.case.public_id]), {"reason": "опечатка"})

    assert refused.value.code == "open_case"
    assert running.title in str(refused.value)
    assert page.status_code == 422
    handed.refresh_from_db()
    assert (handed.state, Entry.objects.count()) == ("signed", lines)
