"""From a file, and there and back through what signing froze."""

from __future__ import annotations

import json
from datetime import date
from time import perf_counter

import pytest

from opora.regulations.checks.checking import check
from opora.regulations.checks.joining import Surroundings, subject_of
from opora.regulations.checks.reading import Said, basis_of, subject_of_basis, subject_read
from opora.regulations.checks.subject import Diagnosis, OwnView
from opora.regulations.facts.case import CaseFacts

from .stories import ANSWERS, LAW, ON, SCHOOL, TEXTS

FILE = {
    "born": "2019-09-01",
    "programme": "7.1",
    "facts": {"level": "primary", "grade": 1, "delay": "regulation", "icd10": ["F83"]},
    "observations": [
        {"speciality": "speech_therapist", "fact": "first_words_months", "value": 12},
        {"speciality": "psychologist", "fact": "first_words_months", "value": 24},
    ],
    "conclusion": {
        "answers": {"has_limitations": True, "needs_conditions": True},
        "texts": {"main_features": TEXTS["main_features"], "direction_psychologist": "Обучение на дому"},
    },
}


def test_a_file_is_judged_as_a_conclusion_is():
    subject, errors = subject_read(LAW, FILE, ON)
    assert errors == []
    assert {"observations_differ", "home_schooling", "no_term"} <= {one.code for one in check(subject)}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"facts": {"hearring": "deaf"}}, "hearring"),
        ({"facts": {"grade": 99}}, "grade"),
        ({"born": "вчера"}, "born"),
        ({"programme": "9.9"}, "programme_code"),
        ({"observations": [{"speciality": "doctor", "fact": "hearing", "value": "loud"}]}, "hearing"),
        ({"observations": [{"speciality": "doctor", "fact": "nose", "value": 1}]}, "nose"),
        ({"conclusion": {"texts": {"gia": 5}}}, "gia"),
    ],
)
def test_a_wrong_file_is_refused_field_by_field(changed, code):
    subject, errors = subject_read(LAW, FILE | changed, ON)
    assert subject is None
    assert [one.fact for one in errors] == [code]


@pytest.mark.parametrize("junk", [[], "text", 7, None, {"answers": 3, "texts": ["x"]}])
def test_junk_in_the_place_of_tables_is_taken_for_nothing(junk):
    subject, errors = subject_read(LAW, {"facts": None, "conclusion": junk, "observations": junk, "views": junk}, ON)
    assert errors == []
    assert "no_programme" in {one.code for one in check(subject)}


def signed():
    around = Surroundings(
        SCHOOL,
        (Said("speech_therapist", "first_words_months", 12), Said("psychologist", "first_words_months", 24)),
        (Diagnosis("Расстройство экспрессивной речи", "F80.1", consented=True),),
        (OwnView("defectologist", "Вариант 5.1."),),
        ("Радуга надежды",),
    )
    facts = CaseFacts(LAW, {"level": "primary", "grade": 1, "icd10": ("F80.1",)}, date(2019, 9, 1), ON)
    texts = {**TEXTS, "anamnesis": "много слов", "gia": "", "diagnoses": "F83", "other_conditions": "Радуга надежды"}
    return subject_of(facts, {**ANSWERS, "assistant_need": "needed"}, texts, around)


def test_what_signing_froze_is_judged_as_on_that_day():
    subject = signed()
    frozen = json.loads(json.dumps(basis_of(subject), ensure_ascii=False))
    assert set(frozen) >= {"edition", "on", "born", "programme", "facts", "answers", "texts", "advice"}
    assert "anamnesis" not in frozen["texts"]
    again = subject_of_basis(LAW, frozen)
    assert check(again) == check(subject)
    assert {"observations_differ", "dissent_unrecorded", "diagnosis_without_consent"} <= {
        one.code for one in check(again)
    }


def test_an_answer_of_no_is_not_forgotten():
    subject = subject_of(
        CaseFacts(LAW, {}, date(2019, 9, 1), ON), {**ANSWERS, "has_limitations": False}, TEXTS, Surroundings()
    )
    again = subject_of_basis(LAW, json.loads(json.dumps(basis_of(subject))))
    assert check(again) == check(subject)


def test_it_is_quick():
    """A figure with room for a busy machine: the promise is 0.3 ms."""
    subject = signed()
    check(subject)
    started = perf_counter()
    for _ in range(300):
        check(subject)
    assert (perf_counter() - started) / 300 < 0.003


def test_an_oriented_programme_is_checked_by_the_category_of_its_code():
    facts = CaseFacts(LAW, {"grade": 6, "medical_opinion": "absent"}, date(2014, 9, 1), ON)
    for orientation, category in (("3.1", "blind"), ("7.2", "delay"), ("", None), ("нет такого", None)):
        subject = subject_of(
            facts, {**ANSWERS, "programme_code": "aop_ooo", "orientation": orientation}, TEXTS, Surroundings()
        )
        assert subject.facts.get("category") == category
        assert ("medical_opinion_absent" in {one.code for one in check(subject)}) is (category == "blind")


def test_an_oriented_programme_is_checked_as_its_code():
    facts = CaseFacts(LAW, {"grade": 6, "self_service": "absent"}, date(2014, 9, 1), ON)
    for orientation, met in (("6.4", True), ("6.1", False)):
        answers = {**ANSWERS, "programme_code": "aop_ooo", "orientation": orientation}
        subject = subject_of(facts, answers, {**TEXTS, "gia": "Дополнительное время."}, Surroundings())
        found = {one.code for one in check(subject)}
        for code in ("assistant_for_self_service", "severe_psychiatrist_unknown", "gia_without_attestation"):
            assert (code in found) is met, (orientation, code)
