"""The questionnaire 10.1 and the scales 10.2 and 10.3: points, thresholds, descriptors, half-filled and wrong forms."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.edition import edition
from opora.regulations.instruments.profile import MOST_DATES, DatedProfile, profile_svg
from opora.regulations.instruments.reading import asked_items, instruments, instruments_for, items
from opora.regulations.instruments.scoring import score

LAW = edition("2016")
SCALES = ("adaptation_family", "adaptation_orphan")
TEN = 10 * 12
PARENTS = {
    "mother_education": "higher", "father_education": "higher",
    "father_qualification": "high", "mother_qualification": "high",
}  # fmt: skip


def risk(yes: tuple[str, ...] = (), age: int = TEN, **other: object):
    """Everything is «нет» but what is named."""
    answers = {item.code: "no" for item in asked_items(LAW, "family_risk", age) if item.kind == "points"}
    return score(LAW, "family_risk", {**answers, **PARENTS, **dict.fromkeys(yes, "yes"), **other}, age)


def marks(code: str, value: int = 5, **other: object) -> dict[str, object]:
    return {item.code: value for item in items(LAW, code) if item.kind == "scale"} | other


def profile(code: str, age: int | None = TEN, value: int = 5, **other: object):
    return score(LAW, code, marks(code, value, **other), age)


# The questionnaire 10.1


def test_the_questionnaire_is_complete():
    kinds = [item.kind for item in items(LAW, "family_risk")]
    assert (kinds.count("points"), kinds.count("parental")) == (39, 4)
    most = sum(
        max(answer.points or 0 for answer in item.answers)
        for item in items(LAW, "family_risk")
        if item.kind == "points"
    )
    assert most == 70, "the sum of all the points of the letter"


def test_points_are_those_of_the_letter():
    points = {item.code: [one.points for one in item.answers] for item in items(LAW, "family_risk")}
    assert points["birth_unmarried"] == [0, 3]
    assert points["pregnancy_conflicts"] == points["preschool_punishment"] == [0, 1, 2]
    assert points["school_failures"] == [0, 1]
    assert points["mother_education"] == [-1, 1, 2, 3, 4, None]
    assert points["father_qualification"] == [-1, 1, 2, 3, None]


AT_TWENTY = (
    "birth_unmarried", "pregnancy_mother_alcohol", "birth_unwanted", "early_one_parent", "preschool_one_parent",
    "school_one_parent", "pregnancy_beating",
)  # fmt: skip


def test_the_first_threshold_is_over_twenty_not_at_it():
    assert risk(AT_TWENTY).total == 20
    assert risk(AT_TWENTY).thresholds[0].passed is False
    over = risk((*AT_TWENTY, "school_income"))
    assert (over.total, over.thresholds[0].passed) == (21, True)
    assert "группе выраженного риска психосоциальной дезадаптации средового происхождения" in over.sentence


def test_the_second_threshold_is_always_shown_and_strengthens_only_a_sum_over_twenty():
    weak = {"mother_education": "secondary", "father_education": "courses", "mother_qualification": "low"}
    below = risk(**weak, father_qualification="low")
    assert (below.parental, below.thresholds[1].passed) == (5, True)
    assert "сам по себе этот порог риска не означает" in below.thresholds[1].reason.text
    above = risk((*AT_TWENTY, "school_income"), **weak, father_qualification="low")
    assert "усиливается" in above.thresholds[1].reason.text
    six = risk(**weak, father_qualification="middle")
    assert (six.parental, six.thresholds[1].passed) == (6, False)
    assert all("прил.\u00a010.1" in one.reason.clause for one in six.thresholds)
    assert "два чтения" in six.thresholds[1].reason.note


def test_an_unknown_father_gives_not_computed_never_zero():
    answer = risk(father_education="unknown", father_qualification="unknown")
    assert (answer.state, answer.parental, answer.thresholds[1].passed) == ("complete", None, None)
    assert "не вычислена" in answer.sentence
    assert answer.as_json()["parental"] is None


def test_parents_may_have_less_than_nothing():
    low = dict.fromkeys(("mother_education", "father_education"), "incomplete")
    none = dict.fromkeys(("mother_qualification", "father_qualification"), "none")
    answer = risk(**low, **none)
    assert answer.parental == -4
    assert "−4" in answer.sentence


def test_a_half_filled_questionnaire_is_never_scored():
    answer = score(LAW, "family_risk", {"birth_unmarried": "yes"}, TEN)
    assert (answer.state, answer.total, answer.thresholds, answer.sentence) == ("incomplete", None, (), "")
    assert len(answer.missing) == 42
    assert score(LAW, "family_risk", {}, TEN).state == "incomplete"


def test_questions_go_with_the_age_of_the_child():
    count = {age: len(asked_items(LAW, "family_risk", age)) for age in (24, 60, TEN)}
    assert count == {24: 19, 60: 31, TEN: 43}
    assert risk(age=60).is_complete
    early = score(LAW, "family_risk", {"school_income": "yes"}, 60)
    assert (early.state, early.errors[0].item) == ("wrong", "school_income")


def test_a_child_of_seven_may_not_be_at_school_yet_but_the_part_is_not_left_half_empty():
    answers = {item.code: "no" for item in asked_items(LAW, "family_risk", 60) if item.kind == "points"} | PARENTS
    assert score(LAW, "family_risk", answers, 84).is_complete
    begun = score(LAW, "family_risk", answers | {"school_income": "no"}, 84)
    assert (begun.state, len(begun.missing)) == ("incomplete", 11)
    assert score(LAW, "family_risk", answers, 96).state == "incomplete"


@pytest.mark.parametrize(
    ("item", "value"), [("birth_unmarried", "4"), ("birth_unmarried", 1), ("mother_education", 5), ("nothing", "yes")]
)
def test_an_answer_out_of_range_is_named_by_item(item, value):
    answer = risk(**{item: value})
    assert (answer.state, answer.total, [one.item for one in answer.errors]) == ("wrong", None, [item])
    assert answer.errors[0].message


def test_points_may_be_given_as_numbers():
    assert risk(birth_unmarried=3, pregnancy_conflicts=2, school_income=True, early_income=False).total == 6


# The scales


def test_ten_scales_each_with_descriptors_that_leave_no_value_out():
    for code in SCALES:
        scales = [item for item in items(LAW, code) if item.kind == "scale"]
        assert len(scales) == 10
        for item in scales:
            covered = {value for value in range(1, 11) if any(value in band for band in item.bands)}
            assert covered == (set() if item.code.endswith("_learning") else set(range(1, 11))), item.code


def test_a_value_in_two_bands_shows_both_descriptors():
    found = {one.item: one for one in profile("adaptation_orphan", value=3).profile}
    assert [one.span for one in found["orphan_work_skills"].descriptors] == ["1–3", "3–4"]
    assert [one.span for one in found["orphan_attitude_work"].descriptors] == ["3–4"]


def test_descriptors_go_with_the_age():
    def of(code, item, age, value):
        return {one.item: one for one in profile(code, age, value).profile}[item].descriptors

    assert "без напоминаний качественно" in of("adaptation_orphan", "orphan_household", TEN, 9)[0].text
    assert "очень хорошие бытовые навыки" in of("adaptation_orphan", "orphan_household", 14 * 12, 9)[0].text
    teen = of("adaptation_family", "family_household", 14 * 12, 9)
    assert len(teen) == 1
    assert "ориентируется в городе" in teen[0].text
    lent = of("adaptation_family", "family_household", 14 * 12, 5)
    assert (len(lent), lent[0].is_general) == (1, True)
    assert lent[0].mark
    assert len(of("adaptation_orphan", "orphan_household", None, 9)) == 2, "without an age every text is shown"


def test_a_profile_has_no_total_and_learning_has_degrees():
    answer = profile("adaptation_family", family_mastery="partial")
    assert answer.total is None
    assert "программа усвоена частично" in answer.sentence
    learning = next(one for one in answer.profile if one.item == "family_learning")
    assert learning.descriptors == ()
    assert learning.note


def test_a_scale_is_for_school_age():
    assert profile("adaptation_family", 71).state == "not_for_age"
    assert profile("adaptation_family", 71).reasons[0].text
    assert profile("adaptation_family", 72).is_complete


@pytest.mark.parametrize("value", [0, 11, -1, "5.5", "пять", True, "²", "1" * 20])
def test_a_mark_is_a_whole_number_from_one_to_ten(value):
    answer = profile("adaptation_family", family_peers=value)
    assert (answer.state, answer.profile, [one.item for one in answer.errors]) == ("wrong", (), ["family_peers"])


def test_a_half_filled_scale_is_no_profile():
    answers = marks("adaptation_orphan")
    del answers["orphan_speech"]
    answer = score(LAW, "adaptation_orphan", answers, TEN)
    assert (answer.state, answer.profile, answer.missing) == (
        "incomplete", (), (("orphan_speech", "Речевая коммуникация"),)
    )  # fmt: skip


def test_who_fills_what():
    assert [one.code for one in instruments_for(LAW, "psychologist", TEN)] == ["family_risk", *SCALES]
    assert [one.code for one in instruments_for(LAW, "social_pedagogue", 40)] == ["family_risk"]
    assert instruments_for(LAW, "doctor", TEN) == ()
    assert len(instruments(LAW)) == 3
    with pytest.raises(KeyError):
        score(LAW, "telepathy", {}, TEN)


@given(st.sampled_from(SCALES), st.lists(st.integers(1, 10), min_size=10, max_size=10), st.integers(72, 216))
def test_every_profile_keeps_its_answers_and_is_ready_for_machines(code, values, age):
    scales = [item.code for item in items(LAW, code) if item.kind == "scale"]
    answer = score(LAW, code, dict(zip(scales, values, strict=True)), age)
    again = json.loads(json.dumps(answer.as_json(), ensure_ascii=False))
    assert [one["value"] for one in again["profile"]] == values
    assert again["answers"] == dict(zip(scales, values, strict=True))
    assert all(one["clause"] for one in again["profile"])


@given(st.sets(st.sampled_from([item.code for item in items(LAW, "family_risk") if item.kind == "points"])))
def test_one_more_yes_never_lowers_the_sum(codes):
    yes = tuple(code for code in codes if LAW.tables["instrument_item"][code].answers[-1].code == "yes")
    for code in yes[:3]:
        rest = tuple(one for one in yes if one != code)
        assert risk(yes).total > risk(rest).total


# The picture


def dated(year: int, value: int = 5) -> DatedProfile:
    return DatedProfile(
        "adaptation_family", date(year, 3, 4), {k: int(str(v)) for k, v in marks("adaptation_family", value).items()}
    )


def test_the_picture_is_one_svg_without_styles_and_scripts():
    picture = profile_svg(LAW, [dated(2025), dated(2026, 7)])
    root = ElementTree.fromstring(picture)
    assert root.attrib["role"] == "img"
    assert "Отношение к труду 7" in root.attrib["aria-label"]
    assert "style" not in picture
    assert "<script" not in picture
    assert len(root.findall("{*}polyline")) == 4, "a profile and a line of the legend for each date"
    assert "04.03.2025" in picture


def test_the_picture_shows_the_last_dates_each_with_its_own_mark():
    picture = profile_svg(LAW, [dated(year) for year in range(2026, 2016, -1)])
    root = ElementTree.fromstring(picture)
    assert len(root.findall("{*}polyline")) == 2 * MOST_DATES
    assert "04.03.2017" not in picture
    dashes = [line.attrib.get("stroke-dasharray", "") for line in root.findall("{*}polyline")]
    assert len(set(dashes)) == MOST_DATES


def test_different_instruments_are_not_drawn_together():
    with pytest.raises(ValueError, match="one instrument"):
        profile_svg(LAW, [])
