"""The vocabulary of conclusions on ГИА, what the catalogue offers for them, and the checks before signing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.regulations.attestation.checking import Drawn, check
from opora.regulations.attestation.entries import (
    LISTS,
    AttestationCheck,
    AttestationGroup,
    AttestationOffer,
    AttestationQuestion,
    AttestationSubject,
)
from opora.regulations.attestation.offering import has_attestation, offers_for
from opora.regulations.checks.subject import Diagnosis
from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts

LAW = edition("2025")
ON = date(2027, 1, 15)
READY = {
    "level": "9", "exam_year": 2027, "kinds": ["exams"], "ground": "limitations", "ground_number": "1",
    "ground_date": "2026-05-20", "ground_until": "2027-08-31", "amount": "two",
    "subjects": {"russian": "state", "mathematics": "state"}, "conditions": "перерывы", "place": "usual",
    "assistant": "not_needed", "school_contact": "завуч", "valid_until": "2027-12-31",
}  # fmt: skip


def facts(**values: object) -> CaseFacts:
    return CaseFacts(LAW, values, born=date(2011, 3, 1), on=ON)


def found(on: date = ON, **changed: object) -> dict[str, str]:
    drawn = Drawn(facts(), on, READY | changed, (Diagnosis("Астенический синдром", "F48.0", True),))
    return {one.code: one.severity for one in check(drawn)}


def offered(level: str = "9", **values: object) -> dict[str, bool]:
    return {one.code: one.recommended for one in offers_for(facts(**values), level)}


def test_the_letter_has_no_such_conclusion_and_the_later_edition_has():
    assert not has_attestation(edition("2016"))
    assert has_attestation(LAW)
    assert len(LAW.entries("attestation_question", AttestationQuestion)) == 25
    assert [one.code for one in LAW.entries("attestation_subject", AttestationSubject) if one.obligatory] == [
        "russian", "mathematics",
    ]  # fmt: skip


def test_nothing_unverified_is_presented_as_law():
    for kind, table in (
        (AttestationGroup, "attestation_group"),
        (AttestationQuestion, "attestation_question"),
        (AttestationOffer, "attestation_offer"),
        (AttestationCheck, "attestation_check"),
    ):
        for one in LAW.entries(table, kind):
            assert one.is_law is ("практика" not in one.clause.split(";")[0]), one.code
    assert not any(one.is_law for one in LAW.entries("attestation_offer", AttestationOffer))


def test_every_check_is_met_by_a_rule_or_a_condition():
    from opora.regulations.attestation import checking

    told = re.findall(r'"([a-z_]+)"', Path(checking.__file__).read_text(encoding="utf-8"))
    by_case = {"no_consent", "nobody_present", "before_session", "unfinished"}
    unmet = {
        one.code for one in LAW.entries("attestation_check", AttestationCheck)
        if one.code not in told and not one.when and one.code not in by_case
    }  # fmt: skip
    assert unmet == set()


def test_each_entry_of_the_catalogue_goes_to_one_list_and_what_the_sheet_asks_to_none():
    codes = offered()
    assert codes["gia_extra_time"] is True
    assert not {"gia_form", "gia_two_exams", "gia_place", "gia_assistant", "gia_materials"} & set(codes)
    places = {one.code: one.place for one in offers_for(facts(), "9")}
    assert places["gia_extra_time"] == places["a5_delay_break_gia"] == "conditions"
    assert places["a5_delay_start_gia"] == "special"
    assert set(places.values()) == set(LISTS)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"vision": "blind"}, "gia_braille"),
        ({"vision": "low_vision"}, "gia_enlarged"),
        ({"hearing": "deaf"}, "gia_sign_language"),
        ({"hearing": "hard_of_hearing"}, "gia_amplification"),
        ({"movement": "helped"}, "gia_assistant_moving"),
        ({"hands": "absent"}, "gia_assistant_writing"),
    ],
)
def test_a_recorded_finding_recommends_and_gives_its_reason(values, code):
    offer = next(one for one in offers_for(facts(**values), "11") if one.code == code)
    assert offer.recommended
    assert offer.reasons[0].facts == (next(iter(values)),)
    assert not offer.is_law


def test_what_a_finding_rules_out_is_not_offered():
    assert "gia_braille" in offered()
    assert "gia_braille" not in offered(vision="norm")


def test_a_learner_whose_programme_has_no_examination_is_offered_nothing():
    assert offered(intellect="mild") == {}
    assert offers_for(facts().with_programme("1599.1"), "9") == ()


def test_a_ready_conclusion_meets_no_check():
    assert found() == {}


@pytest.mark.parametrize(
    ("changed", "code", "severity"),
    [
        ({"ground_until": "2027-01-15"}, "ground_ends_early", "warning"),
        ({"ground_until": "2027-01-14"}, "ground_expired", "block"),
        ({"ground_until": "2027-05-15"}, "", ""),
        ({"ground_until": "", "ground_unlimited": True}, "", ""),
        ({"valid_until": "2027-01-16"}, "validity_ends_early", "warning"),
        ({"exam_year": 2026}, "past_year", "block"),
        ({"amount": ""}, "amount_unasked", "note"),
        ({"school_contact": ""}, "no_contact", "note"),
        ({"kinds": ["interview"], "subjects": {}}, "", ""),
        ({"special": "[указать: какие]"}, "unfilled", "block"),
        ({"special": "при F48.0"}, "names_diagnosis", "block"),
        ({"workplace": "астенический синдром"}, "names_diagnosis", "block"),
        ({"place": "hospital"}, "place_without_ground", "warning"),
        ({"place": "hospital", "ground": "home"}, "", ""),
    ],
)
def test_each_side_of_a_check(changed, code, severity):
    assert found(**changed) == ({code: severity} if code else {})


@pytest.mark.parametrize(("on", "warned"), [(date(2027, 2, 28), False), (date(2027, 3, 1), True)])
def test_march_of_the_year_of_the_examination_is_late(on, warned):
    assert ("after_february" in found(on)) is warned
    assert "after_february" not in found(on, exam_year=2028)


@settings(max_examples=60, deadline=None)
@given(
    days=st.integers(0, 1500),
    year=st.integers(2024, 2031),
    answers=st.dictionaries(st.sampled_from(sorted(READY)), st.just(""), max_size=6),
)
def test_checks_are_deterministic_and_leave_no_gap_in_words(days, year, answers):
    drawn = Drawn(facts(), date(2024, 1, 1) + timedelta(days=days), READY | {"exam_year": year} | answers)
    first = check(drawn)
    assert first == check(drawn)
    assert all(one.clause and "{" not in one.message for one in first)
