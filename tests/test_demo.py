"""The made-up region looks like life: every status, every journal, whole chains, no real number."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

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
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.cards.models import SupportCard
from opora.school.support.contacts.models import OutsideContact
from opora.school.support.groups.models import Group
from opora.school.support.leading.models import NoticeReading, QualityReview
from opora.school.support.passports.models import SocialPassport
from opora.school.support.plans.models import WorkPlan
from opora.school.support.schedules.models import WorkSchedule
from opora.school.support.worklog.models import WorkEntry

CHILDREN, CASES = 24, 26
# An open case in each state; the other children have finished ones, the first of them two.
OPEN = tuple(one for one in Status if one != Status.HANDED)
# One programme in each state at the first school, and enough pupils beside for its concerns and meetings.
SMALL = (
    Size(("2 «А»", "6 «А»"), 12, tuple(Stand), busy=0.2),
    Size(("1 «А»",), 3),
    Size(("4 «А»",), 3),
    Size(("Старшая группа",), 3),
)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_region_has_every_status_and_every_journal_and_whole_chains():
    build(children=CHILDREN, cases=CASES, open_now=OPEN, sizes=SMALL)
    assert Organisation.objects.filter(kind__contains="commission", works_here=True).count() == 3
    cards = Child.objects.filter(organisation__kind__contains="commission")
    assert cards.count() == CHILDREN + len(CARDS)
    assert Withdrawal.objects.filter(state="recorded").count() == 1
    assert set(DestructionOrder.objects.values_list("state", flat=True)) == {"proposed", "destroyed"}
    assert LegalHold.objects.count() == 1
    assert Case.objects.count() == CASES
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
    assert Conclusion.objects.filter(state="signed").count() >= 15
    assert Event.objects.filter(code="case.registered").count() == CASES
    assert not Guardian.objects.exclude(phone__contains="000").exclude(phone="").exists(), "code 000 is nobody's"
    table = accounts_table()
    assert "sekretar" in table
    assert "Центральная ПМПК" in table
    assert "kurator-1" in table
    the_first_school_lives()
    its_service_has_lived_two_years(timezone.localdate())


@pytest.mark.proof
@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 9, 3), date(2027, 2, 15), date(2026, 7, 15)], ids=str)
def test_the_region_can_be_built_on_any_day(day):
    """In the first days of a school year, in its middle, and in summer."""
    build(day, children=CHILDREN, cases=CASES, open_now=OPEN, sizes=SMALL)
    assert set(Case.objects.values_list("status", flat=True)) == {str(one.value) for one in Status}
    assert list(faults()) == []
    its_service_has_lived_two_years(day)


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


def its_service_has_lived_two_years(today):
    """Its papers stand in states that somebody has to act on; the log goes back to the last year."""
    here = Organisation.objects.get(short_name="Школа № 1")
    plans = WorkPlan.objects.of(here)
    assert set(plans.values_list("horizon", flat=True)) >= {"perspective", "year", "month"}
    assert plans.filter(horizon="year", status="approved").count() == 2
    assert WorkSchedule.objects.of(here).filter(status="approved").exists()
    assert Group.objects.of(here).filter(closed_on__isnull=False).exclude(outcome="").exists()
    entries = WorkEntry.objects.of(here)
    assert set(entries.values_list("kind", flat=True)) == set(WorkEntry.Kind.values)
    assert entries.filter(is_draft=True).count() == 1
    assert entries.filter(plan_item__isnull=False, material__isnull=False).exists()
    assert SocialPassport.objects.of(here).filter(school_class=None, status="approved").exclude(snapshot=None).exists()
    contacts = OutsideContact.objects.of(here)
    assert set(contacts.values_list("outcome", flat=True)) >= {"waiting", "helped"}
    assert contacts.filter(disclosure__isnull=False).count() == 1
    assert YearAnalysis.objects.of(here).filter(status="approved").exclude(snapshot=None).count() == 1
    assert QualityReview.objects.of(here).filter(verdict="good").exists()
    assert NoticeReading.objects.of(here).exists()
    if 4 < today.month < 11:  # summer, and an autumn that has only begun
        return
    assert plans.filter(horizon="month", status="submitted").exists()
    assert Group.objects.of(here).filter(closed_on__isnull=True, lessons__entry__isnull=False).exists()
    assert set(SupportCard.objects.of(here).values_list("state", flat=True)) >= {"open", "proposed"}
    for one in Organisation.objects.filter(works_here=True, kind__in=("school", "kindergarten")):
        assert WorkEntry.objects.of(one).exists(), one
