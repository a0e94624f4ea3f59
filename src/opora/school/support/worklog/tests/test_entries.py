"""What is recorded, refused, changed, and whom it makes known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from opora.foundation.access.actions import Frozen
from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Child
from opora.school.pupils.models import Placement
from opora.school.support.worklog import services
from opora.school.support.worklog.models import EntryChild, WorkEntry
from opora.school.support.worklog.services import ChildWork

from .stage import TODAY, YESTERDAY, group_of, lesson_of, logged, work


def refused(code: str, deed, **options) -> Refusal:
    with pytest.raises(Refusal) as caught:
        deed(**options)
    assert caught.value.code == code
    return caught.value


def test_a_pupil_found_on_the_roll_becomes_known_until_the_school_year_ends(people):
    polina = people.actor(people.polina)
    assert not Child.objects.visible_to(polina).exists()

    entry = logged(people, kind="consultation")

    assert list(Child.objects.visible_to(polina)) == [people.misha]
    assert Event.objects.filter(code="work.child_found", person_id=people.misha.public_id).count() == 1
    assert (entry.direction, entry.audience, entry.people) == ("correction", "pupil", 1)
    logged(people, topic="Память")
    assert Event.objects.filter(code="work.child_found").count() == 1
    with time_machine.travel(date(2027, 9, 2)):
        assert not Child.objects.visible_to(people.actor(people.polina, date(2027, 9, 2))).exists()


def test_a_removed_entry_no_longer_makes_the_child_known(people):
    services.entry_remove(actor=people.actor(people.polina), entry=logged(people))
    assert not Child.objects.visible_to(people.actor(people.polina)).exists()


def test_a_draft_opens_nothing_and_counts_nowhere(people):
    polina = people.actor(people.polina)
    draft = services.draft_keep(actor=polina, on=TODAY, work=work(people.misha, topic="", minutes=0))

    assert draft is not None
    assert draft.is_draft
    assert draft.minutes == 40
    assert not Child.objects.visible_to(polina).exists()
    assert not WorkEntry.objects.visible_to(people.actor(people.irina)).exists()
    entry = services.entry_record(actor=polina, on=TODAY, work=work(people.misha), draft=draft)
    assert entry.pk == draft.pk
    assert not entry.is_draft
    assert EntryChild.objects.count() == 1
    assert services.draft_keep(actor=polina, on=TODAY, work=work(people.misha), draft=entry) is None


def test_a_child_of_a_finished_draft_is_found_as_that_of_any_entry(people):
    polina = people.actor(people.polina)
    begun = services.draft_keep(actor=polina, on=TODAY, work=work(people.misha))
    assert not Event.objects.filter(code__in=("work.child_found", "work.child_recorded")).exists()
    services.entry_record(actor=polina, on=TODAY, work=work(people.misha), draft=begun)
    for code in ("work.child_found", "work.child_recorded"):
        assert Event.objects.filter(code=code, person_id=people.misha.public_id).count() == 1

    another = services.draft_keep(actor=polina, on=TODAY, work=work(people.lev, topic="Память"))
    Placement.objects.filter(child=people.lev).update(ended_on=YESTERDAY)
    assert services.draft_keep(actor=polina, on=TODAY, work=work(people.lev, topic="Ещё"), draft=another)
    refused("no_pupil", lambda: services.entry_record(
        actor=polina, on=TODAY, work=work(people.lev), draft=another
    ))  # fmt: skip
    another.refresh_from_db()
    assert (another.is_draft, another.children.count()) == (True, 1), "nothing of the draft is lost"


def test_a_text_too_long_for_a_draft_is_kept_as_far_as_it_fits(people):
    polina = people.actor(people.polina)
    begun = work(people.misha, topic="т" * 301, content="с" * 3001, outcome="и" * 3000)
    draft = services.draft_keep(actor=polina, on=TODAY, work=begun)
    assert [len(one) for one in (draft.topic, draft.content, draft.outcome)] == [300, 3000, 3000]
    assert services.cut_off(begun) == ["тема, запрос", "что делали"]


def test_a_draft_saved_in_the_moment_of_finishing_leaves_nothing(people):
    polina = people.actor(people.polina)
    services.draft_keep(actor=polina, on=TODAY, work=work(people.misha))
    logged(people)
    assert services.draft_keep(actor=polina, on=TODAY, work=work(people.misha)) is None
    assert not WorkEntry.objects.filter(is_draft=True).exists()


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("future", {"on": TODAY + timedelta(days=1)}),
        ("day_off", {"on": date(2026, 11, 15)}),
        ("minutes", {"minutes": 0}),
        ("minutes", {"minutes": 700}),
        ("topic", {"topic": " "}),
    ],
)
def test_bad_input_is_refused(people, code, options):
    refused(code, lambda: logged(people, **options))
    assert not WorkEntry.objects.exists()
    assert not EntryChild.objects.exists()


def test_a_day_off_is_allowed_when_it_is_said(people):
    services.entry_record(
        actor=people.actor(people.polina), on=date(2026, 11, 15), work=work(people.misha), day_off_allowed=True
    )


def test_a_child_is_named_once_and_an_individual_lesson_has_one(people):
    assert "дважды" in refused("twice", lambda: logged(people, people.misha, people.misha, kind="group")).message
    refused("one_child", lambda: logged(people, people.misha, people.lev))
    refused("no_children", lambda: services.entry_record(
        actor=people.actor(people.polina), on=TODAY, work=work(kind="consultation")
    ))  # fmt: skip


def test_two_pieces_of_work_at_once_are_refused_with_the_other_named(people):
    logged(people, starts_at=time(9), topic="Первое")
    told = refused("overlap", lambda: logged(people, starts_at=time(9, 30)))
    assert "09:00—09:40, Первое" in told.message
    logged(people, starts_at=time(9, 40))
    logged(people, starts_at=time(8, 20))
    logged(people, by=people.larisa, starts_at=time(9))
    logged(people, kind="consultation", minutes=600)
    refused("full_day", lambda: logged(people, minutes=10))


def test_work_ends_on_the_day_on_which_it_began(people):
    told = refused("midnight", lambda: logged(people, starts_at=time(23, 30), minutes=31))
    assert told.field == "minutes"
    assert logged(people, starts_at=time(23, 30), minutes=30).ends_at == time(23, 59)


class TestPeople:
    def test_named_pupils_are_counted_by_their_attendance_whatever_the_form_sent_back(self, people):
        polina, both = people.actor(people.polina), (people.misha, people.lev)
        entry = logged(people, *both, kind="group", people=9)
        assert entry.people == 2
        lines = [ChildWork(people.misha.public_id), ChildWork(people.lev.public_id, attendance="ill")]
        changed = work(*both, kind="group", people=entry.people, topic="Память")
        services.entry_change(actor=polina, entry=entry, work=replace(changed, children=lines))
        entry.refresh_from_db()
        assert entry.people == 1
        absent = [replace(one, attendance="absent") for one in lines]
        services.entry_change(actor=polina, entry=entry, work=replace(changed, children=absent))
        entry.refresh_from_db()
        assert entry.people is None

    def test_a_child_whom_the_author_no_longer_sees_is_counted_on(self, people):
        entry = logged(people, people.misha, people.lev, kind="group")
        stop(people, people.lev)
        services.entry_change(
            actor=people.actor(people.polina), entry=entry, work=work(people.misha, kind="group", topic="Память")
        )
        entry.refresh_from_db()
        assert entry.people == 2

    def test_those_who_came_to_a_talk_about_a_child_are_as_it_was_typed(self, people):
        entry = logged(people, kind="consultation", audience="parent", people=3)
        services.attendance_set(
            actor=people.actor(people.polina), row=entry.children.get(), attendance="absent", dynamics="up"
        )
        entry.refresh_from_db()
        assert entry.people == 3
        assert logged(people, kind="consultation", audience="parent").people == 1


def stop(people, child):
    Freeze.objects.create(
        organisation=people.school, person_id=child.public_id, ground="отзыв", since=TODAY, recorded_by=people.elena
    )


def test_a_child_is_examined_with_consent_alone(people):
    told = refused("no_consent", lambda: logged(people, kind="diagnostics"))
    assert "Данилов" in told.message
    assert told.clause
    people.agreed(people.misha)
    logged(people, kind="diagnostics")
    for audience in ("parent", "teacher", "staff"):
        told = refused(
            "no_consent", lambda among=audience: logged(people, people.lev, kind="diagnostics", audience=among)
        )
        assert "Уваров" in told.message, "results of a named child are written down, whoever they were got from"
    services.entry_record(actor=people.actor(people.polina), on=TODAY, work=work(kind="diagnostics", people=25))


def test_nobody_works_with_a_stopped_card_or_another_schools_child(people):
    Freeze.objects.create(
        organisation=people.school, person_id=people.misha.public_id, ground="отзыв", since=TODAY,
        recorded_by=people.elena,
    )  # fmt: skip
    with pytest.raises(Frozen):
        logged(people)
    refused("no_pupil", lambda: services.entry_record(
        actor=people.actor(people.polina), on=TODAY,
        work=work(children=[ChildWork("nobody")]),
    ))  # fmt: skip


class TestSeen:
    def test_by_its_author_and_those_who_lead(self, people):
        entry = logged(people)
        for who in (people.polina, people.irina, people.daniil, people.elena):
            assert list(WorkEntry.objects.visible_to(people.actor(who))) == [entry]
            assert EntryChild.objects.visible_to(people.actor(who)).count() == 1
        for who in (people.larisa, people.tatiana, people.zhanna, people.yulia, people.zakhar):
            assert not WorkEntry.objects.visible_to(people.actor(who)).exists()
            assert not EntryChild.objects.visible_to(people.actor(who)).exists()

    def test_another_specialist_who_knows_the_child_sees_his_own_words_alone(self, people):
        logged(people)
        logged(people, by=people.larisa, topic="Звук «р»")
        assert [one.topic for one in WorkEntry.objects.visible_to(people.actor(people.larisa))] == ["Звук «р»"]

    def test_a_teacher_logs_nothing(self, people):
        with pytest.raises(PermissionDenied):
            logged(people, by=people.tatiana)


class TestChanges:
    def test_the_author_changes_while_the_month_is_open(self, people):
        entry = logged(people)
        services.entry_change(
            actor=people.actor(people.polina), entry=entry, work=work(people.lev, topic="Память", minutes=20)
        )
        entry.refresh_from_db()
        assert (entry.topic, entry.minutes) == ("Память", 20)
        assert [one.child for one in entry.children.all()] == [people.lev]
        assert Event.objects.get(code="work.changed").details["fields"] == "topic, minutes, children"

    def test_a_closed_month_is_mended_by_the_head_with_a_reason(self, people):
        entry = logged(people, on=date(2026, 10, 20))
        change = {"entry": entry, "work": work(people.misha, minutes=30)}
        with pytest.raises(Refusal) as closed:
            services.entry_change(actor=people.actor(people.polina), **change)
        assert closed.value.code == "closed"
        refused("reason", lambda: services.entry_change(actor=people.actor(people.irina), **change))
        words = "Данилов перепутан"
        refused("reason", lambda: services.entry_change(actor=people.actor(people.irina), reason=words, **change))
        services.entry_change(actor=people.actor(people.irina), reason="time", **change)
        assert WorkEntry.objects.get().minutes == 30
        assert Event.objects.get(code="work.mend_changed").details["reason"] == "ошибка в дне или времени"
        with pytest.raises(PermissionDenied):
            services.entry_remove(actor=people.actor(people.larisa), entry=entry)

    def test_a_child_whom_the_author_no_longer_sees_stays_in_the_entry(self, people):
        entry = logged(people, people.misha, people.lev, kind="group")
        Freeze.objects.create(
            organisation=people.school, person_id=people.lev.public_id, ground="отзыв", since=TODAY,
            recorded_by=people.elena,
        )  # fmt: skip
        services.entry_change(
            actor=people.actor(people.polina), entry=entry, work=work(people.misha, kind="group", topic="Память")
        )
        assert entry.children.count() == 2
        assert Event.objects.get(code="work.changed").details["fields"] == "topic"

    def test_who_was_hidden_makes_no_change_by_itself(self, people):
        entry = logged(people, people.misha, people.lev, kind="group")
        Freeze.objects.create(
            organisation=people.school, person_id=people.lev.public_id, ground="отзыв", since=TODAY,
            recorded_by=people.elena,
        )  # fmt: skip
        same, polina = work(people.misha, kind="group"), people.actor(people.polina)
        services.entry_change(actor=polina, entry=entry, work=same)
        assert not Event.objects.filter(code="work.changed").exists()
        away = replace(same, children=[ChildWork(people.misha.public_id, attendance="absent")])
        services.entry_change(actor=polina, entry=entry, work=away)
        assert Event.objects.get(code="work.changed").details["fields"] == "people, children"
        entry.refresh_from_db()
        assert entry.people == 1


class TestLessons:
    def test_a_lesson_is_logged_by_its_attendance(self, people):
        group = group_of(people, people.misha, people.lev)
        lesson = lesson_of(group)
        entry = services.lesson_log(
            actor=people.actor(people.polina), lesson=lesson,
            children=[ChildWork(people.lev.public_id, attendance="ill", note="Простыл")],
        )  # fmt: skip

        assert (entry.kind, entry.starts_at, entry.people) == ("group", time(9, 40), 1)
        states = {one.child: one.attendance for one in entry.children.all()}
        assert states == {people.misha: "present", people.lev: "ill"}
        refused("logged", lambda: services.lesson_log(actor=people.actor(people.polina), lesson=lesson))

    def test_what_cannot_be_logged(self, people):
        group, polina = group_of(people, people.misha), people.actor(people.polina)
        gone = lesson_of(group, at=time(8), cancelled_on=TODAY, cancel_reason="карантин")
        refused("cancelled", lambda: services.lesson_log(actor=polina, lesson=gone))
        ahead = lesson_of(group, on=TODAY + timedelta(days=1))
        refused("future", lambda: services.lesson_log(actor=polina, lesson=ahead))
        lesson = lesson_of(group)
        stranger = [ChildWork(people.lev.public_id)]
        refused("no_member", lambda: services.lesson_log(actor=polina, lesson=lesson, children=stranger))
        with pytest.raises(PermissionDenied):
            services.lesson_log(actor=people.actor(people.larisa), lesson=lesson)
        group.closed_on = YESTERDAY
        group.save()
        refused("closed_group", lambda: services.lesson_log(actor=polina, lesson=lesson))

    def test_one_tap_changes_attendance_and_dynamics(self, people):
        group, polina = group_of(people, people.misha), people.actor(people.polina)
        entry = services.lesson_log(actor=polina, lesson=lesson_of(group))
        row = entry.children.get()
        services.attendance_set(actor=polina, row=row, attendance="absent")
        services.attendance_set(actor=polina, row=row, dynamics="up")
        row.refresh_from_db()
        entry.refresh_from_db()
        assert (row.attendance, row.dynamics, entry.people) == ("absent", "up", None)
        with pytest.raises(PermissionDenied):
            services.attendance_set(actor=people.actor(people.larisa), row=row, attendance="ill")
