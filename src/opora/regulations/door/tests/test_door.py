"""The machine-readable door: every call answers with clauses, every bad file is refused with what is wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from opora.regulations.calendar import NBSP
from opora.regulations.door.answering import CALLS, answer, answer_all
from opora.regulations.door.requests import BadCase, request_read
from opora.regulations.edition import edition, edition_codes

TODAY = date(2026, 11, 22)
EXAMPLES = Path(__file__).resolve().parents[5] / "docs" / "regulations" / "examples"


def example(call: str) -> dict[str, Any]:
    return json.loads((EXAMPLES / f"{call}.json").read_text(encoding="utf-8"))


def asked(call: str, changes: Any = None, on: date | None = None) -> Any:
    return answer_all(call, {**example(call), **(changes or {})}, on=on, today=TODAY)


def places(call: str, given_case: Any) -> set[str]:
    with pytest.raises(BadCase) as refused:
        answer_all(call, given_case, on=None, today=TODAY)
    assert all(fault.message for fault in refused.value.faults)
    return {fault.place for fault in refused.value.faults}


def reasons(found: Any) -> Iterator[dict[str, Any]]:
    """Every object of an answer that says something in a sentence."""
    if isinstance(found, dict):
        if "text" in found and "code" in found:
            yield found
        for one in found.values():
            yield from reasons(one)
    elif isinstance(found, list):
        for one in found:
            yield from reasons(one)


@pytest.mark.parametrize("call", CALLS)
def test_each_call_answers_its_example_with_clauses_in_plain_json(call: str) -> None:
    found = asked(call)

    assert (found["call"], found["edition"], found["on"]) == (call, "2016", "2026-11-22")
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    said = list(reasons(found))
    assert all(one["clause"] for one in said)
    assert said or call in ("check", "score")
    assert asked(call) == found


def test_examples_say_something() -> None:
    assert asked("advise")["candidates"][0]["programme"].startswith("1.")
    assert asked("check")["can_be_signed"] is False
    assert "named_school" in {one["code"] for one in asked("check")["found"]}
    assert asked("term")["day"] == "2027-11-22"
    assert asked("lag")["state"] == "complete"
    assert asked("score")["state"] == "complete"
    assert asked("methods")["lists"]
    assert asked("conditions")["offers"]
    assert asked("directions")["offers"]


def test_a_list_gets_a_list_and_an_id_comes_back() -> None:
    case = example("advise")
    found = answer_all("advise", [{**case, "id": 7}, {**case, "id": "б"}], on=None, today=TODAY)

    assert [one["id"] for one in found] == [7, "б"]
    assert answer_all("advise", [], on=None, today=TODAY) == []


def test_the_day_of_the_command_goes_before_that_of_the_file_and_chooses_the_edition() -> None:
    case = {key: value for key, value in example("advise").items() if key not in ("edition", "on")}

    assert answer("advise", case, on=date(2024, 5, 1), today=TODAY)["edition"] == "2016"
    assert answer("advise", case, on=None, today=TODAY)["edition"] == "2025"
    assert asked("advise", on=date(2026, 1, 1))["on"] == "2026-01-01"


def test_observations_stand_under_the_facts_of_the_file() -> None:
    seen = [{"speciality": "speech_therapist", "fact": "speech", "value": "general"}]

    assert request_read({"observations": seen}, None, TODAY).facts.get("speech") == "general"
    assert request_read({"observations": seen, "facts": {"speech": "norm"}}, None, TODAY).facts.get("speech") == "norm"


def test_everything_that_is_wrong_is_said_at_once_with_its_place() -> None:
    assert places("advise", {
        "born": "22.01.2020", "facts": {"hearing": "громко", "nothing": 1, "grade": 99, "icd10": [{}]},
        "programe": "1.1", "programme": "9.9", "observations": [{"fact": "hearing"}, 5],
    }) == {
        "born", "facts.hearing", "facts.nothing", "facts.grade", "facts.icd10", "programe", "programme",
        "observations.1.speciality", "observations.2",
    }  # fmt: skip


def test_a_list_names_the_number_of_the_bad_case() -> None:
    assert places("advise", [example("advise"), {"facts": {"hearing": "громко"}}]) == {"случай 2, facts.hearing"}


@pytest.mark.parametrize(
    ("call", "case", "place"),
    [
        ("advise", [1], "случай 1, случай"),
        ("advise", "text", "случай"),
        ("advise", {"edition": "1999"}, "edition"),
        ("advise", {"edition": ["2016"]}, "edition"),
        ("advise", {"on": "1990-01-01"}, "on"),
        ("advise", {"born": "2030-01-01", "on": "2026-11-22"}, "born"),
        ("advise", {"born": "0001-01-01"}, "born"),
        ("advise", {"facts": []}, "facts"),
        ("check", {"conclusion": []}, "conclusion"),
        ("check", {"conclusion": {"answer": {}}}, "conclusion.answer"),
        ("check", {"conclusion": {"answers": {"colour": 1}}}, "conclusion.answers.colour"),
        ("check", {"conclusion": {"answers": {"programme_code": ["1.1"]}}}, "conclusion.answers.programme_code"),
        ("check", {"conclusion": {"answers": {"term_on": 5}}}, "conclusion.answers.term_on"),
        ("check", {"conclusion": {"answers": {"tutor_need": "maybe"}}}, "conclusion.answers.tutor_need"),
        ("check", {"conclusion": {"answers": {"has_limitations": "да"}}}, "conclusion.answers.has_limitations"),
        ("check", {"conclusion": {"texts": {"gia": 5}}}, "conclusion.texts.gia"),
        ("check", {"diagnoses": ["F70"]}, "diagnoses"),
        ("term", {"school_year": "осень"}, "school_year"),
        ("lag", {}, "lag"),
        ("lag", {"lag": {"lines": {}}}, "born"),
        ("score", {"instrument": "11.1", "answers": {}}, "instrument"),
        ("score", {"instrument": "10.2"}, "answers"),
        ("methods", {"speciality": "wizard", "age_months": 60}, "speciality"),
        ("methods", {"speciality": "psychologist"}, "born"),
        ("methods", {"speciality": "psychologist", "age_months": -1}, "age_months"),
        ("directions", {"chosen": {"psychologist": 5}}, "chosen"),
    ],
)
def test_a_bad_case_is_refused_by_its_place(call: str, case: Any, place: str) -> None:
    assert place in places(call, case)


def test_wrong_answers_of_instruments_are_refused_item_by_item() -> None:
    lines = {**example("lag")["lag"]["lines"], "active_speech": 999, "dancing": 1}
    assert places("lag", {**example("lag"), "lag": {"lines": lines}}) == {"lag.active_speech", "lag.dancing"}
    answers = {**example("score")["answers"], "family_peers": 11}
    assert places("score", {**example("score"), "answers": answers}) == {"answers.family_peers"}


def test_a_half_filled_instrument_is_shown_as_incomplete_and_not_scored() -> None:
    found = asked("score", {"answers": {"family_peers": 7}})

    assert found["state"] == "incomplete"
    assert found["missing"]
    assert found["total"] is None


def said_with_doubt(found: Any) -> Iterator[dict[str, Any]]:
    """Every object of an answer whose note says that nobody has compared it with the official text."""
    if isinstance(found, dict):
        if "сверить с официальным" in str(found.get("note", "")).replace(NBSP, " "):
            yield found
        for one in found.values():
            yield from said_with_doubt(one)
    elif isinstance(found, list):
        for one in found:
            yield from said_with_doubt(one)


@pytest.mark.parametrize("code", edition_codes())
def test_what_nobody_has_compared_with_the_official_text_is_never_answered_as_law(code: str) -> None:
    doubtful = 0
    for programme in edition(code).programmes:
        case = {"edition": code, "born": "2017-05-01", "programme": programme.code, "facts": {"level": "primary"}}
        for call in ("conditions", "directions"):
            found = answer(call, case, on=None, today=TODAY)
            for one in said_with_doubt(found):
                doubtful += 1
                assert one.get("law") is False, (call, programme.code, one["code"])
    assert doubtful


def test_an_age_that_no_method_fits_gets_the_reason() -> None:
    found = answer("methods", {"speciality": "vision_teacher", "age_months": 1200}, on=None, today=TODAY)

    assert found["lists"] == []
    assert found["empty"]["clause"]


JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-10, 2100) | some.floats(allow_nan=True) | some.text(max_size=12),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = some.sampled_from(
    ["edition", "born", "on", "facts", "observations", "programme", "conclusion", "diagnoses", "views", "lag",
     "instrument", "answers", "age_months", "speciality", "text", "chosen", "school_year", "id"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(call=some.sampled_from(sorted(CALLS)), odd=some.dictionaries(KEYS, JSON, max_size=3))
def test_no_file_breaks_the_door(call: str, odd: dict[str, Any]) -> None:
    """An answer or a refusal with places, never an exception of the machine."""
    try:
        found = answer(call, {**example(call), **odd}, on=None, today=TODAY)
    except BadCase as bad:
        assert bad.faults  # noqa: PT017
    else:
        assert found["call"] == call


def test_an_oriented_programme_leads_to_the_conditions_of_its_code() -> None:
    case = {"facts": {"grade": 6}, "programme": "aop_ooo", "on": "2026-11-22"}
    without, blind = (
        {one["code"] for one in answer("conditions", one, on=None, today=TODAY)["offers"]}
        for one in (case, {**case, "orientation": "3.2"})
    )
    assert not [code for code in without if code.startswith("a42_blind")]
    assert [code for code in blind if code.startswith("a42_blind")]
    assert places("conditions", {**case, "orientation": "3.9"}) == {"orientation"}
