"""What is offered for whom: examples of each annex and of section 2, and properties that hold for any facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.regulations.edition import edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import definitions
from opora.regulations.special.entries import Audience, ConditionGroup, SpecialCondition
from opora.regulations.special.offering import Offer, conditions_for
from opora.regulations.special.tests.strategies import cases, typed, values_of

LAW = edition("2025")
ON = date(2026, 11, 22)


def offers(programme: str = "", born: date | None = None, law: Any = LAW, **values: Any) -> dict[str, Offer]:
    code, _, orientation = programme.partition(":")
    return {one.code: one for one in conditions_for(CaseFacts(law, values, born, ON, code, orientation))}


# programme | facts | + offered and recommended, ? offered as possible, - not offered
EXAMPLES = """
1.2 | hearing=deaf | +a42_deaf_semicircle +a42_deaf_lighting ?a42_deaf_audiometers -a42_hoh_noise
1.2 |  | ?a42_deaf_semicircle ?a42_deaf_fm_storage -a42_blind_cane
2.2 | hearing=hard_of_hearing hearing_device=aids | +a42_hoh_noise +a42_deaf_fm_storage +a41_hearing_sound
      -a42_deaf_semicircle
2.2 | speech_understanding=poor | +a41_hearing_sign ?a42_deaf_audiometers ?a42_deaf_projection
2.2 | audiology=differs | +s32_hearing_again
2.2 | audiology=agrees | -s32_hearing_again
aop_do_deaf | hearing=deaf | ?a41_hearing_sign -a41_hearing_timetable
3.1 | vision=blind | +a42_blind_supplies +s2_books_blind +s2_books_blind_audio ?a41_sight_guide_dog
      -a42_low_vision_optics -s2_books_variant_1
3.2 | vision=blind residual_vision=total | +a42_blind_relief ?a42_blind_orientation -a42_blind_relief_colour
      -a42_sight_light
      -s2_visual_load_1_2
3.2 | vision=blind orientation=helped | +a42_blind_orientation +a41_sight_assistant
3.2 | vision=blind residual_vision=light | +a42_blind_relief_colour +a42_sight_desk_place ?a42_blind_relief
4.1 | vision=low_vision grade=2 | +a42_low_vision_optics +s2_visual_load_1_2 +s2_books_low_vision
      -s2_visual_load_3_5 -s2_books_variant_1
4.2 | vision=low_vision grade=5 | +s2_visual_load_3_5 -s2_visual_load_1_2
4.2 | vision=low_vision grade=6 | -s2_visual_load_1_2 -s2_visual_load_3_5
5.1 | speech=general speech_level=3 | +s2_books_variant_1 +a3_speech_support ?a3_speech_class ?s34_speech_room
      -s34_speech_methods
      -s2_books_speech
5.1 | speech=phonetic_phonemic | +s34_speech_room
5.2 | speech=general speech_level=2 | -a3_speech_class +s34_speech_methods +s2_books_speech +s2_books_variant_2
      -s2_books_variant_1
6.1 | motor=impaired movement=devices | +a41_motor_access +a3_motor_place -a41_hearing_sign
6.2 | motor=impaired movement=devices | ?a3_motor_place -a3_autism_class_2
6.1 | motor=impaired movement=alone | +a3_motor_place ?a41_motor_access
6.3 |  | +s2_books_mild -s2_books_variant_1
7.1 | delay=regulation | +a5_delay_start +a5_delay_break +a3_delay_support ?a5_delay_no_harm -a5_autism_time
7.2 | reading_writing=severe | ?a3_delay_class -s2_books_speech
7.2 |  | ?a5_delay_form ?a5_delay_time -a5_delay_form_gia
8.2 | autism=disorder enters_school=yes | +a5_autism_individual +a3_autism_period +a3_autism_prolonged
      ?s2_autism_methods -s2_first_year_prolonged
8.2 | autism=disorder | ?a3_autism_class_2 -a3_autism_class_3 -a3_delay_class
8.3 | autism=features | +s2_interaction ?a42_interaction ?a3_autism_class_3 -a3_autism_class_2
8.4 | autism=disorder | -a3_autism_class_3 +a3_autism_dosed +s2_books_individual +s2_individual_programme
      -s2_books_variant_2
1599.1 |  | +s2_books_mild -s2_books_variant_1 -gia_extra_time
1599.2 |  | +s2_books_individual -s2_books_mild
7.1 | grade=9 level=basic | +gia_extra_time ?a5_delay_form_gia ?gia_form -a5_autism_time_gia
5.1 | grade=9 | +gia_extra_time ?a5_delay_time_gia -a5_delay_form
8.1 | grade=9 autism=disorder | +a5_autism_time_gia ?a5_delay_form_gia
8.3 | grade=9 | -a5_autism_time_gia -gia_extra_time -a5_delay_form_gia
aop_soo | grade=11 | +gia_extra_time ?gia_form -gia_two_exams
7.1 | grade=3 | -gia_extra_time -a5_delay_form_gia
aop_ooo:7.1 | grade=9 | +gia_extra_time ?a5_delay_form_gia -a3_delay_support -s2_books_variant_1
aop_ooo:6.3 | grade=9 | +s2_books_mild -gia_extra_time -a5_delay_form_gia
aop_ooo:6.4 | grade=6 | +s2_individual_programme +s2_books_individual
aop_ooo:6.1 | grade=6 | +a3_motor_place -a42_low_vision_place
aop_ooo:8.1 | grade=6 | +a3_autism_support -a3_autism_prolonged
aop_ooo:4.1 | grade=6 | ?a42_low_vision_place -a3_autism_support
aop_ooo | grade=6 | -a42_low_vision_place -a3_motor_place
aop_noo:7.2 | grade=3 | +s2_books_variant_2 -s2_books_variant_1
aop_noo:7.1 | grade=3 | +a3_delay_support +s2_books_variant_1
7.2 | self_service=partly | +s2_assistant_care ?s2_assistant_adaptation ?s2_assistant_parents
      -s2_assistant_not_needed
oop_ooo | grade=9 | ?gia_extra_time ?gia_extra_time_oral
oop_noo | behaviour=persistent disability=no | ?s2_assistant_behaviour +s2_short_day ?s2_part_time
      -s2_tutor_not_needed -s2_tutor
7.1 | self_service=formed movement=alone behaviour=ordered | +s2_assistant_not_needed +s2_full_day
      ?s2_short_day -s2_assistant_parents
6.4 | complex=yes | +s2_full_time ?s2_part_time ?s2_extramural ?s2_outside
7.2 |  | +s2_full_time +s2_protective_regime ?s2_individual_plan ?s2_tutor -s2_part_time -s2_outside
oop_noo |  | +s2_tutor_not_needed ?s2_protective_regime -s2_individual_plan
aop_do_speech |  | +s2_preschool_group ?s2_short_stay -a5_delay_form -s2_books_speech
aop_do_blind | vision=blind | +a41_sight_formats -a42_blind_cane -a41_sight_guide_dog -s2_visual_load_1_2
early_help | movement=helped | +s2_assistant_early ?s2_early_centres -s2_early_group -s2_assistant_care -s2_class_place
early_help | movement=alone eats_alone=yes manageable=tone | ?s2_early_group ?s2_assistant_early -s2_early_medical
early_help | eats_alone=no undiagnosed=генетическая | +s2_assistant_early +s2_early_suspicion -s2_early_group
early_help | movement=helped self_service=absent | +s2_assistant_early +s2_tutor_not_needed -s2_assistant_adaptation
      -pr_assistant_constant
      -s2_full_day -f216_clubs
early_help | articulation=defect, | +s2_early_medical -s2_early_suspicion
early_help | motor=impaired | +s2_early_medical
early_help | motor=impaired disability=yes | +s2_early_ipra -s2_early_medical
none | vision=low_vision | +a42_low_vision_place -a42_deaf_semicircle -s2_individual_plan
7.1 | vision=reduced | +s2_class_place +s2_books_variant_1 -a42_low_vision_optics
7.1 | vision=low_vision | +s2_books_low_vision -s2_books_variant_1
7.1 | health_limits=режим_дня | +s2_medical_control ?s2_day_off ?a42_doctors
7.1 | behaviour=ordered ready_for_peers=not_ready | +s2_short_day -s2_full_day ?s2_in_organisation
7.1 | family_environment=deprived | +f216_family ?a42_food
6.2 | motor=impaired hands=absent | +pr_motor_keyboard
6.2 | motor=impaired hands=free | ?pr_motor_seat -pr_motor_keyboard -pr_motor_lines
7.2 | enters_school=yes | ?s2_first_year_prolonged
3.2 | vision=blind | ?a41_sight_site ?a41_sight_timetable ?a42_sight_fixed_desk +a42_sight_desk_number +a42_blind_cane
      ?a42_blind_typewriter ?a42_blind_display ?a42_blind_sport +s33_sight_pace
4.2 | vision=low_vision | +a42_low_vision_supplies +a42_sight_light -a42_blind_supplies -a42_blind_typewriter
      -a42_blind_display -a42_blind_sport -s2_books_blind -s2_books_blind_audio -a42_sight_desk_place
1.2 | hearing=deaf hearing_device=aids | +a42_deaf_texts +a42_deaf_amplification ?a42_deaf_projection
      +a41_hearing_timetable +s2_books_hearing -a42_hoh_texts
2.2 | hearing=hard_of_hearing | +a42_hoh_texts ?a42_deaf_lighting +s2_books_hearing ?a41_hearing_sound -a42_deaf_texts
7.2 | delay=cognitive learnability=insufficient reading_writing=impaired | +a5_delay_setting +a5_delay_time
      +a5_delay_instruction_wording +a5_delay_instruction_steps +a5_delay_instruction_aloud ?a5_delay_task_text
      +a5_delay_help ?a5_delay_start ?a5_delay_break ?s2_remote ?s2_mixed ?s2_programme_conditions
      ?pr_tutor_half_year ?pr_tutor_year -pr_tutor_support
8.2 | autism=disorder | +a5_autism_setting +a5_autism_teacher +a5_autism_time ?a5_autism_tasks ?a5_autism_choice
      +pr_tutor_support -a5_delay_setting -a5_delay_time
8.1 | autism=disorder grade=3 | -a3_autism_period
7.2 | self_service=partly enters_school=yes | +pr_assistant_half_year ?pr_assistant_year ?pr_assistant_constant
7.2 | movement=helped | +pr_assistant_constant -pr_assistant_half_year
aop_ooo:3.1 | grade=9 vision=blind | +gia_assistant +gia_materials ?gia_place ?gia_interview ?gia_two_exams
aop_ooo:2.1 | grade=9 hearing=hard_of_hearing | +gia_interview ?gia_materials ?gia_assistant +gia_extra_time_oral
7.1 | grade=4 | -gia_form -gia_place -gia_assistant -gia_materials -gia_interview -gia_extra_time_oral
6.1 | motor=impaired hands=limited | +pr_motor_lines +pr_motor_keyboard
oop_noo |  | ?f216_clubs ?f216_family ?s2_day_off ?s2_medical_control ?s2_interaction -s2_books_hearing
      -s2_books_low_vision -a41_sight_site -a41_sight_timetable -a41_sight_assistant -a41_sight_formats
      -a41_hearing_sound -a42_deaf_audiometers -a42_deaf_amplification -a42_deaf_projection -a42_deaf_lighting
      -a42_hoh_texts -a42_sight_fixed_desk -a42_sight_desk_number -a42_low_vision_supplies
      -s33_sight_pace -a5_delay_start -a5_delay_instruction_wording
      -a5_delay_instruction_steps -a5_delay_instruction_aloud -a5_delay_task_text -a5_delay_help -a5_delay_break
      -a5_delay_no_harm -a5_autism_individual -a5_autism_setting -a5_autism_teacher -a5_autism_tasks -a5_autism_choice
      -s2_programme_conditions -s2_extramural -s2_short_stay -pr_motor_seat -pr_tutor_support
      -pr_tutor_half_year -pr_tutor_year -pr_assistant_half_year -pr_assistant_year -s2_assistant_behaviour
      -s2_preschool_group -s2_early_centres -s2_early_ipra -s2_autism_methods -a3_speech_support -a3_autism_dosed
      -a3_delay_class -a3_autism_class_3 -s2_books_individual -s2_individual_programme
1599.1 | grade=9 | -gia_form -gia_two_exams
none | enters_school=yes | ?s2_remote ?s2_mixed
7.2 | delay=cognitive | -a42_deaf_fm_storage -s2_assistant_early -a41_motor_access -s34_speech_room
      -a42_blind_orientation -a42_blind_relief
aop_do_delay |  | -s2_remote -s2_mixed
early_help |  | -s2_day_off
"""


def examples() -> list[tuple[str, dict[str, Any], list[str]]]:
    """The rows of the table; a line that begins with spaces goes on with the row above."""
    found = []
    for row in EXAMPLES.strip().replace("\n      ", " ").splitlines():
        programme, facts, codes = (part.strip() for part in row.split("|"))
        found.append((programme.replace("none", ""), typed(LAW, facts), codes.split()))
    return found


@pytest.mark.parametrize(("programme", "facts", "codes"), examples())
def test_offers_fit_the_child(programme: str, facts: dict[str, Any], codes: list[str]) -> None:
    found = offers(programme, **facts)
    wanted = {"+": "recommended", "?": "possible", "-": ""}
    for code in codes:
        standing = found[code[1:]].standing if code[1:] in found else ""
        assert standing == wanted[code[0]], code


def test_every_condition_that_asks_for_something_has_an_example_on_both_sides() -> None:
    signs: dict[str, set[bool]] = {}
    for _, _, codes in examples():
        for code in codes:
            signs.setdefault(code[1:], set()).add(code[0] != "-")
    asking = [
        one for one in LAW.entries("special_condition", SpecialCondition) if one.audience or one.when or one.unless
    ]
    assert [one.code for one in asking if len(signs.get(one.code, ())) < 2] == []


def test_times_of_the_state_examination_are_unknown_to_the_letter() -> None:
    assert "gia_extra_time" not in offers("7.1", law=edition("2016"), grade=9)
    assert "a5_delay_form_gia" in offers("7.1", law=edition("2016"), grade=9)


def test_what_practice_alone_knows_is_not_shown_as_law() -> None:
    found = offers("8.1", autism="disorder", grade=9, movement="helped")
    for code in ("pr_tutor_support", "gia_form", "pr_assistant_constant"):
        assert not found[code].is_law
        assert found[code].as_json()["law"] is False
        assert not any(reason.is_law for reason in found[code].reasons)
    assert found["gia_extra_time"].is_law


def test_list_made_for_delay_is_stretched_with_a_note_and_both_clauses() -> None:
    one = offers("5.1", grade=9)["a5_delay_time_gia"]
    assert one.section == one.field == "gia"
    assert not one.text.startswith("При текущей")
    assert "прил.\u00a05" in one.clause
    assert "разд.\u00a02" in one.clause
    assert "другие категории" in one.note


def test_an_offer_says_in_words_which_facts_it_rests_on() -> None:
    one = offers("4.2", vision="low_vision", grade=1)["s2_visual_load_1_2"]
    assert [reason.text for reason in one.reasons] == ["Класс: 1", "Зрение: слабовидящий"]
    assert one.as_json()["reasons"][1]["facts"] == ["vision"]
    assert one.group_title == "Режим обучения"
    assert offers("4.2")["a42_sight_desk_number"].reasons[0].text == "Категория по программе: слабовидящие"


def test_a_choice_is_set_and_a_text_inserted() -> None:
    found = offers("7.2", self_service="absent")
    assert not found["s2_full_time"].is_text
    assert found["s2_full_time"].answers == (("study_form", "full_time"),)
    assert found["s2_assistant_care"].is_text
    assert dict(found["s2_assistant_care"].answers) == {"assistant_need": "needed"}


def test_young_children_are_spared_the_conditions_of_school() -> None:
    found = offers("", born=date(2022, 5, 1), delay="cognitive", vision="blind")
    assert not [one for one in found.values() if one.code.startswith(("a5_", "a42_sight", "a42_blind", "s2_books"))]


@settings(max_examples=120, deadline=None)
@given(cases(LAW))
def test_offers_are_deterministic_and_every_one_cites_what_is_known(facts: CaseFacts) -> None:
    found = conditions_for(facts)
    assert found == conditions_for(
        CaseFacts(LAW, dict(facts.values), facts.born, facts.on, facts.programme, facts.orientation)
    )
    assert len({one.code for one in found}) == len(found)
    assert [one.recommended for one in found] == sorted((one.recommended for one in found), reverse=True)
    for one in found:
        assert one.clause
        assert one.text
        assert one.reasons
        for reason in one.reasons:
            assert reason.clause
            assert reason.text
            assert all(facts.get(code) is not None for code in reason.facts)


@settings(max_examples=120, deadline=None)
@given(cases(LAW))
def test_no_two_recommended_offers_answer_a_question_differently(facts: CaseFacts) -> None:
    chosen: dict[str, str] = {}
    several = {"regime", "education_form"}
    for one in conditions_for(facts):
        if one.recommended:
            for field, value in one.answers:
                assert field in several or chosen.setdefault(field, value) == value, one.code


def test_practice_gives_way_to_a_need_that_was_recorded() -> None:
    movement = {"self_service": "formed", "movement": "alone", "behaviour": "even", "level": "early"}
    calm = conditions_for(CaseFacts(LAW, movement))
    needy = conditions_for(CaseFacts(LAW, {**movement, "eats_alone": False}))

    assert [one.recommended for one in calm if one.code == "s2_assistant_not_needed"] == [True]
    assert [one.recommended for one in needy if one.code == "s2_assistant_not_needed"] == [False]


def _asked(code: str) -> set[str]:
    """Facts that decide whether a condition is offered."""
    base = code.removesuffix("_gia")
    one = LAW.entry("special_condition", SpecialCondition, base)
    group = LAW.entry("condition_group", ConditionGroup, "gia" if base != code else one.group)
    named = [*one.audience, *(["gia"] if base != code else [])]
    audience = [predicate for name in named for predicate in LAW.entry("audience", Audience, name).when]
    return {predicate.fact for predicate in (*audience, *one.when, *one.unless, *group.unless)}


@settings(max_examples=120, deadline=None)
@given(cases(LAW), st.data())
def test_adding_an_unrelated_fact_never_removes_an_offer(facts: CaseFacts, data: st.DataObject) -> None:
    new = data.draw(
        st.sampled_from([one for one in definitions(LAW) if one.code not in facts.values] or definitions(LAW))
    )
    more = {**facts.values, new.code: data.draw(values_of(new))}
    left = {
        one.code
        for one in conditions_for(CaseFacts(LAW, more, facts.born, facts.on, facts.programme, facts.orientation))
    }
    for one in conditions_for(facts):
        assert one.code in left or new.code in _asked(one.code), one.code
