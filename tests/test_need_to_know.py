"""Whom a colleague's work at a school makes known to him: each reason alone, beside somebody who has none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.people.children.models import Child
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting, MeetingMember, Participant
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.presentations.models import Presentation
from opora.school.programmes.models import Activity, Goal, Programme, Task
from opora.school.signals.models import Concern, Screening, ScreeningResult
from tests.school_cast import SchoolCast

pytestmark = pytest.mark.django_db


def _item(people: SchoolCast, **more: Any) -> AgendaItem:
    at, day = {"organisation": people.school}, timezone.localdate()
    meeting = ConsiliumMeeting.objects.create(**at, day=day, chair=people.post(people.elena))
    MeetingMember.objects.create(**at, meeting=meeting, position=people.post(people.irina))
    item = AgendaItem.objects.create(**at, meeting=meeting, child=people.misha, ground="parents", **more)
    Participant.objects.create(**at, item=item, kind="guardian", guardian=people.mother(people.misha))
    return item


def _member(people: SchoolCast) -> None:
    meeting = _item(people).meeting
    MeetingMember.objects.create(organisation=people.school, meeting=meeting, position=people.post(people.larisa))


def _invited(people: SchoolCast) -> None:
    Participant.objects.create(
        organisation=people.school, item=_item(people), kind="staff", position=people.post(people.larisa)
    )


def _leading(people: SchoolCast) -> None:
    _item(people, leading=people.post(people.larisa))


def _programme(people: SchoolCast, curator: Any) -> Programme:
    return Programme.objects.create(
        organisation=people.school, child=people.misha, status="running", curator=people.post(curator), number=1,
        named_by=people.post(people.elena), year=timezone.localdate().year,
    )  # fmt: skip


def _curator(people: SchoolCast) -> None:
    _programme(people, people.larisa)


def _activity(people: SchoolCast) -> None:
    of = {"organisation": people.school, "programme": _programme(people, people.irina)}
    task = Task.objects.create(**of, goal=Goal.objects.create(**of, title="Ходит в школу"), title="Беседы")
    Activity.objects.create(**of, task=task, title="Беседа", responsible=people.post(people.larisa))


def _duty(people: SchoolCast) -> None:
    day = timezone.localdate()
    brought = BroughtConclusion.objects.create(
        organisation=people.school, child=people.misha, guardian=people.mother(people.misha), number="17",
        signed_on=day, brought_on=day, has_limitations=True, recorded_by=people.elena,
    )  # fmt: skip
    SchoolDuty.objects.create(
        organisation=people.school, brought=brought, kind="tutor", title="Тьютор", due_on=day,
        responsible=people.post(people.larisa),
    )  # fmt: skip


def _presentation(people: SchoolCast) -> None:
    Presentation.objects.create(
        organisation=people.school, child=people.misha, kind="speech_therapist", author=people.post(people.larisa),
        started_on=timezone.localdate(),
    )  # fmt: skip


def _concern(people: SchoolCast) -> None:
    Concern.objects.create(
        organisation=people.school, child=people.misha, author=people.uliana, noticed_on=timezone.localdate(),
        psychologist=people.post(people.larisa),
    )  # fmt: skip


def _screening(people: SchoolCast) -> None:
    run = Screening.objects.create(
        organisation=people.school, kind="testing", title="Скрининг", held_on=timezone.localdate(),
        run_by=people.larisa,
    )  # fmt: skip
    ScreeningResult.objects.create(organisation=people.school, screening=run, child=people.misha, level="raised")


WORK: dict[str, Callable[[SchoolCast], None]] = {
    "member": _member, "invited": _invited, "leading": _leading, "curator": _curator, "activity": _activity,
    "duty": _duty, "presentation": _presentation, "concern": _concern, "screening": _screening,
}  # fmt: skip


def knows(people: SchoolCast, user: Any, child: Child) -> bool:
    return Child.objects.visible_to(people.actor(user)).filter(pk=child.pk).exists()


@pytest.mark.parametrize("work", WORK)
def test_work_makes_its_child_known_to_whoever_does_it_and_to_nobody_else(school_cast: SchoolCast, work: str):
    people = school_cast
    assert not knows(people, people.larisa, people.misha)
    WORK[work](people)

    assert knows(people, people.larisa, people.misha)
    assert not knows(people, people.larisa, people.lev)
    for user in (people.uliana, people.polina, people.zhanna, people.zakhar):
        assert not knows(people, user, people.misha), user.last_name


@pytest.mark.parametrize(("work", "status"), [("activity", "finished"), ("curator", "cancelled")])
def test_a_programme_that_is_over_makes_nobody_know(school_cast: SchoolCast, work: str, status: str):
    WORK[work](school_cast)
    Programme.objects.update(status=status)

    assert not knows(school_cast, school_cast.larisa, school_cast.misha)


def test_a_curator_reads_what_he_has_led_to_its_end_while_he_holds_that_post(school_cast: SchoolCast):
    people, today = school_cast, timezone.localdate()
    post = people.post(people.larisa)
    _curator(people)
    Programme.objects.update(status="finished", finished_on=today)
    assert knows(people, people.larisa, people.misha)

    Position.objects.create(organisation=people.school, user=people.larisa, role="curator", started_on=post.started_on)
    Position.objects.filter(pk=post.pk).update(ended_on=today - timedelta(days=1))
    assert not knows(people, people.larisa, people.misha), "she works here still, by another post"
