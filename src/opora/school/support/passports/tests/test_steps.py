"""The paths of both papers, and what freezes at their end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.registers.services import snapshot_is_whole
from opora.foundation.ui.desk import desk_of
from opora.people.children.models import Child, Family, Guardianship
from opora.school.pupils.models import Placement
from opora.school.support.passports.checks import blocks_of, class_checks, sum_checks
from opora.school.support.passports.content import shown_to
from opora.school.support.passports.models import FigureChild, PassportFigure, SocialPassport
from opora.school.support.passports.reading import read_school
from opora.school.support.passports.rows import rows_of
from opora.school.support.passports.services import (
    class_passport_accept,
    class_passport_return,
    class_passport_submit,
    fact_tick,
    passport_approve,
    passport_drop,
    passport_return,
    passport_submit,
    school_passport_begin,
)
from opora.school.support.passports.sums import by_code, counts_frozen, counts_now, counts_of
from tests.school_cast import pupil_of

from .stage import TODAY, begun, row, sofia

pytestmark = pytest.mark.usefixtures("known_day")


def filled(cast):
    passport = begun(cast)
    for code in ("full", "town"):
        fact_tick(
            actor=cast.actor(cast.tatiana), passport=passport, child=cast.misha, row=row(cast, code), is_true=True
        )  # fmt: skip
    return passport


def accepted(cast):
    handed = class_passport_submit(actor=cast.actor(cast.tatiana), passport=filled(cast))
    return class_passport_accept(actor=cast.actor(sofia(cast)), passport=handed, on=TODAY)


def approved(cast, on=TODAY):
    made = school_passport_begin(actor=cast.actor(cast.irina), on=on)
    handed = passport_submit(actor=cast.actor(cast.irina), passport=made)
    return passport_approve(actor=cast.actor(cast.daniil), passport=handed, on=TODAY)


def test_a_class_passport_goes_from_the_teacher_to_the_service_and_freezes(school_cast):
    passport = accepted(school_cast)
    assert (passport.status, passport.approved_on) == ("approved", TODAY)
    told = by_code(counts_of(passport))
    assert told["full"] == {"families": 1, "children": 1, "pupils": 1}
    assert [one.child for one in FigureChild.objects.filter(figure__row__code="full")] == [school_cast.misha]
    assert snapshot_is_whole(passport.snapshot)
    assert passport.snapshot.form == "social_passport"
    assert passport.snapshot.content["school_class"] == "4 «А»"
    assert passport.snapshot.content["accepted_by"] == sofia(school_cast).short_name
    assert passport.snapshot.content["director"] == ""


def test_frozen_figures_stay_when_facts_do_not(school_cast):
    passport = accepted(school_cast)
    before = by_code(counts_frozen(passport))
    pupil_of(school_cast.four_a, "Новиков", "Иван", "Ильич")
    Child.objects.filter(pk=school_cast.misha.pk).update(sex="female")
    assert by_code(counts_of(passport)) == before
    assert by_code(counts_now(passport)) != before
    with pytest.raises(Refusal, match="уже сдан"):
        fact_tick(
            actor=school_cast.actor(school_cast.tatiana), passport=passport, child=school_cast.misha,
            row=row(school_cast, "village"), is_true=True,
        )  # fmt: skip


def test_the_service_returns_with_words_and_the_teacher_hands_in_again(school_cast):
    tatiana, pedagogue = school_cast.actor(school_cast.tatiana), school_cast.actor(sofia(school_cast))
    passport = class_passport_submit(actor=tatiana, passport=filled(school_cast))
    with pytest.raises(Refusal, match="Напишите"):
        class_passport_return(actor=pedagogue, passport=passport, remarks="  ")
    passport = class_passport_return(actor=pedagogue, passport=passport, remarks="Не отмечено питание")
    assert (passport.status, passport.remarks) == ("returned", "Не отмечено питание")
    with pytest.raises(Refusal):
        class_passport_accept(actor=pedagogue, passport=passport)
    assert class_passport_submit(actor=tatiana, passport=passport).remarks == ""


def test_what_was_handed_in_is_completed_by_the_service_and_not_dropped(school_cast):
    pedagogue, misha = school_cast.actor(sofia(school_cast)), school_cast.misha
    passport = class_passport_submit(actor=school_cast.actor(school_cast.tatiana), passport=filled(school_cast))
    fact_tick(
        actor=pedagogue, passport=passport, child=misha, row=row(school_cast, "cause_poverty"), is_true=True
    )  # fmt: skip
    with pytest.raises(Refusal, match="сдан"):
        passport_drop(actor=pedagogue, passport=passport)
    with pytest.raises(Refusal, match="сдан"):
        fact_tick(
            actor=school_cast.actor(school_cast.tatiana), passport=passport, child=misha,
            row=row(school_cast, "village"), is_true=True,
        )  # fmt: skip


def test_only_those_whose_step_it_is_take_it(school_cast):
    passport = filled(school_cast)
    for who in ("uliana", "polina", "daniil", "zakhar"):
        with pytest.raises(PermissionDenied):
            class_passport_submit(actor=school_cast.actor(getattr(school_cast, who)), passport=passport)
    passport = class_passport_submit(actor=school_cast.actor(school_cast.tatiana), passport=passport)
    for who in ("tatiana", "polina", "daniil", "elena", "zakhar"):
        with pytest.raises(PermissionDenied):
            class_passport_accept(actor=school_cast.actor(getattr(school_cast, who)), passport=passport)
    with pytest.raises(PermissionDenied):
        passport_submit(actor=school_cast.actor(school_cast.irina), passport=passport)


def test_the_director_approves_or_returns_the_passport_of_the_institution(school_cast):
    irina, daniil = school_cast.actor(school_cast.irina), school_cast.actor(school_cast.daniil)
    made = school_passport_begin(actor=irina, on=TODAY)
    with pytest.raises(Refusal):
        passport_approve(actor=daniil, passport=made)
    made = passport_submit(actor=irina, passport=made)
    with pytest.raises(PermissionDenied):
        passport_approve(actor=irina, passport=made)
    made = passport_return(actor=daniil, passport=made, remarks="Проверьте 2 «Б»")
    made = passport_approve(actor=daniil, passport=passport_submit(actor=irina, passport=made), on=TODAY)
    assert made.snapshot.content["of_school"] is True
    assert made.snapshot.content["director"] == school_cast.daniil.short_name
    assert PassportFigure.objects.get(passport=made, row__code="all_pupils").pupils == 2


def test_the_paper_of_a_class_hides_what_the_reader_does_not_see(school_cast):
    paper = accepted(school_cast).snapshot.content
    codes = {
        who: {line["code"] for part in shown_to(school_cast.actor(getattr(school_cast, who)), paper)["parts"]
              for line in part["lines"]}
        for who in ("tatiana", "irina")
    }  # fmt: skip
    assert "police" in codes["irina"]
    assert codes["irina"] - codes["tatiana"] >= {"police", "disabled", "cause_alcohol"}
    assert "full" in codes["tatiana"]


def test_a_social_pedagogue_knows_a_class_while_its_passport_waits(school_cast):
    pedagogue = school_cast.actor(sofia(school_cast))
    seen = Child.objects.visible_to(pedagogue)
    assert not seen.exists()
    handed = class_passport_submit(actor=school_cast.actor(school_cast.tatiana), passport=filled(school_cast))
    assert list(Child.objects.visible_to(pedagogue)) == [school_cast.misha]
    class_passport_accept(actor=pedagogue, passport=handed, on=TODAY)
    assert not Child.objects.visible_to(pedagogue).exists()


def test_what_does_not_add_up_is_told_row_by_row(school_cast):
    irina = school_cast.actor(school_cast.irina)
    filled(school_cast)
    made = school_passport_begin(actor=irina, on=TODAY)
    said = [one.text for one in sum_checks(irina, made, counts_now(made))]
    assert any(one.startswith("Семьи по составу вместе\u00a0— все семьи: семей 1 вместо 2") for one in said)
    assert any("Город и село" in one for one in said)


def test_classes_without_a_passport_a_teacher_or_with_moved_figures_are_named(school_cast):
    irina = school_cast.actor(school_cast.irina)
    accepted(school_cast)
    school_cast.two_b.teacher = None
    school_cast.two_b.save()
    pupil_of(school_cast.four_a, "Новиков", "Иван", "Ильич")
    made = school_passport_begin(actor=irina, on=TODAY)
    checks = class_checks(irina, made, read_school(school_cast.school, TODAY), rows_of(school_cast.school))
    said = {one.text for one in checks}
    assert "2 «Б»: нет классного руководителя." in said
    assert "2 «Б»: паспорта класса ещё нет." in said
    assert any(one.startswith("4 «А»: с 21.11.2026 изменилось: «Всего обучающихся и семей» 1 → 2") for one in said)
    assert all(one.url for one in checks)


def test_a_family_that_grew_and_one_that_parted_are_moved_figures(school_cast):
    irina = school_cast.actor(school_cast.irina)
    made = pupil_of(school_cast.four_a, "Новиков", "Иван", "Ильич")
    accepted(school_cast)

    def moved():
        passport = SocialPassport(organisation=school_cast.school, on=TODAY)
        checks = class_checks(irina, passport, read_school(school_cast.school, TODAY), rows_of(school_cast.school))
        return [one.text for one in checks if "изменилось" in one.text]

    assert moved() == []
    Family.objects.update_or_create(
        child=school_cast.misha, defaults={"organisation": school_cast.school, "children_count": 2}
    )
    (said,) = moved()
    assert "«Всего обучающихся и семей» детей в них 2 → 3" in said
    Guardianship.objects.filter(child=made).update(guardian=school_cast.mother(school_cast.misha))
    (said,) = moved()
    assert "«Всего обучающихся и семей» семей 2 → 1" in said


@pytest.mark.parametrize(("left", "blocked"), [(TODAY - timedelta(days=1), True), (TODAY, False)])
def test_a_class_that_everybody_has_left_is_not_handed_in(school_cast, left, blocked):
    passport = begun(school_cast)
    Placement.objects.filter(school_class=school_cast.four_a).update(ended_on=left)
    found = blocks_of(school_cast.actor(school_cast.tatiana), passport)
    assert [one.startswith("На 21.11.2026 в классе нет") for one in found] == [True] * blocked


def test_the_desk_leads_each_to_his_step(school_cast):
    def todo(user):
        desk = desk_of(school_cast.actor(user), TODAY)
        return [one.todo for one in (*desk.today, *desk.late, *desk.soon) if "паспорт" in one.todo]

    assert todo(school_cast.tatiana) == ["Заполнить социальный паспорт класса"]
    passport = filled(school_cast)
    assert todo(school_cast.tatiana) == ["Закончить социальный паспорт класса"]
    passport = class_passport_submit(actor=school_cast.actor(school_cast.tatiana), passport=passport)
    assert todo(school_cast.tatiana) == []
    assert todo(sofia(school_cast)) == todo(school_cast.irina) == ["Принять социальный паспорт класса"]
    class_passport_accept(actor=school_cast.actor(school_cast.irina), passport=passport, on=TODAY)
    made = school_passport_begin(actor=school_cast.actor(school_cast.irina), on=TODAY)
    passport_submit(actor=school_cast.actor(school_cast.irina), passport=made)
    assert todo(school_cast.daniil) == ["Утвердить социальный паспорт"]


def test_a_passport_of_a_past_day_is_counted_on_that_day(school_cast):
    Placement.objects.filter(child=school_cast.lev).update(started_on=date(2026, 10, 1))
    early = approved(school_cast, on=date(2026, 9, 20))
    assert by_code(counts_of(early))["all_pupils"]["pupils"] == 1
    late = approved(school_cast)
    assert by_code(counts_of(late))["all_pupils"]["pupils"] == 2
    assert list(SocialPassport.objects.beside(late)) == [early]


def test_whoever_led_a_class_once_neither_reads_nor_fills_its_passport(school_cast):
    passport = begun(school_cast)
    post = school_cast.post(school_cast.tatiana)
    post.ended_on = TODAY - timedelta(days=1)
    post.save()
    Position.objects.create(
        organisation=school_cast.school, user=school_cast.tatiana, role="school_specialist", speciality="psychologist",
        started_on=TODAY,
    )  # fmt: skip
    former = school_cast.actor(school_cast.tatiana)
    assert not SocialPassport.objects.visible_to(former).exists()
    with pytest.raises(PermissionDenied):
        class_passport_submit(actor=former, passport=passport)
