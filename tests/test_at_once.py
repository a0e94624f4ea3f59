"""Two people press at the same moment: the later one is told in words what the database did not let in."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db.models import QuerySet

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.people.children.models import Child
from opora.school.support.analysis.services import analysis_begin
from opora.school.support.cards.models import SupportCard
from opora.school.support.cards.services import decision_ask, proposing
from opora.school.support.groups.conflicts import Wanted
from opora.school.support.groups.services import lessons_plan
from opora.school.support.groups.tests import stage as groups
from opora.school.support.passports.models import SocialPassport
from opora.school.support.passports.services import class_passport_begin, school_passport_begin
from opora.school.support.plans.services import plan_open
from opora.school.support.schedules.services import schedule_start, slot_add
from opora.school.support.schoolyear.models import Cabinet

TODAY = date(2026, 11, 18)
pytestmark = pytest.mark.usefixtures("known_day")


EXISTS = QuerySet.exists


def blind(monkeypatch, model):
    """Who asks whether a row of the model is there is told «no»."""
    monkeypatch.setattr(QuerySet, "exists", lambda rows: rows.model is not model and EXISTS(rows))


def card(cast):
    return proposing.card_propose(
        actor=cast.actor(cast.irina), child=cast.misha, ground="request", ground_note="Мать", on=TODAY,
        lead=cast.post(cast.polina),
    )  # fmt: skip


def analysis(cast):
    return analysis_begin(actor=cast.actor(cast.irina), year=2026, on=TODAY)


def passport(cast):
    made = class_passport_begin(actor=cast.actor(cast.tatiana), school_class=cast.four_a, on=TODAY)
    SocialPassport.objects.update(status="submitted")
    return made


def passport_of_school(cast):
    made = school_passport_begin(actor=cast.actor(cast.irina), on=TODAY)
    SocialPassport.objects.update(status="examined")
    return made


def plan_of_service(cast):
    return plan_open(actor=cast.actor(cast.irina), horizon="month", day=TODAY)


def schedule(cast):
    return schedule_start(
        actor=cast.actor(cast.larisa), position=cast.post(cast.larisa), period="week", starts_on=date(2026, 11, 16),
        ends_on=date(2026, 11, 20),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (card, "in_work"),
        (analysis, "twice"),
        (passport, "twice"),
        (passport_of_school, "twice"),
        (plan_of_service, "known"),
        (schedule, "twice"),
    ],
)
def test_the_later_one_is_refused_in_words_and_nothing_stands_twice(school_cast, monkeypatch, deed, code):
    """The question «is it there already» was asked before the other one had finished."""
    made = deed(school_cast)
    blind(monkeypatch, type(made))
    monkeypatch.setattr(proposing, "_require_none_in_work", lambda child: None)
    with pytest.raises(Refusal) as refused:
        deed(school_cast)
    monkeypatch.undo()
    assert refused.value.code == code
    assert type(made).objects.count() == 1


def test_a_declined_card_is_not_asked_anew_beside_another_one(school_cast, monkeypatch):
    first = card(school_cast)
    SupportCard.objects.update(state="declined")
    first.decisions.update(outcome="rejected")
    card(school_cast)
    blind(monkeypatch, SupportCard)
    with pytest.raises(Refusal) as refused:
        decision_ask(actor=school_cast.actor(school_cast.irina), card=first, kind="open", text="Снова", on=TODAY)
    monkeypatch.undo()
    assert refused.value.code == "in_work"


@pytest.fixture
def locked(monkeypatch):
    """Rows by their model that were asked for to be locked, in the order of the asking."""
    found, lock = [], QuerySet.select_for_update

    def noted(rows, *args, **kwargs):
        asked = lock(rows, *args, **kwargs)
        if asked._fields == ("pk",):
            found.append((asked.model, [key for (key,) in asked]))
        return asked

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    return found


def taught_by(cast, who):
    """A group of somebody with Миша in it."""
    leader = cast.post(getattr(cast, who))
    group = groups.start(cast, actor=cast.actor(cast.irina), leader=leader, title=f"Группа: {who}")
    groups.join(cast, group, cast.misha)
    return group


def lesson(cast, group):
    return lessons_plan(
        actor=cast.actor(cast.irina), group=group, wanted=[Wanted(date(2026, 11, 23), time(9, 40), 40)]
    )  # fmt: skip


def slot(cast, group):
    schedule = schedule_start(
        actor=cast.actor(cast.irina), position=group.leader, starts_on=date(2026, 9, 7), ends_on=date(2026, 12, 25)
    )  # fmt: skip
    return slot_add(
        actor=cast.actor(cast.irina), schedule=schedule, weekday=1, starts_at=time(9), ends_at=time(9, 40),
        kind="group", group=group,
    )  # fmt: skip


@pytest.mark.parametrize("deed", [lesson, slot])
def test_two_specialists_wait_for_each_other_at_a_common_child(school_cast, locked, deed):
    """Neither sees the other's lesson before it is there: both lock the child, and the later one looks afterwards."""
    groups.conclusion(school_cast, school_cast.misha)
    first, second = taught_by(school_cast, "larisa"), taught_by(school_cast, "polina")
    locked.clear()
    deed(school_cast, first)
    with pytest.raises(Refusal) as refused:
        deed(school_cast, second)
    assert refused.value.code == "child"
    children = [keys for model, keys in locked if model is Child]
    assert children == [[school_cast.misha.pk]] * 2


def test_the_time_of_a_specialist_is_that_of_all_his_posts(school_cast, locked):
    """He holds two of them, and each has its group: the lessons wait for each other too."""
    held = school_cast.post(school_cast.larisa)
    other = Position.objects.create(
        organisation=school_cast.school, user=school_cast.larisa, role=held.role, speciality="defectologist",
        started_on=held.started_on,
    )  # fmt: skip
    group = groups.start(school_cast)
    locked.clear()
    lesson(school_cast, group)
    assert [keys for model, keys in locked if model is Position] == [[held.pk, other.pk]]


def test_who_waits_for_a_child_a_post_and_a_cabinet_lets_rows_refer_to_them(school_cast, monkeypatch):
    """Else two deeds that have both added such rows wait for each other for ever."""
    asked, lock = [], QuerySet.select_for_update

    def noted(rows, *args, **kwargs):
        asked.append((rows.model, kwargs.get("no_key", False)))
        return lock(rows, *args, **kwargs)

    groups.conclusion(school_cast, school_cast.misha)
    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    lesson(school_cast, taught_by(school_cast, "larisa"))
    found = [one for one in asked if one[0] in (Child, Position, Cabinet)]
    assert set(found) == {(Child, True), (Position, True), (Cabinet, True)}


def test_a_child_joins_while_nobody_plans_its_time(school_cast, locked):
    groups.conclusion(school_cast, school_cast.misha)
    locked.clear()
    taught_by(school_cast, "larisa")
    assert (Child, [school_cast.misha.pk]) in locked
