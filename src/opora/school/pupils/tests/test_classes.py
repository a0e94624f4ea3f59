"""Classes, places in them, the next school year, the wall between classes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from opora.foundation.access.knowledge import remembering
from opora.foundation.access.refusals import Refusal
from opora.people.children.models import Child, Enrolment
from opora.school.pupils import leaving, services
from opora.school.pupils.models import Placement, SchoolClass
from opora.school.pupils.selectors import class_of, class_teacher_of
from opora.school.pupils.services import Brought, Next

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
IN_SEPTEMBER = date(2027, 9, 1)


def test_a_class_is_made_once_in_a_year(school_cast):
    elena = school_cast.actor(school_cast.elena)
    room = services.class_add(actor=elena, title="5б", teacher=school_cast.post(school_cast.tatiana))
    assert (room.title, room.year, room.level) == ("5 «Б»", 2026, "basic")
    with pytest.raises(Refusal, match="уже есть"):
        services.class_add(actor=elena, title="5 «Б»")
    with pytest.raises(Refusal, match="другой организации"):
        services.class_add(actor=elena, title="6а", teacher=school_cast.post(school_cast.zakhar))
    with pytest.raises(PermissionDenied):
        services.class_add(actor=school_cast.actor(school_cast.tatiana), title="7а")


def test_a_teacher_knows_the_children_of_the_present_class_alone(school_cast):
    tatiana, uliana = school_cast.actor(school_cast.tatiana), school_cast.actor(school_cast.uliana)
    assert list(Child.objects.visible_to(tatiana)) == [school_cast.misha]
    services.pupil_place(
        actor=school_cast.actor(school_cast.irina), child=school_cast.misha, school_class=school_cast.two_b
    )
    assert not Child.objects.visible_to(tatiana).exists()
    assert set(Child.objects.visible_to(uliana)) == {school_cast.misha, school_cast.lev}
    assert class_teacher_of(school_cast.misha) == school_cast.post(school_cast.uliana)


def test_a_request_that_reads_asks_once_whom_one_knows_and_the_next_asks_anew(school_cast, django_assert_num_queries):
    tatiana, uliana = school_cast.actor(school_cast.tatiana), school_cast.actor(school_cast.uliana)
    with remembering():
        assert list(Child.objects.visible_to(tatiana)) == [school_cast.misha]
        with django_assert_num_queries(3):  # the rows, and not whom she knows
            for _ in range(3):
                assert list(Child.objects.visible_to(tatiana)) == [school_cast.misha]
        assert school_cast.lev in Child.objects.visible_to(uliana)  # what is remembered is of one person
    services.pupil_place(
        actor=school_cast.actor(school_cast.irina), child=school_cast.misha, school_class=school_cast.two_b
    )
    with remembering():
        assert not Child.objects.visible_to(tatiana).exists()


def test_a_move_ends_the_place_before_and_the_forms_read_the_new_one(school_cast):
    day = date(2026, 11, 16)
    services.pupil_place(
        actor=school_cast.actor(school_cast.elena), child=school_cast.misha, school_class=school_cast.two_b, on=day
    )
    before, now = Placement.objects.filter(child=school_cast.misha).order_by("started_on")
    assert (before.ended_on, now.started_on) == (day - timedelta(days=1), day)
    study = Enrolment.objects.get(child=school_cast.misha, ended_on=None)
    assert (study.school, study.group, study.class_teacher) == (
        school_cast.school, "2 «Б»", "Устинова Ульяна Ульяновна",
    )  # fmt: skip


def test_a_place_of_the_same_day_is_a_slip_and_leaves_no_trace(school_cast):
    elena = school_cast.actor(school_cast.elena)
    for room in (school_cast.two_b, school_cast.four_a):
        services.pupil_place(actor=elena, child=school_cast.misha, school_class=room)
    assert Placement.objects.filter(child=school_cast.misha).count() == 2
    assert class_of(school_cast.misha) == school_cast.four_a


@pytest.mark.parametrize(("on", "code"), [(date(2026, 11, 22), "future"), (date(2026, 8, 1), "earlier")])
def test_a_wrong_day_moves_nobody(school_cast, on, code):
    with pytest.raises(Refusal) as refused:
        services.pupil_place(
            actor=school_cast.actor(school_cast.elena), child=school_cast.misha, school_class=school_cast.two_b, on=on
        )
    assert (refused.value.code, refused.value.field) == (code, "on")
    assert class_of(school_cast.misha) == school_cast.four_a


def test_whoever_leaves_is_gone_from_the_class_and_the_rooms_above_are_told(school_cast, monkeypatch):
    told: list[tuple[Child, date]] = []
    monkeypatch.setattr(leaving, "_DEEDS", [lambda actor, child, on: told.append((child, on))])
    elena = school_cast.actor(school_cast.elena)
    services.pupil_leave(actor=elena, child=school_cast.misha, destination="Школа № 40")
    assert class_of(school_cast.misha) is None
    assert told == [(school_cast.misha, timezone.localdate())]
    assert str(Enrolment.objects.get(child=school_cast.misha, ended_on=None).school) == "Школа № 40"
    services.pupil_leave(actor=elena, child=school_cast.lev)
    assert not Enrolment.objects.filter(child=school_cast.lev, ended_on=None).exists()
    with pytest.raises(Refusal, match="ни в одном классе"):
        services.pupil_leave(actor=elena, child=school_cast.lev)


def test_the_next_school_year_in_one_deed(school_cast):
    elena = school_cast.elena
    with pytest.raises(Refusal, match=r"с 31.08.2027"):
        services.year_begin(actor=school_cast.actor(elena), year=2027, plan={})
    with time_machine.travel("2027-09-02"):
        made = services.year_begin(
            actor=school_cast.actor(elena), year=2027,
            plan={
                school_cast.four_a.public_id: Next("5а", school_cast.post(school_cast.uliana)),
                school_cast.two_b.public_id: Next(""),
            },
        )  # fmt: skip
    assert [(one.title, one.year, one.level) for one in made] == [("5 «А»", 2027, "basic")]
    old, new = Placement.objects.filter(child=school_cast.misha).order_by("started_on")
    assert (old.ended_on, new.started_on, new.school_class) == (date(2027, 8, 31), IN_SEPTEMBER, made[0])
    study = Enrolment.objects.get(child=school_cast.misha, ended_on=None)
    assert (study.level, study.group, study.started_on) == ("basic", "5 «А»", IN_SEPTEMBER)
    assert Placement.objects.get(child=school_cast.lev).ended_on == date(2027, 8, 31)


def test_a_class_of_another_school_is_not_moved(school_cast):
    foreign = SchoolClass.objects.create(organisation=school_cast.other, title="1", year=2026, level="primary")
    with time_machine.travel("2027-09-02"), pytest.raises(Refusal, match="нет"):
        services.year_begin(actor=school_cast.actor(school_cast.elena), year=2027, plan={foreign.public_id: Next("2")})


def test_a_list_is_brought_whole_or_not_at_all(school_cast):
    elena = school_cast.actor(school_cast.elena)
    fresh = Brought("Орлова", "Ася", date(2017, 3, 3), "Олеговна", guardian_last_name="Орлов",
                    guardian_first_name="Олег", guardian_middle_name="Ильич")  # fmt: skip
    wrong = Brought("Котов", "Ян", date(2030, 1, 1), "Юрьевич")
    with pytest.raises(Refusal, match="не наступила"):
        services.pupils_bring(actor=elena, school_class=school_cast.four_a, pupils=[fresh, wrong])
    assert not Child.objects.filter(last_name="Орлова").exists()
    made = services.pupils_bring(actor=elena, school_class=school_cast.four_a, pupils=[fresh], known=[school_cast.lev])
    assert {class_of(one) for one in made} == {school_cast.four_a}
    asya = next(one for one in made if one.last_name == "Орлова")
    assert (asya.sex, asya.guardianships.get().kinship) == ("female", "father")


def test_a_child_alike_is_not_entered_unseen(school_cast):
    again = Brought("Данилов", "Миша", school_cast.misha.birth_date, "Игоревич")
    with pytest.raises(Refusal, match="уже есть"):
        services.pupil_bring(actor=school_cast.actor(school_cast.elena), school_class=school_cast.two_b, pupil=again)
