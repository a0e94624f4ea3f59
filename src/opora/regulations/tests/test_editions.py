"""The editions: counts of the letter, a clause for every entry, refusals of planted mistakes."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from opora.regulations import assembling
from opora.regulations import edition as editions
from opora.regulations.edition import edition, edition_codes, edition_for
from opora.regulations.entries import PaperFacts
from opora.regulations.icd10 import icd10_is_wellformed, icd10_normalise
from opora.regulations.loading import RegulationError, typeset

VARIANTS = {"1": 4, "2": 3, "3": 4, "4": 3, "5": 2, "6": 4, "7": 2, "8": 4, "1599": 2}
CODES = [f"{digit}.{number}" for digit, count in VARIANTS.items() for number in range(1, count + 1)]


def test_both_editions_load_and_every_entry_has_a_clause_and_a_title() -> None:
    assert edition_codes() == ("2016", "2025")
    for code in edition_codes():
        entries = list(edition(code).everything)
        assert len(entries) > 300
        assert all(entry.clause and entry.title for entry in entries)
        assert all(item.clause and item.note for item in edition(code).unverified)


def test_letter_gives_twenty_eight_codes_in_nine_categories() -> None:
    law = edition("2016")
    assert len(CODES) == 28
    assert [variant.code for variant in law.variants] == CODES
    assert len(law.categories) == 9
    assert Counter(variant.category for variant in law.variants)["deaf"] == 4
    assert law.programme("1.1").title == "АООП НОО для глухих обучающихся, вариант 1.1"
    assert "Пр. №\u00a01599, вар.\u00a01" in law.programme("1599.1").title
    assert {v.code for v in law.variants if v.individual_programme} == {"1.4", "3.4", "6.4", "8.4", "1599.2"}


def test_ordinary_programmes_exist_for_each_level_of_the_letter() -> None:
    ordinary = [p for p in edition("2016").programmes if p.kind == "ordinary"]
    assert [p.level for p in ordinary] == ["preschool", "primary", "basic", "secondary"]


def test_oriented_wording_names_the_code_and_refuses_to_go_without_it() -> None:
    law = edition("2016")
    wording = law.programme_wording("aop_ooo", orientation="7.2", individual_plan=True)
    assert law.programme("aop_ooo").needs_orientation
    assert "на содержание ПрАООП (вариант 7.2) с учетом" in wording
    assert wording.endswith("по индивидуальному учебному плану")
    with pytest.raises(ValueError, match="needs the code"):
        law.programme_wording("aop_ooo")


def test_card_of_the_letter_has_eleven_lines_and_all_are_covered() -> None:
    law = edition("2016")
    assert {paper.card_item for paper in law.papers} - {0} == set(range(1, 12))
    obligatory = {paper.card_item for paper in law.papers if paper.card_item and paper.obligatory}
    assert obligatory == {1, 2, 7, 10, 11}
    assert [line.number for line in law.protocol_lines] == list(range(1, 11))


def test_papers_depend_on_the_child() -> None:
    law = edition("2016")

    def asked(**facts: bool) -> set[str]:
        return {paper.code for paper in law.parent_papers_for(PaperFacts(**facts))}

    everyone = asked()
    assert "medical_extract" in everyone
    assert not {"conclusion", "characteristic", "written_works", "authority_document"} & everyone
    assert asked(schoolchild=True, attends_organisation=True) - everyone == {
        "characteristic",
        "consilium_opinion",
        "written_works",
        "creative_works",
    }
    assert asked(preschooler=True) - everyone == {"creative_works"}
    assert asked(repeat=True) - everyone == {"previous_conclusion"}
    assert asked(not_a_parent=True) - everyone == {"authority_document"}
    assert asked(from_territorial=True) - everyone == {"previous_conclusion", "referral_territorial"}
    made = {paper.code for paper in law.papers_for(PaperFacts())} - everyone
    assert made == {"information_request", "specialist_protocols", "conclusion"}


def test_sheets_lead_to_the_sections_of_the_protocol() -> None:
    law = edition("2016")
    numbers = {speciality.code: law.sheet(speciality.code).protocol_number for speciality in law.specialities}
    assert numbers == {
        "defectologist": 9,
        "hearing_teacher": 9,
        "vision_teacher": 9,
        "speech_therapist": 10,
        "psychologist": 11,
        "social_pedagogue": 12,
        "doctor": 8,
        "other": 0,
    }
    for speciality in law.specialities:
        kinds = [section.kind for section in law.sheet(speciality.code).sections]
        assert kinds[-4:] == ["methods", "observations", "advice_teachers", "advice_parents"]
        assert {"data", "conclusion"} <= set(kinds)
    assert law.sheet("speech_therapist").section("speech_conclusion").hint == ("потребность в логопедической коррекции")
    assert [s.number for s in law.protocol_sections if s.number] == list(range(1, 13))


def test_conclusion_is_numbered_through_and_its_choices_exist() -> None:
    law = edition("2016")
    numbered = [section for section in law.conclusion_sections if section.number]
    assert [section.number for section in numbered] == list(range(1, 13))
    assert [section.code for section in numbered][:6] == [
        "programme",
        "study_form",
        "regime",
        "education_form",
        "architecture",
        "assistance",
    ]
    for section in law.conclusion_sections:
        assert section.fields
        for field in section.fields:
            if field.vocabulary:
                assert len(law.vocabulary(field.vocabulary).pairs) > 1
    assert not law.conclusion_section("features").on_school_copy


def test_terms_of_the_letter() -> None:
    law = edition("2016")
    assert (law.term("conclusion_copy").value, law.term("conclusion_copy").unit) == (5, "working_days")
    assert law.term("consent_withdrawal_stop").value == 10
    assert law.term("card_retention").value == 10
    assert law.term("visits_minimum").value == 2


def test_edition_is_chosen_by_the_day() -> None:
    assert edition_for(date(2025, 2, 28)).code == "2016"
    assert edition_for(date(2025, 3, 1)).code == "2025"
    with pytest.raises(LookupError):
        edition_for(date(2010, 1, 1))
    with pytest.raises(KeyError):
        edition("1999")


def test_dated_parameter_holds_only_from_its_day() -> None:
    assert not edition_for(date(2025, 8, 31)).paper("consent_child").note
    assert "отдельно" in edition_for(date(2025, 9, 1)).paper("consent_child").note
    assert "отдельно" in edition("2025").paper("consent_child").note


def test_unverified_parameter_inherits_and_is_listed() -> None:
    law = edition("2025")
    listed = {(item.table, item.code): item for item in law.unverified}
    assert listed["term", "conclusion_copy"].inherited
    assert law.term("conclusion_copy") == edition("2016").term("conclusion_copy")
    assert not listed["programme", "faop_ooo_7"].inherited
    with pytest.raises(KeyError):
        law.programme("faop_ooo_7")
    assert edition("2016").unverified == ()
    assert len(law.variants) == 28


def test_confirmed_value_replaces_the_inherited_one_and_leaves_the_list() -> None:
    law = edition("2025")
    settled = law.confirm("term", "conclusion_copy", value=3, clause="п. 22 Положения")
    assert settled.term("conclusion_copy").value == 3
    assert len(settled.unverified) == len(law.unverified) - 1
    assert law.term("conclusion_copy").value == 5
    with pytest.raises(ValueError, match="clause"):
        law.confirm("term", "conclusion_copy", value=3)


def test_icd10_list_and_form_of_a_code() -> None:
    law = edition("2016")
    assert len(law.icd10) >= 120
    assert all(icd10_is_wellformed(code) for code in law.icd10)
    assert law.icd10["F84.0"].title == "Детский аутизм"
    assert icd10_normalise(" f70,1 ") == "F70.1"
    assert icd10_normalise("Н90") == "H90"
    assert not icd10_is_wellformed("F7")
    assert not icd10_is_wellformed("F70.12345")
    assert law.icd10_search("ф84")[0].code == "F84"
    assert {code.code for code in law.icd10_search("нёба")} == {"Q35", "Q37"}
    assert law.icd10_search("  ") == ()


def test_typesetting_keeps_numbers_with_their_signs() -> None:
    assert typeset("прил. 2.3 — № 12") == "прил.\u00a02.3\u00a0— №\u00a012"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The editions in a folder where mistakes may be planted."""
    return Path(shutil.copytree(editions.EDITIONS_DIR, tmp_path / "editions"))


@pytest.mark.parametrize(
    ("file", "before", "after", "named"),
    [
        ("2016/papers.toml", "presence = ", "presense = ", ["2016/papers.toml:", "presense", "presence"]),
        ("2016/papers.toml", '"if_available"', '"if_availble"', ["2016/papers.toml:", "if_availble"]),
        ("2016/papers.toml", "[[paper]]", "[[papre]]", ["2016/papers.toml:4", "papre"]),
        ("2016/terms.toml", "value = 5", 'value = "5"', ["2016/terms.toml:6", "conclusion_copy", "value"]),
        ("2016/terms.toml", "value = 5", "value = ", ["2016/terms.toml", "line 6"]),
        (
            "2016/terms.toml",
            'clause = "письмо',
            'clausa = "письмо',
            ["2016/terms.toml:3", "clause", "clausa"],
        ),
        ("2016/programmes.toml", 'category = "deaf"', 'category = "daef"', ["2016/programmes.toml:", "daef"]),
        ("2016/programmes.toml", 'code = "1.2"', 'code = "1.1"', ["2016/programmes.toml:", "twice"]),
        ("2016/icd10.toml", '"F06" =', '"F6" =', ["2016/icd10.toml:", "F6"]),
        ("2025/terms.toml", "\nverified = false", "\nverifed = false", ["2025/terms.toml:3", "verifed"]),
        ("2025/terms.toml", "\nverified = false", "", ["2025/terms.toml:3", "whether it is verified"]),
        ("2025/programmes.toml", 'kind = "variant"', 'kynd = "variant"', ["2025/programmes.toml:", "kynd"]),
    ],
)
def test_planted_mistake_is_refused_by_file_line_and_key(
    copy: Path, file: str, before: str, after: str, named: list[str]
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RegulationError) as refusal:
        assembling.assemble(copy, "2025", date(2026, 1, 1))
    for word in named:
        assert word in str(refusal.value)


def test_stray_file_is_refused(copy: Path) -> None:
    (copy / "2016" / "paper.toml").write_text("", encoding="utf-8")
    with pytest.raises(RegulationError, match=r"2016/paper\.toml"):
        assembling.assemble(copy, "2016", date(2026, 1, 1))
