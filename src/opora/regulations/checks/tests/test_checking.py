"""How the checks answer: order, words, places, keys, machines; and that they never stumble."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.regulations.advice.advising import advise
from opora.regulations.checks.checking import check, checks_of
from opora.regulations.checks.entries import BLOCK, NOTE, SEVERITIES, WARNING
from opora.regulations.checks.joining import Surroundings, subject_of
from opora.regulations.checks.reading import Said
from opora.regulations.checks.subject import Subject
from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import definitions
from opora.regulations.reexamination.terms import next_examination

from .stories import LAW, ON, Story, answers, more, said, texts
from .test_each_check import CASES

SECTIONS = ("main_features", "school_features", "textbooks", "gia", "direction_psychologist", "diagnoses", "anamnesis")


def only(story: Story, code: str):
    (found,) = [one for one in check(story.subject()) if one.code == code]
    return found


def test_the_most_serious_comes_first():
    story = Story(answers={"term_on": "", "reexamination_wording": "", "tutor_need": "needed"},
                  texts={"direction_psychologist": "Обучение на дому"})  # fmt: skip
    severities = [one.severity for one in check(story.subject())]
    assert severities == sorted(severities, key=SEVERITIES.index)
    assert set(severities) == {BLOCK, WARNING, NOTE}


def test_a_finding_names_the_words_and_the_place_and_the_clause():
    found = only(said(text="Занятия. Рекомендовано обучение на дому до мая."), "home_schooling")
    assert "«Педагог-психолог»" in found.message
    assert "«обучение на дому»" in found.message
    assert found.place == "section-direction_psychologist"
    assert "врачебная комиссия" in found.clause
    assert only(answers(workplace="в школе № 3"), "named_school").place == "architecture"


def test_findings_of_two_specialists_are_named_with_their_words():
    seen = (Said("speech_therapist", "first_words_months", 12), Said("psychologist", "first_words_months", 24))
    message = only(more(observations=seen), "observations_differ").message
    assert message.startswith("Первые слова: ")
    assert "12\u00a0мес." in message
    assert "24\u00a0мес. Уточните" in message


def test_other_words_have_another_key_and_the_same_words_the_same():
    one, other = said(text="Обучение в школе № 3"), said(text="Обучение в школе № 4")
    assert only(one, "named_school").key == only(one, "named_school").key
    assert only(one, "named_school").key != only(other, "named_school").key
    assert only(texts(equipment="в школе № 3"), "named_school").key != only(one, "named_school").key


def test_two_sections_are_two_findings():
    story = texts(direction_psychologist="Обучение на дому", other_conditions="Обучение на дому")
    assert len([one for one in check(story.subject()) if one.code == "home_schooling"]) == 2


def test_what_practice_alone_knows_is_not_called_law():
    found = only(answers(tutor_need="needed"), "tutor_without_reason")
    assert not found.is_law
    assert found.as_json()["law"] is False
    assert "law" not in only(said(text="Обучение на дому"), "home_schooling").as_json()


def test_the_doubtful_readings_never_block():
    severities = {one.code: one.severity for one in checks_of(LAW)}
    for code in (
        "unteachable",
        "severe_without_psychiatrist",
        "severe_psychiatrist_unknown",
        "diagnosis_without_consent",
    ):
        assert severities[code] == WARNING
    assert {one.note for one in checks_of(LAW) if one.code in ("unteachable", "textbooks_with_variant_1")} - {""}


def test_every_check_names_its_clause_and_a_place_that_the_sheet_has():
    places = {one.code for one in LAW.conclusion_sections} | {"section-main_features", "section-gia", "", "directions"}
    for one in checks_of(LAW):
        assert one.clause
        assert one.place in places, one.code
        assert one.message.endswith((".", "{found}")), one.code


def test_what_a_named_check_says_the_advice_does_not_say_again():
    def contradicted(**facts):
        known = CaseFacts(LAW, facts, date(2019, 9, 1), ON)
        subject = subject_of(known, {"programme_code": "1599.1", "has_limitations": True}, {}, Surroundings())
        return {one.code for one in check(subject)}, {one.rule for one in check(subject)}

    codes, rules = contradicted(intellect="mild", psychiatrist_opinion="absent", icd10=("F70",))
    assert "severe_without_psychiatrist" in codes
    assert "uo_without_psychiatrist" not in rules
    codes, rules = contradicted(intellect="mild", psychiatrist_opinion="present", development="norm", icd10=("F70",))
    assert "uo_development_norm" in rules


def test_practice_demands_no_term_and_attention_warns_nobody():
    known = CaseFacts(LAW, {"level": "basic", "autism": "disorder", "vision": "low_vision"}, date(2014, 1, 1), ON)
    chosen = {"programme_code": "aop_ooo", "orientation": "8.2"}
    subject = subject_of(known, chosen, {}, Surroundings())
    facts = known.with_programme("aop_ooo", "8.2")
    assert not all(one.reason.is_law for one in next_examination(facts).demands)
    assert all(one.reason.is_law for one in subject.latest)
    assert "attention" in {one.severity for one in advise(facts).contradictions}
    assert {one.severity for one in subject.advised.contradictions} <= {"warning"}


def test_answers_are_ready_for_machines():
    for found, _ in CASES.values():
        for story in found:
            for one in check(story.subject()):
                again = json.loads(json.dumps(one.as_json(), ensure_ascii=False))
                assert {"code", "severity", "message", "clause", "place"} <= set(again)


def test_a_later_edition_has_the_same_checks():
    later = edition("2025", date(2026, 11, 20))
    assert [one.code for one in checks_of(later)] == [one.code for one in checks_of(LAW)]


def test_an_empty_conclusion_is_refused_and_breaks_nothing():
    found = check(Subject(CaseFacts(LAW, {})))
    assert {"no_features", "no_status", "no_need", "no_programme"} == {one.code for one in found}


WORDS = st.text(st.sampled_from("абвое №«»()[]_.…,;!\n 1579F8ш "), max_size=60) | st.sampled_from(
    [text for found, left in CASES.values() for story in (*found, *left) for text in story.texts.values()]
)


def values():
    """Any facts that may be recorded."""
    drawn = {}
    for one in definitions(LAW):
        if one.kind == "choice":
            drawn[one.code] = st.sampled_from([choice.code for choice in one.choices])
        elif one.kind == "flag":
            drawn[one.code] = st.booleans()
        elif one.kind == "number":
            drawn[one.code] = st.integers(int(one.minimum), max(int(one.minimum), int(one.maximum)))
    return st.fixed_dictionaries({}, optional=drawn)


@st.composite
def subjects(draw):
    programme = draw(st.sampled_from(["", *(one.code for one in LAW.programmes)]))
    facts = CaseFacts(LAW, draw(values()), draw(st.dates(date(2008, 1, 1), date(2026, 1, 1))), ON, programme)
    base = Story(texts=draw(st.dictionaries(st.sampled_from(SECTIONS), WORDS))).subject()
    given = {
        **base.answers, "programme_code": programme,
        "has_limitations": draw(st.sampled_from([None, True, False])),
        "needs_conditions": draw(st.sampled_from([None, True, False])),
        "workplace": draw(WORDS), "term_on": draw(st.sampled_from(["", "2026-01-01", "2029-05-31", "чепуха"])),
    }  # fmt: skip
    return replace(base, facts=facts, answers=given)


CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


@CALM
@given(subjects())
def test_it_never_stumbles_and_says_the_same_twice(subject):
    found = check(subject)
    assert found == check(subject)
    known = {one.code for one in checks_of(LAW)}
    for one in found:
        assert one.code in known
        assert one.clause
        assert "{" not in one.message.replace("{{", "") or "{" in "".join(subject.texts.values())
    assert len({one.key for one in found}) == len(found)


@CALM
@given(subjects(), st.sampled_from(SECTIONS), WORDS)
def test_a_text_of_one_section_changes_nothing_that_is_said_of_another(subject, code, words):
    if subject.texts.get(code):
        return
    before = {one for one in check(subject) if one.place.startswith("section-") and one.place != f"section-{code}"}
    changed = replace(subject, texts={**subject.texts, code: words})
    related = {"diagnoses", "main_features"}  # diagnoses say what must not be named elsewhere
    if code not in related:
        assert before <= set(check(changed)) | {one for one in before if one.code == "gia_unanswered"}


@pytest.mark.parametrize("typed", ["Расстройство экспрессивной речи", "F80.1 Расстройство экспрессивной речи"])
def test_a_diagnosis_of_the_protocol_is_withheld_from_the_school_as_one_of_the_file_is(typed):
    written = {"diagnoses": f"Основной: {typed}", "direction_psychologist": "расстройство экспрессивной речи"}
    story = Story(texts=written, more={"diagnoses": ()})
    assert "diagnosis_for_school" in story.codes()
    assert "diagnosis_for_school" not in said(text="витамин B12").codes()
