"""Contradictions, notes and questions: each row is met, each mistake in the file is refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from opora.regulations import assembling
from opora.regulations.advice.compiling import DERIVED
from opora.regulations.advice.tests.cases import DAY, LAW, OF_PARTS, RULES, of
from opora.regulations.edition import EDITIONS_DIR
from opora.regulations.loading import RegulationError

ABSENT = {"examined_in_home_language", "acuity", "grade", "motor", "autism", "vision", "psychiatrist_opinion"}
"""Facts that a contradiction rests on by their absence."""
UNEXAMINED = "home_language=other examined_in_home_language=no delay=cognitive"
SECONDARY_TO_NOTHING = "speech_origin=secondary hearing=norm intellect=norm delay=none"


@pytest.mark.parametrize(
    ("facts", "born", "programme", "code", "severity"),
    [
        ("intellect=mild psychiatrist_opinion=absent", None, "", "uo_without_psychiatrist", "warning"),
        ("intellect=mild icd10=F83", None, "", "uo_without_code", "warning"),
        ("intellect=norm icd10=F70.0", None, "", "code_not_mild", "warning"),
        ("intellect=mild icd10=F71", None, "", "code_not_moderate", "warning"),
        ("intellect=moderate icd10=F72", None, "", "code_not_severe", "warning"),
        ("intellect=severe icd10=F73", None, "", "code_not_profound", "warning"),
        ("hearing=norm icd10=H90.3", None, "", "code_hearing_norm", "warning"),
        ("hearing=deaf icd10=F84.0", None, "", "hearing_without_code", "attention"),
        ("vision=norm icd10=H54.2", None, "", "code_vision_norm", "warning"),
        ("motor=norm icd10=G80.1", None, "", "code_motor_norm", "warning"),
        ("speech=norm icd10=F80.1", None, "", "code_speech_norm", "warning"),
        ("reading_writing=norm icd10=F81", None, "", "code_reading_norm", "attention"),
        ("delay=none icd10=F83", None, "", "code_delay_none", "attention"),
        ("autism=none icd10=F84.0", None, "", "code_autism_none", "warning"),
        ("autism=disorder icd10=F83", None, "", "autism_without_code", "warning"),
        ("autism=disorder psychiatrist_opinion=absent", None, "", "autism_without_psychiatrist", "warning"),
        ("motor=impaired medical_opinion=absent", None, "", "leading_without_medical_opinion", "warning"),
        ("hearing=deaf audiology=none", None, "", "audiology_absent", "warning"),
        ("audiology=differs", None, "", "audiology_differs", "warning"),
        (UNEXAMINED, None, "", "language_not_examined", "warning"),
        ("home_language=bilingual speech=general", None, "", "language_examination_unknown", "attention"),
        ("intellect=mild development=near_norm", None, "", "uo_development_norm", "warning"),
        ("intellect=mild learnability=sufficient", None, "", "uo_learnability_sufficient", "warning"),
        ("intellect=mild delay=cognitive", None, "", "uo_and_delay", "warning"),
        ("intellect=norm learnability=low", None, "", "norm_learnability_low", "attention"),
        ("development=norm knowledge_lag=gross", None, "", "norm_lag_gross", "attention"),
        ("intellect=norm development=far_below", None, "", "norm_development_far_below", "attention"),
        ("intellect=below_norm delay=none", None, "", "delay_none_below_norm", "attention"),
        ("complex=yes intellect=norm", None, "", "complex_without_uo", "attention"),
        (SECONDARY_TO_NOTHING, None, "", "speech_secondary_to_nothing", "attention"),
        ("speech=norm speech_level=2", None, "", "speech_norm_level", "attention"),
        ("motor=norm gmfcs=4", None, "", "motor_norm_gmfcs", "attention"),
        ("motor=impaired gmfcs=5 intellect=severe", None, "", "motor_is_not_intellect", "attention"),
        ("vision=reduced level=primary", None, "4.1", "low_vision_by_reduction", "warning"),
        ("vision=low_vision", None, "", "low_vision_without_acuity", "attention"),
        ("delay=cognitive", date(2022, 1, 1), "7.2", "school_code_for_preschooler", "warning"),
        ("hearing=deaf", date(2025, 1, 1), "1.2", "school_code_in_early_age", "warning"),
        ("level=primary enters_school=no", None, "", "school_level_not_entering", "warning"),
        ("level=preschool grade=1", None, "", "preschool_level_pupil", "warning"),
        ("level=early", date(2022, 1, 1), "", "early_level_older", "attention"),
        ("intellect=severe", date(2025, 1, 1), "", "early_hard_diagnosis", "warning"),
    ],
)  # fmt: skip
def test_contradiction_is_told_and_goes_with_its_cause(
    facts: str, born: date | None, programme: str, code: str, severity: str
) -> None:
    told = {one.code: one for one in of(facts, born, programme).contradictions}
    assert told[code].severity == severity
    assert told[code].clause
    assert set(told[code].facts) - DERIVED <= {word.split("=")[0] for word in facts.split()} | ABSENT


@pytest.mark.parametrize(
    ("facts", "absent"),
    [
        ("intellect=mild psychiatrist_opinion=present icd10=F70.0", "uo_without_code"),
        ("intellect=mild psychiatrist_opinion=present", "uo_without_psychiatrist"),
        ("hearing=deaf icd10=H90.3", "hearing_without_code"),
        ("autism=disorder icd10=F84.0", "autism_without_code"),
        ("home_language=other examined_in_home_language=yes delay=cognitive", "language_not_examined"),
        ("home_language=other examined_in_home_language=no speech=norm delay=none", "language_not_examined"),
        ("home_language=bilingual hearing=deaf", "language_examination_unknown"),
        ("vision=low_vision acuity=0.1", "low_vision_without_acuity"),
        ("vision=low_vision", "low_vision_by_reduction"),
        ("motor=impaired gmfcs=5 intellect=severe psychiatrist_opinion=present", "motor_is_not_intellect"),
        (SECONDARY_TO_NOTHING + " motor=impaired", "speech_secondary_to_nothing"),
        ("level=primary enters_school=no grade=2", "school_level_not_entering"),
    ],
)  # fmt: skip
def test_agreeing_facts_raise_no_contradiction(facts: str, absent: str) -> None:
    assert absent not in {one.code for one in of(facts).contradictions}


@pytest.mark.parametrize(
    ("facts", "born", "note"),
    [
        ("level=primary autism=disorder", None, "autism_trial_period"),
        ("autism=disorder grade=2 attainment=partly", None, "autism_one_subject"),
        ("autism=features", None, "autism_features"),
        ("mood=yes", None, "mood_changes_nothing"),
        ("behaviour=persistent", None, "behaviour_is_regime"),
        ("vision=reduced", None, "reduced_vision"),
        ("family_environment=deprived", None, "deprived_family"),
        ("hearing=deaf hearing_device=implant level=primary", None, "implant_may_change"),
        ("speech=norm speech_forms=stuttering_severe", None, "severe_stuttering_year"),
        ("hearing=hard_of_hearing intellect=severe", None, "no_code_hearing_uo"),
        ("vision=low_vision intellect=moderate", None, "no_code_vision_uo"),
        ("hearing=deaf vision=blind", None, "deaf_blind"),
        ("hearing=deaf vision=blind", None, "second_programme"),
        ("grade=0 enters_school=yes delay=regulation", None, "variant_before_school"),
        ("speech=general", date(2022, 1, 1), "preschool_group"),
        ("speech=general", date(2022, 1, 1), "preschool_before_school"),
        ("speech=general", date(2022, 1, 1), "preschool_names_are_practice"),
        ("hearing=deaf", date(2025, 1, 1), "early_programme_is_practice"),
        ("early_conclusion=total", date(2025, 1, 1), "early_in_terms_of_delay"),
        ("speech=phonetic grade=1", None, "sounds_dynamics"),
        ("speech=general speech_forms=alalia learnability=low", None, "alalia_or_retardation"),
        ("hearing=deaf autism=disorder", None, "hearing_looks_alike"),
        ("memory=narrowed intellect=mild", None, "narrow_memory"),
        ("home_language=other development=below_norm", None, "other_culture"),
        ("speech_origin=secondary", date(2024, 6, 1), "early_origin"),
        ("articulation=innervation", date(2024, 6, 1), "early_medical"),
        ("movement=alone eats_alone=yes manageable=tone", date(2024, 6, 1), "early_group"),
        ("eats_alone=no", date(2024, 6, 1), "early_assistant"),
        ("hearing=deaf", date(2025, 1, 1), "early_hearing"),
        ("vision=blind", date(2025, 1, 1), "early_vision"),
        ("motor=impaired", date(2025, 1, 1), "early_motor"),
        ("autism=features", date(2025, 1, 1), "early_autism"),
        ("motor=impaired", date(2025, 1, 1), "early_medical"),
        ("level=basic delay=cognitive", None, "basic_by_orientation"),
        ("level=basic intellect=mild", None, "uo_above_primary"),
    ],
)
def test_note_is_told(facts: str, born: date | None, note: str) -> None:
    assert note in {one.code for one in of(facts, born).notes}


@pytest.mark.parametrize(
    ("facts", "born", "absent"),
    [
        ("movement=alone eats_alone=yes", date(2024, 6, 1), "early_group"),
        ("movement=alone self_service=partly manageable=tone", date(2024, 6, 1), "early_group"),
        ("movement=alone self_service=formed eats_alone=no manageable=tone", date(2024, 6, 1), "early_group"),
        ("level=basic autism=disorder", None, "autism_trial_period"),
        ("level=secondary delay=cognitive", None, "basic_by_orientation"),
        ("memory=narrowed intellect=norm", None, "narrow_memory"),
        ("home_language=other speech=norm", None, "other_culture"),
        ("motor=impaired disability=yes", date(2025, 1, 1), "early_medical"),
    ],
)
def test_note_is_not_told(facts: str, born: date | None, absent: str) -> None:
    assert absent not in {one.code for one in of(facts, born).notes}


def test_every_contradiction_and_note_is_met_by_an_example() -> None:
    """A row that no test reaches is a row that nobody has seen working."""
    marks = {
        mark.args[1][i][j]
        for test, j in ((test_contradiction_is_told_and_goes_with_its_cause, 3), (test_note_is_told, 2))
        for mark in test.pytestmark  # type: ignore[attr-defined]
        for i in range(len(mark.args[1]))
    }
    assert {one.row.code for one in (*RULES.contradictions, *RULES.notes)} <= marks


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('role = "ground"', 'role = "grond"', "did you mean 'ground'"),
        ('when = ["hearing = deaf"]', 'when = ["hearing = daef"]', "the fact has no value 'daef'"),
        ('when = ["hearing = deaf"]', 'when = ["hering = deaf"]', "did you mean 'hearing'"),
        ('programmes = ["1.1"]', 'programmes = ["1.9"]', "there is no programme '1.9'"),
        ('categories = ["deaf"]', 'categories = ["def"]', "unknown value 'def'"),
        ('severity = "warning"', 'severity = "wrong"', "unknown value 'wrong'"),
        ('otherwise = "Слухопротезирования', 'othrwise = "Слухопротезирования', "is 'othrwise' meant for it"),
        ('projection = "codes"', 'projection = "code"', "did you mean 'codes'"),
    ],
)
def test_planted_mistake_is_refused_by_file_and_line(tmp_path: Path, before: str, after: str, told: str) -> None:
    shutil.copytree(EDITIONS_DIR, tmp_path / "editions")
    path = tmp_path / "editions" / "2016" / "advice.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    with pytest.raises(RegulationError, match=r"2016/advice\.toml:") as refusal:
        assembling.assemble(tmp_path / "editions", "2016", DAY)
    assert told in str(refusal.value)
    assert abs(int(str(refusal.value).split("advice.toml:")[1].split(":")[0]) - line) <= 6  # the row or its key


def test_every_fact_that_a_candidate_may_hang_on_has_its_question() -> None:
    rows = [row for row in OF_PARTS if row.asks]
    hanging = {one.fact for row in rows for one in (*row.when, *row.any_of)} - DERIVED
    before = {one.fact for code in hanging for one in RULES.asked_when[code]} - DERIVED
    assert hanging | before <= set(RULES.questions)
    assert all(LAW.programme(code) for code in RULES.preschool.values())
