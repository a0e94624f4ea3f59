"""Drawing up: nothing that is known is typed twice, nothing that was typed is lost."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from opora.commission.cases.flow import Status
from opora.commission.conclusions.services import conclusion_draft, conclusion_fill, text_save, text_take
from opora.commission.examinations.models import ExaminationSection
from opora.foundation.access.refusals import Refusal

from .stage import CODE, DIAGNOSIS, discussed, ready


@pytest.fixture
def case(cast, daria_child):
    return discussed(cast, daria_child)


def texts(conclusion):
    return {section.code: section.text for section in conclusion.sections.all()}


def test_the_draft_already_holds_what_is_known(cast, case):
    conclusion = conclusion_draft(actor=cast.actor(cast.vera), case=case)
    known = texts(conclusion)
    assert known["diagnoses"] == f"Основной: {CODE} {DIAGNOSIS}"
    assert known["direction_speech_therapist"] == "Развитие связной речи, занятия дважды в неделю."
    assert known["direction_psychologist"] == "Развитие произвольной регуляции."
    assert conclusion.route == "first"
    assert conclusion.answers["study_form"] == "full_time"
    assert conclusion.visit == case.visits.get()


def test_opening_the_draft_twice_gives_the_same_one(cast, case):
    assert conclusion_draft(actor=cast.actor(cast.vera), case=case) == conclusion_draft(
        actor=cast.actor(cast.boris), case=case
    )


def test_no_draft_before_the_discussion(cast, case):
    case.status = Status.EXAMINATION
    case.save()
    with pytest.raises(Refusal) as refused:
        conclusion_draft(actor=cast.actor(cast.vera), case=case)
    assert refused.value.code == "not_discussed"


def test_the_secretary_does_not_draw_up_conclusions(cast, case):
    with pytest.raises(PermissionDenied):
        conclusion_draft(actor=cast.actor(cast.anna), case=case)
    conclusion_draft(actor=cast.actor(cast.gleb), case=case)


def test_answers_are_checked_by_the_edition(cast, case):
    vera = cast.actor(cast.vera)
    conclusion = conclusion_draft(actor=vera, case=case)
    with pytest.raises(ValidationError) as refused:
        conclusion_fill(actor=vera, conclusion=conclusion, values={"programme_code": "9.9", "term_on": "2027-02-30"})
    assert set(refused.value.message_dict) == {"programme_code", "term_on"}
    filled = conclusion_fill(actor=vera, conclusion=conclusion, values={"programme_code": "7.2"}).conclusion
    assert filled.programme_code == "7.2"
    assert filled.form_version == 1


def test_two_people_answer_different_questions_at_once(cast, case):
    vera, gleb = cast.actor(cast.vera), cast.actor(cast.gleb)
    conclusion = conclusion_draft(actor=vera, case=case)
    seen = {"programme_code": "", "tutor_need": ""}
    conclusion_fill(actor=vera, conclusion=conclusion, values=seen | {"programme_code": "5.1"}, base=seen)
    result = conclusion_fill(actor=gleb, conclusion=conclusion, values=seen | {"tutor_need": "needed"}, base=seen)
    assert not result.conflicts
    assert (result.conclusion.programme_code, result.conclusion.answers["tutor_need"]) == ("5.1", "needed")


def test_two_answers_to_one_question_are_a_conflict_and_nothing_is_overwritten(cast, case):
    vera, gleb = cast.actor(cast.vera), cast.actor(cast.gleb)
    conclusion = conclusion_draft(actor=vera, case=case)
    seen = {"programme_code": ""}
    conclusion_fill(actor=vera, conclusion=conclusion, values={"programme_code": "5.1"}, base=seen)
    result = conclusion_fill(actor=gleb, conclusion=conclusion, values={"programme_code": "7.1"}, base=seen)
    assert [(one.code, one.mine, one.theirs) for one in result.conflicts] == [("programme_code", "7.1", "5.1")]
    conclusion.refresh_from_db()
    assert conclusion.programme_code == "5.1"


def test_a_specialists_text_is_added_below_what_stands_there(cast, case):
    vera = cast.actor(cast.vera)
    conclusion = conclusion_draft(actor=vera, case=case)
    features = conclusion.sections.get(code="main_features")
    text_save(actor=vera, section=features, text="Своими словами.", base_version=0)
    source = ExaminationSection.objects.get(code="psychology_data")
    text_take(actor=vera, section=features, source=source)
    text_take(actor=vera, section=features, source=source)
    features.refresh_from_db()
    assert features.text == "Своими словами.\nВнимание истощаемо."


def test_a_text_of_another_case_is_not_taken(cast, case, daria_child):
    from tests.cast import child_of

    other = discussed(cast, child_of(cast.commission, last="Ершов"), number=2)
    vera = cast.actor(cast.vera)
    conclusion = conclusion_draft(actor=vera, case=case)
    source = ExaminationSection.objects.get(code="psychology_data", examination__case=other)
    with pytest.raises(Refusal):
        text_take(actor=vera, section=conclusion.sections.get(code="main_features"), source=source)


def test_a_complete_draft_has_no_number(cast, case):
    conclusion = ready(cast, case)
    assert conclusion.number is None
    assert conclusion.state == "draft"


def test_a_draft_rests_while_the_case_is_examined_again_or_withdrawn(cast, case):
    vera = cast.actor(cast.vera)
    conclusion = ready(cast, case)
    section = conclusion.sections.get(code="equipment")
    for status in (Status.EXAMINATION, Status.WITHDRAWN):
        case.status = status
        case.save()
        for deed in (
            lambda: conclusion_fill(actor=vera, conclusion=conclusion, values={"programme_code": "7.1"}),
            lambda: text_save(actor=vera, section=section, text="FM-система", base_version=0),
        ):
            with pytest.raises(Refusal) as refused:
                deed()
            assert refused.value.code == "not_discussed"
    case.status = Status.DISCUSSION
    case.save()
    assert conclusion_draft(actor=vera, case=case) == conclusion
    text_save(actor=vera, section=section, text="FM-система", base_version=0)
