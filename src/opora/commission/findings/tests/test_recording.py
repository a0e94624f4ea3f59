"""Stories of findings: each specialist records his own, the card is not typed again, a contradiction is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.examinations import services as examinations
from opora.commission.examinations.tests.day import arrived, sheet_begun, today, write
from opora.commission.findings.gathering import case_facts, gathered, observations_of
from opora.commission.findings.models import Finding
from opora.commission.findings.services import FindingsRefused, findings_record
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Diagnosis, Disability, Enrolment, Family

pytestmark = pytest.mark.django_db


def record(cast, user, sheet, sources=None, **values):
    return findings_record(actor=cast.actor(user), examination=sheet, values=values, sources=sources)


def test_vera_records_the_level_of_speech_and_the_case_knows_it(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    done = record(cast, cast.vera, sheet, {"speech": "parents: со слов бабушки"}, speech="general", speech_level="3")
    assert done.written == ("speech", "speech_level")
    facts = case_facts(sheet.case)
    assert (facts.get("speech"), facts.get("speech_level")) == ("general", "3")
    assert facts.get("age_years") == 6
    seen = {one.fact: one for one in observations_of(sheet.case)}
    assert (seen["speech"].speciality, seen["speech"].name) == ("speech_therapist", cast.vera.short_name)
    assert seen["speech"].source == "со слов родителей: со слов бабушки"
    assert seen["speech_level"].source == "обследование и наблюдение", "until she says otherwise"


def test_the_log_names_the_facts_and_never_what_was_found(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    record(cast, cast.vera, sheet, {"speech": "parents: бабушка сказала"}, speech="general")
    event = Event.objects.get(code="finding.recorded")
    assert event.details["facts"] == ["speech"]
    assert event.person_id == sheet.person_id
    assert "general" not in str(event.details)
    assert "бабушка" not in str(event.details)
    record(cast, cast.vera, sheet, speech="general")
    assert Event.objects.filter(code="finding.recorded").count() == 1, "nothing changed, nothing is told"


def test_an_empty_value_takes_a_finding_back(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    record(cast, cast.vera, sheet, speech="general", class_lessons="ready")
    done = record(cast, cast.vera, sheet, class_lessons="")
    assert done.removed == ("class_lessons",)
    assert case_facts(sheet.case).get("class_lessons") is None
    assert case_facts(sheet.case).get("speech") == "general", "what is not named stays"


def test_what_hung_on_a_changed_finding_falls_away_with_it(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    record(cast, cast.vera, sheet, speech="general", speech_level="2", speech_origin="primary")
    done = record(cast, cast.vera, sheet, speech="norm")
    assert done.written == ("speech",)
    assert done.fallen == ("speech_level", "speech_origin")
    assert set(Finding.objects.values_list("code", flat=True)) == {"speech"}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"speech": "perfect"}, {"speech"}),
        ({"no_such_fact": "1"}, {"no_such_fact"}),
        ({"first_words_months": "двенадцать"}, {"first_words_months"}),
        ({"first_words_months": "500"}, {"first_words_months"}),
        ({"first_words_months": "12,5"}, {"first_words_months"}),
        ({"sound_analysis": "maybe"}, {"sound_analysis"}),
        ({"attainment": "mastered"}, {"attainment"}),
        ({"speech": "general", "intellect": "norm"}, {"intellect"}),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_written(cast, values, fields):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    with pytest.raises(FindingsRefused) as refused:
        record(cast, cast.vera, sheet, **values)
    assert set(refused.value.errors) == fields
    assert not Finding.objects.exists()
    assert not Event.objects.filter(code="finding.recorded").exists()


def test_a_source_that_nobody_offers_or_too_long_is_refused(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    for source in ("rumour: соседка", "parents: " + "а" * 300):
        with pytest.raises(FindingsRefused):
            record(cast, cast.vera, sheet, {"speech": source}, speech="general")
    assert not Finding.objects.exists()


def test_gleb_records_into_his_own_sheet_and_the_head_into_any(cast):
    visit = arrived(cast)
    sheet = sheet_begun(cast, cast.vera, visit)
    with pytest.raises(PermissionDenied):
        record(cast, cast.gleb, sheet, speech="norm")
    with pytest.raises(PermissionDenied):
        record(cast, cast.anna, sheet, speech="norm")
    with pytest.raises(PermissionDenied):
        record(cast, cast.zakhar, sheet, speech="norm")
    assert not Finding.objects.exists()
    record(cast, cast.boris, sheet, speech="norm")
    assert Finding.objects.get().recorded_by == cast.boris


def test_a_finished_sheet_takes_nothing_until_it_is_opened_again(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    write(cast, cast.vera, sheet, "conclusion", "Нуждается в занятиях.")
    examinations.examination_finish(actor=cast.actor(cast.vera), examination=sheet)
    with pytest.raises(Refusal) as refused:
        record(cast, cast.vera, sheet, speech="norm")
    assert refused.value.code == "finished"
    examinations.examination_reopen(actor=cast.actor(cast.vera), examination=sheet)
    record(cast, cast.vera, sheet, speech="norm")


def test_a_decided_case_takes_no_finding_any_more(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    Case.objects.filter(pk=sheet.case_id).update(status="signed")
    with pytest.raises(Refusal) as refused:
        record(cast, cast.vera, sheet, speech="norm")
    assert refused.value.code == "decided"
    assert not Finding.objects.exists()


def test_facts_that_exclude_each_other_are_refused_together_with_the_clause(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    with pytest.raises(FindingsRefused) as refused:
        record(cast, cast.vera, sheet, speech="norm", speech_level="2")
    assert refused.value.code == "excluded"
    assert set(refused.value.errors) == {"speech", "speech_level"}
    assert refused.value.clause
    assert not Finding.objects.exists()


def test_where_specialists_differ_the_first_owner_is_heard_and_both_are_kept(cast):
    visit = arrived(cast)
    vera, gleb = sheet_begun(cast, cast.vera, visit), sheet_begun(cast, cast.gleb, visit)
    record(cast, cast.vera, vera, speech="general", class_lessons="ready")
    record(cast, cast.gleb, gleb, class_lessons="not_ready", learnability="sufficient")
    dina = sheet_begun(cast, cast.dina, visit)
    record(cast, cast.dina, dina, learnability="low")
    facts = case_facts(visit.case)
    assert facts.get("class_lessons") == "ready", "the speech therapist is asked first"
    assert facts.get("learnability") == "low", "the defectologist is asked first, though later"
    assert [one.value for one in observations_of(visit.case) if one.fact == "class_lessons"] == ["ready", "not_ready"]


def test_what_the_card_knows_is_not_typed_again_and_a_finding_goes_before_it(cast):
    visit = arrived(cast)
    child, place = visit.case.child, cast.commission
    Enrolment.objects.create(organisation=place, child=child, school=cast.school, level="primary", group="1 «Б»")
    Family.objects.create(organisation=place, child=child, home_language="русский и татарский")
    Disability.objects.create(organisation=place, child=child, document_number="1")
    Diagnosis.objects.create(organisation=place, child=child, text="Со слов", icd10="", consented=False)
    Diagnosis.objects.create(organisation=place, child=child, text="Алалия", icd10="F80.1", consented=True)
    facts = case_facts(visit.case)
    assert (facts.get("grade"), facts.get("level"), facts.get("home_language")) == (1, "primary", "bilingual")
    assert (facts.get("icd10"), facts.get("disability")) == (("F80.1",), True)
    sofia = sheet_begun(cast, cast.sofia, visit)
    record(cast, cast.sofia, sofia, home_language="other", grade="2")
    facts = case_facts(visit.case)
    assert (facts.get("home_language"), facts.get("grade")) == ("other", 2)


def test_a_lapsed_disability_is_not_known(cast):
    visit = arrived(cast)
    Disability.objects.create(
        organisation=cast.commission, child=visit.case.child, valid_to=today() - timedelta(days=1)
    )
    assert case_facts(visit.case).get("disability") is None


def test_the_day_is_that_of_the_session(cast):
    visit = arrived(cast)
    visit.session.day = timezone.localdate() - timedelta(days=400)
    visit.session.save()
    assert gathered(visit.case).on == visit.session.day
    assert case_facts(visit.case).get("age_months") < case_facts(visit.case, timezone.localdate()).get("age_months")


def test_facts_of_three_sheets_cost_as_many_queries_as_those_of_none(cast, django_assert_num_queries):
    visit = arrived(cast)
    case = type(visit.case).objects.select_related("child").get(pk=visit.case.pk)
    with django_assert_num_queries(7):
        case_facts(case)
    for user in (cast.vera, cast.gleb, cast.dina):
        sheet = sheet_begun(cast, user, visit)
        record(cast, user, sheet, class_lessons="ready", level="primary", grade=0, enters_school="yes")
    Diagnosis.objects.create(
        organisation=cast.commission, child=case.child, text="Алалия", icd10="F80.1", consented=True
    )
    with django_assert_num_queries(7):
        case_facts(case)
    with django_assert_num_queries(2):
        observations_of(case)
