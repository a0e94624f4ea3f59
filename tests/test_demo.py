"""The made-up region looks like life: every status, every journal, whole chains, no real number."""

from __future__ import annotations

import pytest

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.demo.endings import CARDS
from opora.demo.region import build
from opora.demo.schools.building import Size
from opora.demo.table import accounts_table
from opora.foundation.audit.models import Event
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Series
from opora.foundation.registers.services import faults
from opora.people.children.models import Child, Guardian
from opora.people.consents.models import Withdrawal
from opora.people.retention.models import DestructionOrder, LegalHold
from opora.school.consilium.models import ConsiliumMeeting
from opora.school.duties.models import SchoolDuty
from opora.school.programmes.flow import Status as Stand
from opora.school.programmes.models import Mark, Observation, Programme
from opora.school.signals.models import Concern

# One programme in each state at the first school, and enough pupils beside for its concerns and meetings.
SMALL = (
    Size(("2 «А»", "6 «А»"), 12, tuple(Stand)),
    Size(("1 «А»",), 3),
    Size(("4 «А»",), 3),
    Size(("Старшая группа",), 3),
)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_region_has_every_status_and_every_journal_and_whole_chains():
    build(children=70, cases=76, sizes=SMALL)
    assert Organisation.objects.filter(kind__contains="commission", works_here=True).count() == 3
    cards = Child.objects.filter(organisation__kind__contains="commission")
    assert cards.count() == 70 + len(CARDS)
    assert Withdrawal.objects.filter(state="recorded").count() == 1
    assert set(DestructionOrder.objects.values_list("state", flat=True)) == {"proposed", "destroyed"}
    assert LegalHold.objects.count() == 1
    assert Case.objects.count() == 76
    assert set(Case.objects.values_list("status", flat=True)) == {str(one.value) for one in Status}
    assert set(Series.objects.values_list("code", flat=True)) >= {
        "case",
        "booking",
        "protocol",
        "conclusion",
        "examined",
        "disclosure",
    }
    assert list(faults()) == []
    assert Conclusion.objects.filter(state="signed").count() >= 20
    assert Event.objects.filter(code="case.registered").count() == 76
    assert not Guardian.objects.exclude(phone__contains="000").exclude(phone="").exists(), "code 000 is nobody's"
    table = accounts_table()
    assert "sekretar" in table
    assert "Центральная ПМПК" in table
    assert "kurator-1" in table
    the_first_school_lives()


def the_first_school_lives():
    """Its programmes stand in every state, its concerns and meetings too; conclusions of ПМПК have become duties."""
    assert set(Programme.objects.values_list("status", flat=True)) == set(Stand.values)
    assert set(Concern.objects.values_list("state", flat=True)) == set(Concern.State.values)
    assert Concern.objects.filter(suicide_risk=True).exists()
    assert set(ConsiliumMeeting.objects.values_list("state", flat=True)) == set(ConsiliumMeeting.State.values)
    assert set(SchoolDuty.objects.values_list("state", flat=True)) >= {"planned", "created"}
    assert Mark.objects.exists()
    assert Observation.objects.exists()
    assert not SchoolDuty.objects.filter(responsible=None).exists()
