"""Дарья brings a conclusion of ПМПК; Елена writes it down, and the school knows who has to do what by when."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Guardianship
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.duties.offers import DutyDraft, drafts_of_lines
from opora.school.duties.services import (
    brought_change,
    brought_end,
    brought_record,
    duties_add,
    duty_change,
    duty_mark,
    duty_remove,
    parents_answer_record,
)
from opora.school.pupils.services import pupil_leave

from .stage import SIGNED, TODAY, bring, paper

pytestmark = pytest.mark.usefixtures("known_day")


def test_a_conclusion_becomes_duties_with_people_and_days(school_cast):
    lines = "Логопед — 2 часа в неделю\nТьютор на период адаптации\nУчебники с крупным шрифтом"
    brought = bring(school_cast, duties=drafts_of_lines(lines, TODAY), next_on=date(2027, 5, 20))
    found = {one.kind: one for one in brought.duties.select_related("responsible__user")}
    assert set(found) == {"programme", "reexamination", "lessons", "tutor", "textbooks"}
    assert found["lessons"].responsible.user == school_cast.larisa
    assert found["lessons"].hours == Decimal(2)
    assert found["lessons"].due_on == TODAY + timedelta(days=14)
    assert found["tutor"].responsible.user == school_cast.daniil
    assert found["reexamination"].due_on == date(2027, 5, 20)
    assert found["programme"].responsible.user == school_cast.irina
    assert Event.objects.about_person(school_cast.misha.public_id).filter(code="duty.brought_recorded").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"signed_on": date(2026, 11, 22)}, "signed_on"),
        ({"signed_on": date(2019, 1, 1)}, "signed_on"),
        ({"brought_on": date(2026, 11, 22)}, "brought_on"),
        ({"brought_on": SIGNED - timedelta(days=1)}, "brought_on"),
        ({"valid_until": date(2026, 11, 1)}, "valid_until"),
        ({"next_on": SIGNED}, "next_on"),
        ({"commission": None}, "commission_title"),
        ({"programme": "9.9"}, "programme"),
        ({"programme": "aop_ooo"}, "orientation"),
        ({"parents_answer": "partly"}, "parents_words"),
        ({"note": "Диагноз F70"}, "note"),
        ({"programme_title": "для детей с Н90.3"}, "programme_title"),
        ({"parents_answer": "partly", "parents_words": "F 80: F80.1"}, "parents_words"),
    ],
)
def test_what_contradicts_itself_or_names_a_diagnosis_is_refused_beside_its_field(school_cast, change, field):
    with pytest.raises(Refusal) as refused:
        bring(school_cast, **change)
    assert refused.value.field == field
    assert not BroughtConclusion.objects.exists()


def test_a_conclusion_older_than_a_year_needs_a_word_that_a_school_had_it_in_time(school_cast):
    with pytest.raises(Refusal, match="в течение года") as refused:
        bring(school_cast, signed_on=date(2025, 11, 20))
    assert "сверить" in refused.value.clause
    assert bring(school_cast, signed_on=date(2025, 11, 20), presented_before=True).pk


def test_the_same_paper_is_not_entered_twice_and_a_newer_one_replaces_it(school_cast):
    first = bring(school_cast)
    with pytest.raises(Refusal, match="уже внесено"):
        bring(school_cast)
    second = bring(school_cast, number="18", signed_on=SIGNED + timedelta(days=3))
    first.refresh_from_db()
    assert (first.end_reason, first.ended_on) == ("replaced", TODAY)
    with pytest.raises(Refusal, match="более позднее"):
        bring(school_cast, number="16", signed_on=SIGNED - timedelta(days=30))
    assert list(BroughtConclusion.objects.in_force(TODAY)) == [second]


def test_what_was_a_mistake_may_be_entered_again(school_cast):
    elena = school_cast.actor(school_cast.elena)
    brought_end(actor=elena, brought=bring(school_cast), reason="mistake")
    assert bring(school_cast).pk


def test_only_a_representative_brings_it_and_only_to_his_own_school(school_cast):
    with pytest.raises(Refusal) as refused:
        bring(school_cast, guardian=school_cast.mother(school_cast.lev))
    assert refused.value.field == "guardian"
    Guardianship.objects.filter(child=school_cast.misha).update(ended_on=SIGNED)
    with pytest.raises(Refusal, match="не представляет"):
        bring(school_cast)


@pytest.mark.parametrize("who", ["tatiana", "polina", "zhanna", "yulia", "zakhar"])
def test_teachers_specialists_and_strangers_enter_no_conclusion(school_cast, who):
    with pytest.raises(PermissionDenied):
        bring(school_cast, actor=school_cast.actor(getattr(school_cast, who)))
    assert not BroughtConclusion.objects.exists()


def test_a_correction_moves_the_examination_that_is_still_planned(school_cast):
    brought = bring(school_cast, next_on=date(2027, 5, 20))
    elena = school_cast.actor(school_cast.elena)
    brought_change(actor=elena, brought=brought, **paper(school_cast, next_on=date(2027, 4, 1)))
    assert brought.duties.get(kind="reexamination").due_on == date(2027, 4, 1)
    with pytest.raises(Refusal):
        brought_change(actor=elena, brought=brought, **paper(school_cast, next_on=SIGNED))


def test_an_adapted_programme_waits_for_the_parents(school_cast):
    brought = bring(school_cast, parents_answer="waiting")
    elena, duty = school_cast.actor(school_cast.elena), brought.duties.get(kind="programme")
    with pytest.raises(Refusal, match="согласия родителей"):
        duty_mark(actor=elena, duty=duty, state="created")
    parents_answer_record(actor=elena, brought=brought, answer="agree")
    duty_mark(actor=elena, duty=duty, state="created")
    duty.refresh_from_db()
    assert (duty.state, duty.state_on) == ("created", TODAY)


@pytest.mark.parametrize("state", ["partly", "not_created"])
def test_what_is_not_created_says_why_and_keeps_its_history(school_cast, state):
    brought = bring(school_cast, brought_on=date(2026, 11, 16), duties=[DutyDraft("tutor", "Тьютор")])
    duty = brought.duties.get(kind="tutor")
    daniil = school_cast.actor(school_cast.daniil)
    with pytest.raises(Refusal) as refused:
        duty_mark(actor=daniil, duty=duty, state=state, reason="  ")
    assert refused.value.field == "reason"
    duty_mark(actor=daniil, duty=duty, state=state, reason="Ставки нет", on=date(2026, 11, 20))
    duty_mark(actor=daniil, duty=duty, state="created")
    assert [(one.state, one.reason) for one in duty.marks.all()] == [(state, "Ставки нет"), ("created", "")]
    with pytest.raises(Refusal, match="не позже"):
        duty_mark(actor=daniil, duty=duty, state="created", on=TODAY + timedelta(days=1))


def test_whoever_answers_marks_his_own_and_nobody_elses(school_cast):
    lines = "Логопед — 2 часа в неделю\nПсихолог — 1 час"
    brought = bring(school_cast, duties=drafts_of_lines(lines, TODAY))
    larisa = school_cast.actor(school_cast.larisa)
    mine = brought.duties.get(speciality="speech_therapist")
    duty_mark(actor=larisa, duty=mine, state="created")
    with pytest.raises(PermissionDenied):
        duty_mark(actor=larisa, duty=brought.duties.get(speciality="psychologist"), state="created")
    with pytest.raises(PermissionDenied):
        duty_mark(actor=school_cast.actor(school_cast.zakhar), duty=mine, state="not_created", reason="х")


def test_answering_for_a_condition_makes_the_child_known_while_the_conclusion_holds(school_cast):
    larisa = school_cast.actor(school_cast.larisa)
    assert not SchoolDuty.objects.visible_to(larisa).exists()
    brought = bring(school_cast, duties=drafts_of_lines("Логопед 2 ч", TODAY))
    assert SchoolDuty.objects.visible_to(larisa).exists()
    assert not SchoolDuty.objects.visible_to(school_cast.actor(school_cast.uliana)).exists()
    assert SchoolDuty.objects.visible_to(school_cast.actor(school_cast.tatiana)).exists(), "her own class"
    brought_end(actor=school_cast.actor(school_cast.elena), brought=brought, reason="parents")
    assert not SchoolDuty.objects.visible_to(larisa).exists()


def test_a_duty_is_given_to_a_colleague_who_works_here(school_cast):
    elena = school_cast.actor(school_cast.elena)
    duty = bring(school_cast, duties=[DutyDraft("tutor", "Тьютор")]).duties.get(kind="tutor")
    given = {"title": "Тьютор", "due_on": TODAY}
    duty_change(actor=elena, duty=duty, responsible=school_cast.post(school_cast.irina), **given)
    with pytest.raises(Refusal) as refused:
        duty_change(actor=elena, duty=duty, responsible=school_cast.post(school_cast.zakhar), **given)
    assert refused.value.field == "responsible"
    gone = school_cast.post(school_cast.polina)
    gone.ended_on = TODAY - timedelta(days=1)
    gone.save()
    with pytest.raises(Refusal, match="уже не работает"):
        duty_change(actor=elena, duty=duty, responsible=gone, **given)
    with pytest.raises(Refusal, match="раньше"):
        duty_change(actor=elena, duty=duty, responsible=None, title="Тьютор", due_on=date(2026, 1, 1))


def test_a_mistaken_line_goes_and_a_marked_one_stays(school_cast):
    elena = school_cast.actor(school_cast.elena)
    brought = bring(school_cast)
    one, two = duties_add(actor=elena, brought=brought, duties=drafts_of_lines("Пандус\nТьютор", TODAY))
    duty_remove(actor=elena, duty=one)
    duty_mark(actor=elena, duty=two, state="created")
    with pytest.raises(Refusal, match="история остаётся"):
        duty_remove(actor=elena, duty=two)
    with pytest.raises(Refusal, match="хотя бы одно"):
        duties_add(actor=elena, brought=brought, duties=[])
    with pytest.raises(Refusal, match="не больше"):
        duties_add(actor=elena, brought=brought, duties=drafts_of_lines("строка\n" * 61, TODAY))
    with pytest.raises(Refusal, match="МКБ-10"):
        duties_add(actor=elena, brought=brought, duties=drafts_of_lines("Режим при G80", TODAY))


def test_an_ended_conclusion_is_only_read(school_cast):
    elena = school_cast.actor(school_cast.elena)
    brought = bring(school_cast)
    duty = brought.duties.first()
    brought_end(actor=elena, brought=brought, reason="expired")
    for deed in (
        lambda: brought_end(actor=elena, brought=brought, reason="expired"),
        lambda: duty_mark(actor=elena, duty=duty, state="created"),
        lambda: duty_remove(actor=elena, duty=duty),
        lambda: duties_add(actor=elena, brought=brought, duties=drafts_of_lines("Пандус", TODAY)),
    ):
        with pytest.raises(Refusal, match="не действует"):
            deed()


def test_texts_are_sealed_in_the_columns(school_cast):
    brought = bring(school_cast, note="Мама просит тьютора", duties=[DutyDraft("tutor", "Тьютор на год")])
    assert "просит" not in BroughtConclusion.objects.values_list("note", flat=True).get(pk=brought.pk)
    assert "Тьютор" not in SchoolDuty.objects.filter(kind="tutor").values_list("title", flat=True).get()


def test_recording_needs_the_function_of_the_service_and_not_a_hand_made_row(school_cast):
    with pytest.raises(TypeError):
        brought_record(child=school_cast.misha, **paper(school_cast))  # no actor, no deed


def test_when_the_pupil_leaves_the_school_creates_nothing_more(school_cast):
    brought = bring(school_cast)
    pupil_leave(actor=school_cast.actor(school_cast.elena), child=school_cast.misha)
    brought.refresh_from_db()
    assert (brought.end_reason, brought.ended_on) == ("left", TODAY)
