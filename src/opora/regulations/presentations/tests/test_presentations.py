"""The characteristic 2.6 and the presentations 2.9: every choice of the letter is there, sentences go in and out."""

from __future__ import annotations

from datetime import date, time

import pytest

from opora.regulations.edition import edition
from opora.regulations.presentations import reading
from opora.regulations.presentations.checking import Draft, lacks
from opora.regulations.presentations.entries import STAGES, PresentationChoice, PresentationSection

LAW = edition("2016")
# Choices of wording of 2.6 as the letter lists them: how many there are to choose from.
OF_THE_LETTER = {
    "c_readiness_level": 3, "c_dynamics": 4, "c_maths_entry": 3, "c_reading_entry": 3, "c_reading_errors": 5,
    "c_reading_slips": 10, "c_reading_sense": 2, "c_writing_hand": 2, "c_writing_entry": 3, "c_writing_troubles": 4,
    "c_writing_impaired": 2, "c_cause": 4, "c_help_kinds": 3, "c_help_effect": 2, "c_discipline_kinds": 5,
    "c_since_kinds": 3, "c_company_kinds": 3, "c_capacity_kinds": 4, "c_dysfunction_kinds": 5, "c_peers_kinds": 3,
    "c_correction_kinds": 2, "c_family_kinds": 4, "c_problems_kinds": 3, "c_motor_kinds": 3, "c_speech_kinds": 5,
    "c_lessons": 2, "c_play": 2, "c_toys": 6,
}  # fmt: skip
# Whole sentences of 2.6 and 2.9, letter for letter, as a boy's paper has them.
WORD_FOR_WORD = [
    "Нарушений учебной дисциплины практически нет.",
    "Нарушений учебной дисциплины нет, но ребенок не включается в учебное взаимодействие.",
    "Нарушает учебную дисциплину преимущественно из-за непонимания учебных норм (например, может встать, ходить по "
    "классу и т.п.).",
    "Не может правильно вести себя весь урок, мешает другим детям ненамеренно, поскольку очень активен.",
    "Специально мешает другим детям.",
    "не может запомнить буквы", "путает сходные по написанию буквы", "не может сливать в слоги",
    "ошибается при прочтении слогов со стечением согласных",
    "не может читать слова (или читает их побуквенно, не понимая смысла)",
    "перестановка слов в предложении или букв в словах", "смешение букв, сходных по начертанию",
    "понимание есть только при индивидуальной работе, в классе самостоятельно работать не может",
    "недостаточная (эффективность помощи неравномерна, в некоторых видах деятельности или заданиях помощь не дает "
    "результата)",
    "низкая (помощь малоэффективна, ребенок быстро все забывает)",
    "высокий темп деятельности с недостаточным вниманием к качеству", "неразличение правой и левой сторон",
    "недостатки усвоения учебного материала предположительно связывались с плохим посещением занятий",
    "предлагает сам игру и стремится быть понятым сверстниками",
    "грызет ногти или совершает другие стереотипные действия",
]  # fmt: skip


def choice(code: str) -> PresentationChoice:
    return LAW.entry("presentation_choice", PresentationChoice, code)


def keys(code: str, *wordings: str) -> list[str]:
    return [f"{code}.{one}" for one in wordings]


def test_every_choice_of_wording_of_the_characteristic_is_there() -> None:
    mine = {
        one.code: len(one.wordings)
        for one in LAW.entries("presentation_choice", PresentationChoice)
        if one.code.startswith("c_") and one.source == "letter"
    }
    assert mine == OF_THE_LETTER
    assert sum(mine.values()) == 100


@pytest.mark.parametrize("sentence", WORD_FOR_WORD)
def test_a_wording_stands_letter_for_letter(sentence: str) -> None:
    every = {
        reading.gendered(text, "male")
        for one in LAW.entries("presentation_choice", PresentationChoice)
        for text in one.wordings.values()
    }
    assert sentence in {text.replace("\u00a0", " ") for text in every}


def test_sections_differ_by_age_and_each_names_its_clause() -> None:
    by_stage = {stage: {one.code for one in reading.sections(LAW, "characteristic", stage)} for stage in STAGES}
    assert {"c_maths", "c_reading", "c_writing", "c_readiness"} <= by_stage["primary"]
    assert not {"c_maths", "c_marks"} & by_stage["preschool"]
    assert {"c_since", "c_marks", "c_conflicts", "c_errors"} <= by_stage["teenager"]
    assert {"c_capacity", "c_dysfunctions", "c_strengths", "c_wishes"} <= set.intersection(*by_stage.values())
    assert all("2.6" in one.clause for one in reading.sections(LAW, "characteristic", "primary"))


def test_what_the_letter_does_not_set_out_is_marked_as_practice() -> None:
    for kind in ("defectologist", "social_pedagogue"):
        assert not any(one.is_law for one in reading.sections(LAW, kind, "primary") if not one.code.endswith("methods"))
    assert reading.kind(LAW, "defectologist").note


def test_examinations_need_consent_and_observation_does_not() -> None:
    needs = {one.code for one in reading.kinds(LAW) if one.needs_consent}
    assert needs == {"psychologist", "speech_therapist", "defectologist", "social_pedagogue"}
    assert [one.code for one in reading.kinds(LAW) if one.to_parent] == ["characteristic"]
    assert "педагогическое наблюдение" in reading.kind(LAW, "characteristic").consent_clause


def test_ticking_makes_one_sentence_and_unticking_takes_it_out() -> None:
    slips = [choice("c_reading_slips")]
    one, two = keys("c_reading_slips", "omissions"), keys("c_reading_slips", "omissions", "slow")
    text = reading.composed("Читает по слогам.", slips, [], one, "male")
    assert text == "Читает по слогам. Читает, но допускает следующие ошибки: пропуски."
    text = reading.composed(text, slips, one, two, "male")
    assert text.endswith("следующие ошибки: пропуски, медленный темп чтения.")
    assert reading.composed(text, slips, two, [], "male") == "Читает по слогам."


def test_a_sentence_edited_by_hand_is_never_touched() -> None:
    slips = [choice("c_reading_slips")]
    one, two = keys("c_reading_slips", "omissions"), keys("c_reading_slips", "omissions", "slow")
    edited = "Читает, но допускает редкие пропуски."
    assert reading.composed(edited, slips, one, [], "male") == edited
    more = reading.composed(edited, slips, one, two, "male")
    assert more == f"{edited} Читает, но допускает следующие ошибки: медленный темп чтения."


def test_a_girl_is_written_of_as_a_girl() -> None:
    entry = [choice("c_maths_entry")]
    assert reading.composed("", entry, [], keys("c_maths_entry", "digits"), "female").startswith("Пришла в школу, зная")
    assert reading.sentences(choice("c_peers_kinds"), {"pugnacious"}, "female") == (
        "В коллективе сверстников драчлива.",
    )


def test_of_a_choice_of_one_the_newest_stays_and_unknown_codes_go() -> None:
    hand = [choice("c_writing_hand")]
    right, left = keys("c_writing_hand", "right", "left")
    assert reading.settled(hand, [right], [right, left]) == (left,)
    assert reading.settled(hand, [left], [right, left, "c_writing_hand.third", "x.y"]) == (right,)


def test_every_tick_can_be_taken_back() -> None:
    for one in LAW.entries("presentation_choice", PresentationChoice):
        for code in one.wordings:
            ticked = reading.composed("Свой текст.", [one], [], [reading.key(one, code)], "female")
            assert ticked != "Свой текст."
            assert "{" not in ticked
            assert reading.composed(ticked, [one], [reading.key(one, code)], [], "female") == "Свой текст."


def full(kind: str, **other: object) -> Draft:
    texts = {one.code: "Написано." for one in reading.sections(LAW, kind, "primary") if not one.known}
    given = {
        "purpose": "consilium", "examined_on": date(2026, 11, 20), "time_from": time(10), "time_to": time(11),
        "third_person": "nobody", "texts": texts,
    }  # fmt: skip
    return Draft(kind=kind, stage="primary", **(given | other))  # type: ignore[arg-type]


def codes(draft: Draft) -> list[str]:
    return [one.reason.code for one in lacks(LAW, draft)]


def test_a_full_paper_lacks_nothing_and_each_lack_has_its_clause() -> None:
    assert codes(full("characteristic")) == []
    empty = Draft(kind="psychologist", stage="primary", has_consent=False)
    found = lacks(LAW, empty)
    assert [one.reason.code for one in found][:5] == [
        "no_consent", "no_purpose", "no_date", "no_time", "no_third_person",
    ]  # fmt: skip
    assert all(one.clause for one in found)
    assert [one.reason.code for one in found if one.blocks] == ["no_consent"]


def test_speech_conclusion_must_say_primary_or_secondary() -> None:
    assert codes(full("speech_therapist")) == ["no_primacy"]
    texts = dict(full("speech_therapist").texts) | {"s_conclusion": "ОНР III уровня, первичное недоразвитие."}
    assert codes(full("speech_therapist", texts=texts)) == []
    chosen = {"s_conclusion": ["s_primacy.comorbid"]}
    assert codes(full("speech_therapist", chosen=chosen)) == []


def test_blanks_and_carried_texts_are_told() -> None:
    texts = dict(full("characteristic").texts) | {"c_maths": "Счет в пределах [указать: до скольких]."}
    assert codes(full("characteristic", texts=texts)) == ["blank"]
    assert codes(full("characteristic", carried=frozenset({"c_maths"}))) == ["carried"]


@pytest.mark.parametrize(
    ("level", "born", "stage"),
    [
        ("preschool", date(2018, 1, 1), "preschool"), ("primary", date(2012, 1, 1), "primary"),
        ("basic", date(2020, 1, 1), "teenager"), ("none", date(2021, 1, 1), "preschool"),
        ("", date(2018, 1, 1), "primary"), ("", date(2014, 1, 1), "teenager"),
    ],
)  # fmt: skip
def test_stage_follows_the_level_then_the_age(level: str, born: date, stage: str) -> None:
    assert reading.stage_of(level, born, date(2026, 11, 21)) == stage


def test_section_codes_belong_to_one_kind() -> None:
    for one in LAW.entries("presentation_choice", PresentationChoice):
        assert LAW.entry("presentation_section", PresentationSection, one.section)
