"""A little of everything that a year of «Школа № 7» leaves behind, in this school year and in the last one."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from opora.foundation.organisations.models import Owned
from opora.people.children.models import Child
from opora.school.consilium.models import ConsiliumMeeting
from opora.school.duties.tests.stage import bring
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Criterion, Observation, Programme
from opora.school.signals.models import Concern, Screening, ScreeningResult
from opora.school.support.analysis import services
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.cards.models import CardNote, SupportCard
from opora.school.support.contacts.models import OutsideContact
from opora.school.support.groups.models import Group, GroupMember, Lesson
from opora.school.support.leading.models import QualityReview
from opora.school.support.materials.models import Material
from opora.school.support.plans.models import PlanItem, WorkPlan
from opora.school.support.worklog.models import EntryChild, WorkEntry
from tests.school_cast import SchoolCast

TODAY = date(2026, 11, 21)
YEAR = 2026
START = date(2026, 9, 1)
LAST_YEAR = date(2025, 11, 20)


def entry(cast: SchoolCast, *children: Child, by: Any = None, **changes: Any) -> WorkEntry:
    """An individual lesson of Полина today, unless it is said otherwise; the children were there."""
    fields = {
        "organisation": cast.school, "position": cast.post(by or cast.polina), "on": TODAY, "minutes": 40,
        "kind": "individual", "direction": "correction", "topic": "Внимание",
    }  # fmt: skip
    made = WorkEntry.objects.create(**fields | changes)
    for child in children:
        EntryChild.objects.create(organisation=cast.school, entry=made, child=child)
    return made


def begun(cast: SchoolCast, year: int = YEAR) -> YearAnalysis:
    return services.analysis_begin(actor=cast.actor(cast.irina), year=year, on=TODAY)


def year_of_work(cast: SchoolCast) -> None:
    """Rows of every room that the analysis counts."""
    for on in (TODAY, LAST_YEAR):
        _log(cast, on)
        _rooms(cast, on)
    _children(cast)


def _log(cast: SchoolCast, on: date) -> None:
    method = Material.objects.create(
        organisation=cast.school, kind="method", title=f"Таблицы {on}", direction="diagnostics", status="in_use",
        review_on=on, approved_on=on,
    )  # fmt: skip
    entry(cast, cast.misha, on=on)
    entry(cast, cast.misha, cast.lev, on=on, kind="group", by=cast.larisa, people=2)
    seen = entry(cast, cast.lev, on=on, kind="diagnostics", direction="diagnostics", material=method)
    entry(cast, on=on, kind="consultation", direction="education", audience="parent", people=3)
    entry(cast, on=on, kind="methods", direction="methods", audience="teacher", is_draft=True)
    QualityReview.objects.create(
        organisation=cast.school, entry=seen, drawn_on=on, reviewed_on=on, verdict="good", reviewed_by=cast.irina
    )


def _rooms(cast: SchoolCast, on: date) -> None:
    lead = cast.post(cast.polina)
    group = _made(Group, cast, title=f"Группа {on}", leader=lead, limit=8, starts_on=on, ends_on=on + timedelta(30))
    _made(GroupMember, cast, group=group, child=cast.misha, ground="consilium", joined_on=on)
    held = _made(Lesson, cast, group=group, on=on, starts_at=time(9), minutes=40)
    entry(cast, cast.misha, on=on, kind="group", lesson=held)
    _made(Lesson, cast, group=group, on=on, starts_at=time(10), minutes=40, cancelled_on=on, cancel_reason="болезнь")
    _made(Lesson, cast, group=group, on=on, starts_at=time(11), minutes=40)
    _made(OutsideContact, cast, kind="help", body_title="Центр", position=lead, asked_on=on, asked="о помощи",
          ground="nobody", outcome="helped", recorded_by=cast.polina)  # fmt: skip
    first = date(on.year, 9, 1)
    plan = _made(WorkPlan, cast, horizon="year", starts_on=first, ends_on=first + timedelta(270))
    approved = {"approved_in": 1}
    for title, changes in (
        ("Неделя психологии", approved), ("Собрание", approved | {"dropped_on": on, "drop_reason": "карантин"}),
        ("Добавлено и не утверждено", {}),
    ):  # fmt: skip
        _made(PlanItem, cast, plan=plan, title=title, direction="education", starts_on=first, ends_on=on, **changes)
    meeting = _made(ConsiliumMeeting, cast, day=on, state="held", chair=cast.post(cast.elena))
    assert meeting.pk


def _children(cast: SchoolCast) -> None:
    lead, chair = cast.post(cast.polina), cast.post(cast.elena)
    screening = _made(Screening, cast, kind="testing", title="Осень", held_on=TODAY, run_by=cast.polina)
    _made(ScreeningResult, cast, screening=screening, child=cast.misha, level="raised")
    _made(ScreeningResult, cast, screening=screening, child=cast.lev, level="special", suicide_risk=True)
    for child, risk in ((cast.misha, False), (cast.lev, True)):
        _made(Concern, cast, child=child, author=cast.tatiana, noticed_on=TODAY, urgency="soon", state="confirmed",
              suicide_risk=risk, decided_at=timezone.now())  # fmt: skip
        card = _made(SupportCard, cast, child=child, state="closed", ground="consilium", lead=lead, number=child.pk,
                     year=YEAR, proposed_on=START, opened_on=START, closed_on=TODAY,
                     close_reason="reached")  # fmt: skip
        _made(CardNote, cast, card=card, on=TODAY, sphere="speech", dynamics="up", recorded_by=cast.polina)
        programme = _made(
            Programme, cast, child=child, status=Status.FINISHED, curator=chair, named_by=chair, starts_on=START,
            ends_on=TODAY, finished_on=TODAY, kind="risk" if risk else "ordinary",
        )  # fmt: skip
        for wanted in (2, 5):
            criterion = _made(Criterion, cast, programme=programme, title="Внимание", starts_at=1, wanted=wanted)
            _made(Observation, cast, programme=programme, criterion=criterion, on=TODAY, value=3,
                  recorded_by=cast.polina)  # fmt: skip
    bring(cast)


def _made(model: type[Owned], cast: SchoolCast, **fields: Any) -> Any:
    return model._default_manager.create(organisation=cast.school, **fields)
