"""A typed line is understood, conditions fit the programme, a code of a diagnosis is noticed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.duties.offering import (
    Line,
    conditions_by_kind,
    due_offered,
    duty_kinds,
    icd_codes_in,
    line_read,
)
from opora.regulations.edition import edition, edition_for

LAW = edition_for(date(2026, 11, 21))
KINDS = {one.code: one for one in duty_kinds(LAW)}


@pytest.mark.parametrize(
    ("typed", "kind", "speciality", "hours"),
    [
        ("Логопед — 2 часа в неделю", "lessons", "speech_therapist", "2"),
        ("занятия с педагогом-психологом, 1 раз в неделю", "lessons", "psychologist", "1"),
        ("Учитель-дефектолог 1,5 ч", "lessons", "defectologist", "1.5"),
        ("Социальный педагог: 0,5 ч", "lessons", "social_pedagogue", "0.5"),
        ("Коррекционные занятия 99 часов", "lessons", "", ""),
        ("Тьютор на период адаптации", "tutor", "", ""),
        ("услуги ассистента", "assistant", "", ""),
        ("Учебники с крупным шрифтом", "textbooks", "", ""),
        ("Пандус у входа", "access", "", ""),
        ("FM-система", "equipment", "", ""),
        ("Неполный день", "regime", "", ""),
        ("ГВЭ по русскому языку", "examination", "", ""),
        ("АООП НОО, вариант 7.2", "programme", "", ""),
        ("повторное обследование в мае", "reexamination", "", ""),
        ("что-то своё", "other", "", ""),
    ],
)
def test_a_line_tells_its_kind_its_specialist_and_its_hours(typed, kind, speciality, hours):
    assert line_read(LAW, typed) == Line(kind, typed, speciality, hours)


@given(st.text(max_size=300))
def test_any_line_has_a_kind(text):
    read = line_read(LAW, text)
    assert read.kind in KINDS
    assert read.text == " ".join(text.split())
    assert not read.hours or 0 < float(read.hours) <= 40


def test_conditions_fit_the_programme_and_each_has_one_kind():
    for programme in ("", "1.2", "5.1", "7.2", "8.3", "1599.1", "oop_noo"):
        found = conditions_by_kind(LAW, programme=programme, born=date(2017, 3, 1), on=date(2026, 11, 21))
        codes = [offer.code for one in found for offer in one.offers]
        assert len(codes) == len(set(codes)) > 5
        assert all("[указать" not in offer.text for one in found for offer in one.offers)
        assert all(len(offer.text) <= 1000 for one in found for offer in one.offers)
    texts = [offer.text for one in conditions_by_kind(LAW, programme="1.2") for offer in one.offers]
    assert "тьютор не нужен" not in texts


def test_a_day_never_comes_after_the_end_of_the_conclusion():
    brought = date(2026, 11, 21)
    assert due_offered(KINDS["lessons"], brought, None, None) == date(2026, 12, 5)
    assert due_offered(KINDS["equipment"], brought, None, date(2026, 12, 31)) == date(2026, 12, 31)
    assert due_offered(KINDS["reexamination"], brought, date(2027, 5, 20), None) == date(2027, 5, 20)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("F70", ("F70",)),
        ("диагноз (Н90,3) и F80.1", ("H90.3", "F80.1")),
        ("Г80 и Ф83", ("G80", "F83")),
        ("формат А4, ГОСТ Р52872, вариант 7.2, школа №Ф70, 2 ч", ()),
        ("", ()),
    ],
)
def test_a_code_of_a_diagnosis_is_noticed_in_both_alphabets(text, codes):
    assert icd_codes_in(text) == codes


@pytest.mark.parametrize("code", ["2016", "2025"])
def test_every_section_with_conditions_has_its_kind(code):
    law = edition(code)
    covered = {section for one in duty_kinds(law) for section in one.sections}
    assert covered >= {"programme", "regime", "architecture", "assistance", "equipment", "textbooks", "gia"}
    assert not law.term("conclusion_presentation").is_law, "recalled: to be compared with the official text"
