"""Facts: the words of the letter are all there, any value is read or refused, contradictions are found."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts, Observation, merged
from opora.regulations.facts.entries import Exclusion, FactDefinition
from opora.regulations.facts.reading import (
    asked_for,
    definition,
    definitions,
    exclusions_met,
    facts_read,
    groups,
    not_lived_yet,
    value_read,
)
from opora.regulations.predicates import Predicate, Value

from .made import DAY, cases, recorded

LAW = edition("2016")
EXCLUSIONS = LAW.entries("exclusion", Exclusion)


def case(born: date = date(2019, 11, 1), **values: Value) -> CaseFacts:
    return CaseFacts(LAW, values, born=born, on=DAY)


def asked(speciality: str, facts: CaseFacts) -> set[str]:
    return {one.code for one in asked_for(LAW, speciality, facts)}


# --- the vocabulary of the letter -------------------------------------------------------------------------------------
# (fact, how many degrees the letter names, a piece of its wording)
WORDS = [
    ("learnability", 3, "достаточный уровень"),
    ("attainment", 4, "усвоена частично"),
    ("knowledge_lag", 4, "грубое"),
    ("lag_character", 3, "крайне неравномерное"),
    ("construction", 5, "словесной инструкции"),
    ("help_kinds", 6, "содержательная в полном объёме"),
    ("school_readiness", 7, "графический диктант"),
    ("early_knowledge", 5, "выраженно отстают"),
    ("early_learnability", 5, "не определяется"),
    ("early_expressive", 4, "существенно отстаёт"),
    ("early_impressive", 4, "даже в жестовом сопровождении"),
    ("early_development", 6, "характеризуется неравномерностью"),
    ("object_actions", 5, "недостаточно адекватны"),
    ("early_cognition", 3, "в соответствии с возрастом"),
    ("early_social", 3, "искажено"),
    ("early_tasks", 10, "разрезную картинку"),
    ("heard_words", 3, "близко к образцу"),
    ("heard_phrases", 3, "распознаны"),
    ("heard_text", 3, "приближённое"),
    ("speech", 4, "ФФНР"),
    ("speech_level", 4, "III уровень"),
    ("speech_origin", 4, "компонент сочетанного дефекта"),
    ("effort", 3, "пассивная старательность"),
    ("gmfcs", 0, ""),
    ("dysontogenesis", 6, "искажённое"),
]


@pytest.mark.parametrize(("code", "count", "words"), WORDS)
def test_the_degrees_of_the_letter_are_all_there(code: str, count: int, words: str) -> None:
    fact = definition(LAW, code)
    assert len(fact.choices) == count
    assert words in " / ".join(choice.title for choice in fact.choices)


def test_every_fact_stands_in_a_group_with_its_clause_and_its_owners_are_specialists() -> None:
    known = {one.code for one in groups(LAW)}
    specialists = {one.code for one in LAW.specialities}
    assert len(definitions(LAW)) >= 120
    for fact in definitions(LAW):
        assert fact.group in known
        assert "ВК-1074/07" in fact.clause
        assert set(fact.owners) <= specialists
        assert bool(fact.choices) == (fact.kind in ("choice", "choices"))


# Nobody's rule names them: the card reads one, the other is compared between specialists.
READ_OTHERWISE = {"leaving_grade", "first_words_months"}
SHAPING = {"direction", "special_condition", "audience"}  # tables that shape the work and choose no programme


def test_facts_are_marked_as_deciding_when_a_rule_asks_about_them_and_only_then() -> None:
    named = {
        predicate.fact
        for table, entries in LAW.tables.items()
        if table not in {"fact", "exclusion"} | SHAPING
        for entry in entries.values()
        for value in (getattr(entry, one.name) for one in fields(entry))
        if isinstance(value, tuple)
        for predicate in value
        if isinstance(predicate, Predicate)
    }
    deciding = {one.code for one in definitions(LAW) if one.deciding}
    assert deciding - READ_OTHERWISE == named & {one.code for one in definitions(LAW)}


def test_every_specialist_is_asked_of_something_at_every_age() -> None:
    for years in (1, 2, 4, 6, 10, 16):
        facts = case(born=date(2026 - years, 6, 1))
        for speciality in LAW.specialities:
            assert asked(speciality.code, facts), (speciality.code, years)


def test_a_fact_is_asked_when_it_can_matter() -> None:
    assert "implant_stage" not in asked("hearing_teacher", case(hearing="deaf", hearing_device="aids"))
    assert "implant_stage" in asked("hearing_teacher", case(hearing="deaf", hearing_device="implant"))
    assert "implant_stage" in asked("hearing_teacher", case()), "nobody knows yet"
    assert "intellect" not in asked("psychologist", case(born=date(2025, 1, 1))), "no hard conclusion at early age"
    assert "early_development" in asked("psychologist", case(born=date(2025, 1, 1)))
    assert "attainment" not in asked("defectologist", case(grade=0))


# --- reading ----------------------------------------------------------------------------------------------------------
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(definitions(LAW)), ANYTHING)
def test_whatever_comes_is_read_or_refused_in_russian(fact: FactDefinition, given_value: object) -> None:
    value, errors = facts_read(LAW, {fact.code: given_value})
    assert all(one.message[:1].isupper() or one.message.startswith("«") for one in errors)
    assert facts_read(LAW, value) == (value, [])


@given(recorded(LAW))
def test_what_is_recorded_survives_being_kept_as_json(values: dict[str, Value]) -> None:
    read, errors = facts_read(LAW, json.loads(json.dumps(values)))
    assert (read, errors) == (values, [])
    for code, value in read.items():
        assert definition(LAW, code).title_of(value).strip()


@pytest.mark.parametrize(
    ("code", "given_value", "words"),
    [
        ("hearing", "loud", "в перечне нет"),
        ("speech_forms", ["alalia", "x"], "в перечне нет"),
        ("speech_forms", "alalia", "Нужен перечень"),
        ("grade", "13", "от 0 до 12"),
        ("grade", "1,5", "целое"),
        ("grade", "nan", "от 0 до 12"),
        ("grade", True, "число"),
        ("acuity", "0,0001", "после запятой"),
        ("complex", "maybe", "«да» или «нет»"),
        ("icd10", "F70 что-то", "не код МКБ-10"),
        ("health_limits", "а" * 1001, "Не длиннее 1000"),
    ],
)
def test_a_refusal_says_what_is_wrong(code: str, given_value: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        value_read(definition(LAW, code), given_value)


def test_codes_are_taken_as_people_type_them() -> None:
    assert value_read(definition(LAW, "icd10"), "f70.0, F80.1; G80") == ("F70.0", "F80.1", "G80")


def test_an_unknown_fact_is_named() -> None:
    values, errors = facts_read(LAW, {"no_such": "x", "grade": "2", "mood": ""})
    assert values == {"grade": 2}
    assert [one.fact for one in errors] == ["no_such"]


# --- contradictions ---------------------------------------------------------------------------------------------------
def example(predicate: Predicate) -> Value:
    """A value that makes a condition hold."""
    fact = definition(LAW, predicate.fact)
    if predicate.operator == "known":
        return fact.choices[0].code if fact.kind == "choice" else (fact.choices[0].code,)
    if predicate.operator in (">=", "<="):
        return int(predicate.number)
    if predicate.operator == ">":
        return predicate.number + 0.1
    if fact.kind == "flag":
        return predicate.values[0] == "yes"
    return predicate.values[0]


@pytest.mark.parametrize("exclusion", EXCLUSIONS, ids=lambda one: one.code)
def test_each_exclusion_is_found_and_only_with_all_it_needs(exclusion: Exclusion) -> None:
    values: dict[str, Value] = {}
    for predicate in exclusion.when:
        value = example(predicate)
        if predicate.fact in values:  # one fact of several values
            value = (str(values[predicate.fact]), str(value))
        values[predicate.fact] = value
    assert exclusion in exclusions_met(case(**values))
    assert set(exclusion.facts) == set(values)
    for code in values:
        left = {key: value for key, value in values.items() if key != code}
        assert exclusion not in exclusions_met(case(**left))


@given(cases(LAW))
def test_contradictions_are_found_again_and_cite_their_clause(facts: CaseFacts) -> None:
    found = exclusions_met(facts)
    assert found == exclusions_met(facts)
    assert all(one.clause and set(one.facts) <= set(facts.values) for one in found)


def test_first_words_are_not_later_than_today() -> None:
    assert [one.fact for one in not_lived_yet(case(born=date(2025, 11, 1), first_words_months=14))] == [
        "first_words_months"
    ]
    assert not_lived_yet(case(born=date(2025, 11, 1), first_words_months=12)) == ()
    assert not_lived_yet(CaseFacts(LAW, {"first_words_months": 100})) == (), "the age is not known"


# --- several specialists ----------------------------------------------------------------------------------------------
def seen(speciality: str, value: Value, fact: str = "learnability") -> Observation:
    return Observation(speciality=speciality, fact=fact, value=value, name="")


def test_the_first_owner_is_heard_and_of_one_speciality_the_latest() -> None:
    assert merged(LAW, [seen("defectologist", "low"), seen("psychologist", "sufficient")]) == {"learnability": "low"}
    assert merged(LAW, [seen("psychologist", "sufficient"), seen("defectologist", "low")]) == {"learnability": "low"}
    twice = [seen("defectologist", "low"), seen("defectologist", "insufficient")]
    assert merged(LAW, twice) == {"learnability": "insufficient"}
    assert merged(LAW, [seen("other", "low"), seen("psychologist", "sufficient")]) == {"learnability": "sufficient"}
    anyones = [seen("psychologist", 1, "grade"), seen("doctor", 2, "grade")]
    assert merged(LAW, anyones) == {"grade": 2}, "it is nobody's own: the latest counts"


def test_an_observation_for_machines_names_no_author() -> None:
    told = Observation(speciality="doctor", fact="icd10", value=("F70",), name="Рощина В. В.").as_json()
    assert told == {"speciality": "doctor", "fact": "icd10", "value": ["F70"]}


# --- the programme under discussion ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("programme", "orientation", "category", "variant", "variant_code", "kind", "level"),
    [
        ("7.2", "", "delay", 2, "7.2", "variant", "primary"),
        ("7.2", "6.3", "delay", 2, "7.2", "variant", "primary"),
        ("aop_ooo", "6.3", "motor", 3, "6.3", "oriented", "basic"),
        ("aop_noo", "7.1", "delay", 1, "7.1", "oriented", "primary"),
        ("aop_soo", "", None, 0, "aop_soo", "oriented", "secondary"),
        ("aop_do_deaf", "", "deaf", 0, "aop_do_deaf", "preschool_adapted", "preschool"),
        ("oop_noo", "7.1", None, 0, "oop_noo", "ordinary", "primary"),
    ],
)
def test_a_programme_leads_to_its_category_and_an_oriented_one_to_that_of_its_code(
    programme: str,
    orientation: str,
    category: str | None,
    variant: int,
    variant_code: str,
    kind: str,
    level: str,
) -> None:
    facts = case().with_programme(programme, orientation)
    asked = ("programme", "category", "variant", "variant_code", "programme_kind", "programme_level")
    assert [facts.get(code) for code in asked] == [programme, category, variant, variant_code, kind, level]
    assert case().with_programme("aop_ooo", "6.3").with_programme("aop_ooo").get("category") is None
