"""Directions per specialist: by variant, by age, by finding; and templates that the page warns of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.regulations.directions.choosing import Direction, directions_for, template_of
from opora.regulations.directions.entries import CorrectionDirection
from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import definitions
from opora.regulations.special.entries import Audience
from opora.regulations.special.tests.strategies import cases, typed, values_of

LAW = edition("2025")
ON = date(2026, 11, 22)
SCHOOLCHILD, TODDLER = date(2018, 3, 1), date(2024, 8, 1)

# programme | facts | + recommended, ? possible, - not offered
EXAMPLES = """
1.2 | hearing=deaf speech_clarity=absent | +sur_speech +sur_written ?sur_perception ?sur_course_technique -tif_space
1.3 | hearing=deaf | ?sur_written
1.2 | hearing_device=implant implant_stage=running | +sur_launch +sur_perception
1.2 | hearing_device=implant implant_stage=finished | -sur_launch
2.2 | speech_understanding=poor | +sur_speech ?sur_area -def_area
3.2 | vision=blind compensation=insufficient | +tif_compensation +tif_space ?tif_course_touch -tif_course_vision
3.2 | vision=blind residual_vision=total | -tif_vision ?tif_emotions
4.2 | vision=low_vision orientation=helped expression=absent | +tif_space +tif_emotions
4.1 | vision=low_vision | +tif_vision ?tif_course_vision -tif_area
4.2 | vision=low_vision | +tif_vision ?tif_area -tif_course_touch
5.1 | speech=phonetic | +log_sounds ?log_phonemic ?log_course_pronunciation -log_area
5.2 | speech=general speech_level=2 | +log_grammar +log_dialogue ?log_area -psy_regulation
5.2 | speech=general reading_writing=severe speech_forms=stuttering, | +log_reading +log_stuttering
6.1 | motor=impaired hands=limited | +mot_general +def_space ?log_course_6 -psy_maladaptive
6.2 | motor=impaired | +mot_general ?def_area ?mot_course_6 ?psy_maladaptive
7.1 | frustration=refuses first_correction=контроль | +psy_frustration +psy_priority ?psy_regulation
7.1 | mood=yes endurance=low | ?psy_frustration +psy_capacity ?psy_priority
7.1 | delay=regulation adaptive_behaviour=unstable | +psy_regulation +psy_adaptive ?psy_capacity -def_area
7.2 | delay=cognitive learnability=insufficient | +psy_cognitive +def_transfer ?def_area ?psy_course_7
8.1 | autism=disorder | +psy_life +psy_contacts ?psy_course_8_behaviour -def_area
8.2 | autism=disorder | +psy_life ?def_life
8.3 | autism=disorder | +psy_life +def_life ?psy_course_8_cognition ?def_area
8.4 | autism=disorder | +psy_contacts +def_life_individual -psy_life -def_life -psy_course_8_cognition
1599.1 | intellect=mild knowledge_lag=gross | +psy_cognitive +def_gaps +def_world ?log_course_1599 ?def_area
1599.2 | intellect=severe | +def_life_individual -def_life ?def_course_1599_sensory
1599.2 | | ?def_course_1599_alternative -psy_course_1599
aop_do_speech | speech=general enters_school=yes | -log_reading +log_grammar +def_readiness ?def_preschool -log_area
aop_ooo | grade=7 behaviour=persistent | +psy_regulation +soc_teenager ?psy_teenager ?def_teenager
oop_noo | home_language=bilingual | ?log_environment -tut_individual
oop_noo | family_environment=deprived | +soc_family
none | self_service=absent | +soc_skills -tut_individual
7.1 | ready_for_peers=not_ready | +psy_peers ?psy_cognitive ?psy_adaptive -psy_life -psy_contacts
7.2 | reading_writing=impaired speech_components=sounds,phonemic | +log_sounds +log_phonemic +log_reading ?log_grammar
7.2 | delay=cognitive | ?log_course_7 ?oth_course_rhythm ?def_gaps ?def_transfer ?def_world ?def_space -def_readiness
7.1 | autism=features | +psy_contacts
8.1 | | ?psy_contacts ?soc_course_8 ?oth_course_rhythm_hearing -log_course_7 -psy_course_1599 -psy_course_7
5.1 | speech=general speech_forms=dysarthria, | +log_articulation ?log_course_speech ?log_course_rhythm
      ?log_course_individual ?log_sounds -log_stuttering -oth_course_rhythm -log_environment
6.1 | motor=impaired | ?psy_course_6 ?oth_course_communication ?def_space -mot_course_sight
6.1 | | ?mot_general
3.1 | vision=blind | +tif_senses ?tif_course_space ?tif_course_household ?tif_course_communication ?tif_course_residual
      ?mot_course_sight -psy_course_6
4.1 | vision=low_vision | ?tif_senses ?tif_compensation -tif_course_residual -tif_course_touch
1.2 | hearing=deaf | ?sur_course_pronunciation ?oth_course_rhythm_hearing ?sur_speech -tif_senses
1599.1 | intellect=mild | ?psy_course_1599 ?oth_course_rhythm_1599 ?soc_skills -def_course_1599_practical
1599.2 | intellect=severe | ?def_course_1599_practical ?def_course_1599_moving ?def_course_1599_classes ?psy_cognitive
      -log_course_1599 -oth_course_rhythm_1599
aop_ooo | grade=6 | ?soc_teenager ?tut_individual
aop_do_delay | knowledge_lag=marked | +def_preschool +def_world ?tut_individual
oop_noo | | -psy_peers -psy_adaptive -psy_cognitive -psy_teenager -psy_course_6 -log_sounds -log_phonemic -log_grammar
      -log_dialogue -log_articulation -log_environment -log_course_pronunciation -log_course_speech -log_course_rhythm
      -log_course_individual -log_course_6 -log_course_1599 -def_world -def_preschool -def_teenager -def_life_individual
      -def_course_1599_sensory -def_course_1599_alternative -def_course_1599_moving -def_course_1599_classes -sur_speech
      -sur_area -sur_course_technique -sur_course_pronunciation -tif_compensation -tif_course_space
      -tif_course_household -tif_course_communication -soc_family -soc_skills -soc_teenager -soc_course_8 -mot_general
      -mot_course_6 -oth_course_communication -oth_course_rhythm_hearing -psy_course_8_behaviour
early_help | autism=features early_conclusion=asynchronous, | +psy_early +psy_early_imitation +psy_early_contacts
      +psy_early_priority +def_early ?log_early -psy_early_implant -sur_early -sur_early_launch -tif_early_space
early_help | hearing=deaf hearing_device=implant implant_stage=running early_speech=below | +psy_early_implant
      +sur_early_launch +log_early -sur_early -psy_early_imitation -psy_early_contacts ?psy_early_priority
early_help | hearing=hard_of_hearing | +sur_early -sur_early_launch
early_help | motor=impaired | +def_early_motor +log_early_articulation -tif_early_secondary -tif_early_compensation
early_help | vision=blind | +tif_early_space +tif_early_secondary +tif_early_compensation -def_early_motor
      -log_early_articulation
early_help | vision=low_vision | ?tif_early_secondary
7.2 | | -psy_early -def_early -psy_early_priority -log_early
5.1 | | -psy_capacity -def_space -sur_perception -sur_written -tif_emotions
none | | -def_gaps
"""


def examples() -> list[tuple[str, dict[str, Any], list[str]]]:
    found = []
    for row in EXAMPLES.strip().replace("\n      ", " ").splitlines():
        programme, facts, codes = (part.strip() for part in row.split("|"))
        found.append((programme.replace("none", ""), typed(LAW, facts), codes.split()))
    return found


def offered(programme: str = "", born: date | None = SCHOOLCHILD, **values: Any) -> dict[str, Direction]:
    code, _, orientation = programme.partition(":")
    return {one.code: one for one in directions_for(CaseFacts(LAW, values, born, ON, code, orientation))}


@pytest.mark.parametrize(("programme", "facts", "codes"), examples())
def test_directions_fit_the_child_and_the_programme(programme: str, facts: dict[str, Any], codes: list[str]) -> None:
    found = offered(programme, TODDLER if programme == "early_help" else SCHOOLCHILD, **facts)
    wanted = {"+": "recommended", "?": "possible", "-": ""}
    for code in codes:
        assert (found[code[1:]].standing if code[1:] in found else "") == wanted[code[0]], code


def test_every_direction_that_asks_for_something_has_an_example_on_both_sides() -> None:
    signs: dict[str, set[bool]] = {}
    for _, _, codes in examples():
        for code in codes:
            signs.setdefault(code[1:], set()).add(code[0] != "-")
    asking = [one for one in LAW.entries("direction", CorrectionDirection) if one.audience or one.when or one.unless]
    assert [one.code for one in asking if len(signs.get(one.code, ())) < 2] == []


@pytest.mark.parametrize(
    ("programme", "place"),
    [
        ("7.1", "(во внеурочной деятельности)"),
        ("7.2", "(в рамках коррекционно-развивающей области программы)"),
        ("1599.1", "(в рамках коррекционно-развивающей области программы)"),
        ("8.4", "(в рамках коррекционно-развивающей области программы)"),
        ("aop_do_delay", "(с учетом возрастных возможностей и ограничений дошкольника)"),
        ("aop_ooo", "(силами специалистов организации или в сетевом взаимодействии)"),
        ("aop_ooo:7.1", "(силами специалистов организации или в сетевом взаимодействии)"),
        ("aop_noo:7.1", "(во внеурочной деятельности)"),
        ("aop_noo:7.2", "(в программе коррекционной работы)"),
        ("oop_noo", "(в рамках реализации ФГОС ОО)"),
    ],
)
def test_the_programme_says_where_the_work_is_done(programme: str, place: str) -> None:
    one = offered(programme, learnability="low")["def_transfer"]
    assert one.text.endswith(place)
    assert one.reasons[-1].text == f"Место работы: {place[1:-1]}"
    assert "письмо" in one.reasons[-1].clause


def test_early_age_has_the_wording_of_the_letter_with_the_age_of_the_child() -> None:
    found = offered("early_help", TODDLER, autism="features", early_speech="below")
    text = found["def_early"].text
    assert text.startswith("Коррекционно-развивающая работа с учителем-дефектологом или педагогом-психологом")
    assert "[указать: какого] возраста" in text
    assert "(2\u00a0года\u00a03\u00a0мес.)" in text
    assert found["psy_early_imitation"].recommended
    assert found["log_early"].recommended
    assert not [code for code in found if "early" not in code]


def test_courses_named_from_memory_are_never_shown_as_law() -> None:
    recalled = [one for one in LAW.entries("direction", CorrectionDirection) if one.recalled]
    assert len(recalled) == 32
    for one in recalled:
        assert not one.is_law
        assert "сверить с официальным текстом" in one.note
        assert one.source == "act"
    course = offered("5.2")["log_course_pronunciation"]
    assert course.as_json()["law"] is False
    assert not course.reasons[0].is_law


def test_specialists_stand_in_the_order_of_the_form_with_the_recommended_first() -> None:
    specialists = [choice.code for choice in LAW.vocabulary("direction_specialist").choices]
    found = list(offered("7.2", speech="general", delay="cognitive", hearing="hard_of_hearing").values())
    keys = [(specialists.index(one.specialist), not one.recommended) for one in found]
    assert keys == sorted(keys)
    assert {one.specialist for one in LAW.entries("direction", CorrectionDirection)} <= set(specialists)


def case(**values: Any) -> CaseFacts:
    return CaseFacts(LAW, values, SCHOOLCHILD, ON, "7.2")


def test_untouched_catalogue_is_a_template() -> None:
    facts = case(delay="cognitive")
    psychologist = [one.text for one in directions_for(facts) if one.specialist == "psychologist"][:2]
    said = template_of(facts, {"psychologist": "\n".join(psychologist)})
    assert said is not None
    assert said.code == "template_untouched"
    assert "шаблонные" in said.clause


def test_one_place_left_open_is_named() -> None:
    facts = case(delay="cognitive")
    text = "развитие слухоречевой памяти: два шага\nкоррекция звукопроизношения: [указать: каких звуков]"
    said = template_of(facts, {"speech_therapist": text})
    assert said is not None
    assert said.code == "template_blank"
    assert "коррекция звукопроизношения" in said.text


def test_everything_ticked_is_a_template_even_when_filled_in() -> None:
    facts = case(delay="cognitive", speech="general")
    chosen: dict[str, str] = {}
    for one in directions_for(facts):
        text = one.text.replace("[указать", "у Миши это [").split("[")[0] + "свои слова"
        chosen[one.specialist] = chosen.get(one.specialist, "") + text + "\n"
    said = template_of(facts, chosen)
    assert said is not None
    assert said.code == "template_everything"


def test_work_for_every_specialist_of_the_list_is_a_template() -> None:
    everybody = {choice.code: "своё" for choice in LAW.vocabulary("direction_specialist").choices}
    said = template_of(case(), everybody)
    assert said is not None
    assert said.code == "template_everything"


def test_individual_directions_are_no_template_and_empty_ones_are_not_judged() -> None:
    facts = case(delay="cognitive")
    assert (
        template_of(facts, {"psychologist": "развитие слухоречевой памяти: удержание инструкции из двух шагов"}) is None
    )
    assert template_of(facts, {}) is None
    assert template_of(facts, {"psychologist": " \n "}) is None


@settings(max_examples=120, deadline=None)
@given(cases(LAW))
def test_directions_are_deterministic_and_cite_what_is_known(facts: CaseFacts) -> None:
    found = directions_for(facts)
    assert found == directions_for(
        CaseFacts(LAW, dict(facts.values), facts.born, facts.on, facts.programme, facts.orientation)
    )
    for one in found:
        assert one.clause
        assert "{" not in one.text
        assert ("[указать" in one.text) == bool(one.individual)
        for reason in one.reasons:
            assert reason.clause
            assert reason.text
            assert all(facts.get(code) is not None for code in reason.facts)


@settings(max_examples=120, deadline=None)
@given(cases(LAW), st.data())
def test_adding_an_unrelated_fact_never_removes_a_direction(facts: CaseFacts, data: st.DataObject) -> None:
    unknown = [one for one in definitions(LAW) if one.code not in facts.values]
    new = data.draw(st.sampled_from(unknown or definitions(LAW)))
    more = {**facts.values, new.code: data.draw(values_of(new))}
    left = {
        one.code
        for one in directions_for(CaseFacts(LAW, more, facts.born, facts.on, facts.programme, facts.orientation))
    }
    for one in directions_for(facts):
        entry = LAW.entry("direction", CorrectionDirection, one.code)
        named = [LAW.entry("audience", Audience, code) for code in (*entry.audience, "early")]
        asked = {predicate.fact for who in named for predicate in who.when}
        asked |= {predicate.fact for predicate in (*entry.when, *entry.unless)}
        assert one.code in left or new.code in asked, one.code


@settings(max_examples=60, deadline=None)
@given(
    cases(LAW), st.dictionaries(st.sampled_from(["psychologist", "speech_therapist", "tutor"]), st.text(max_size=200))
)
def test_any_text_may_be_judged(facts: CaseFacts, chosen: dict[str, str]) -> None:
    said = template_of(facts, chosen)
    assert said is None or said.clause
