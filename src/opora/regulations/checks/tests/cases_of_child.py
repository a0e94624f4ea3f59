"""The programme against the child: age, findings, advice, directions, term."""

from __future__ import annotations

from datetime import date

from opora.regulations.checks.reading import Said
from opora.regulations.checks.subject import Advised, Latest, OwnView

from .stories import AOOO, FINE, GRADE_9, GROWN, TEXTS, WHY, Cases, Story, facts, more, texts


def both(one: Said, other: Said) -> Story:
    """Two specialists recorded something."""
    return more(observations=(one, other))


CASES: Cases = {
    "school_code_before_school_age": (
        [facts("5.1", born=date(2022, 3, 1)), facts("1599.1", born=date(2022, 3, 1))],
        [facts("5.1"), facts("aop_do_speech", born=date(2022, 3, 1))],
    ),
    "school_code_not_entering": (
        [facts("5.1", born=date(2020, 6, 1), enters_school=False)],
        [
            facts("5.1", born=date(2020, 6, 1), enters_school=True),
            facts("5.1", born=date(2020, 6, 1)),
            facts("5.1", enters_school=False, grade=1),
        ],
    ),
    "preschool_after_eight": (
        [facts("aop_do_delay", born=date(2018, 11, 20))],
        [facts("aop_do_delay", born=date(2018, 11, 21)), facts("7.2", born=date(2016, 1, 1))],
    ),
    "early_help_after_three": (
        [facts("early_help", born=date(2022, 11, 20))],
        [facts("early_help", born=date(2024, 11, 20))],
    ),
    "primary_code_above_primary": (
        [facts("7.2", born=GROWN, grade=6)],
        [facts("7.2", born=GROWN, grade=5), facts("aop_ooo", born=GROWN, grade=6, extra=AOOO)],
    ),
    "level_above_class": (
        [facts("aop_ooo", grade=3, extra=AOOO)],
        [facts("aop_ooo", grade=4, extra=AOOO), facts("7.2", grade=3)],
    ),
    "level_above_age": (
        [facts("aop_ooo", extra=AOOO)],
        [facts("aop_ooo", born=GROWN, extra=AOOO), facts("7.2")],
    ),
    "severe_without_psychiatrist": (
        [facts("1599.1", psychiatrist_opinion="absent"), facts("8.3", psychiatrist_opinion="absent")],
        [
            facts("1599.1", psychiatrist_opinion="present"),
            facts("7.2", psychiatrist_opinion="absent"),
            facts("1.3", psychiatrist_opinion="absent", intellect="below_norm"),
        ],
    ),
    "severe_psychiatrist_unknown": (
        [facts("1599.1")],
        [facts("1599.1", psychiatrist_opinion="present"), FINE, facts("1.3", intellect="below_norm")],
    ),
    "medical_opinion_absent": (
        [facts("2.1", medical_opinion="absent"), facts("aop_do_autism", medical_opinion="absent")],
        [facts("2.1", medical_opinion="present"), facts("7.2", medical_opinion="absent")],
    ),
    "medical_opinion_unknown": ([facts("2.1")], [facts("2.1", medical_opinion="present"), FINE]),
    "low_vision_without_acuity": (
        [facts("4.2", vision="reduced")],
        [facts("4.2", vision="low_vision"), facts("4.2", vision="reduced", acuity=0.2), facts("7.2", vision="reduced")],
    ),
    "bilingual_unexamined": (
        [facts("5.1", home_language="other", examined_in_home_language=False)],
        [
            facts("5.1", home_language="other", examined_in_home_language=True),
            facts("5.1", home_language="russian"),
            facts("2.1", home_language="other", examined_in_home_language=False),
        ],
    ),
    "variant_not_advised": (
        [
            more(advised=Advised(frozenset({("5.1", ""), ("5.2", "")}))),
            Story(answers={"programme_code": "aop_ooo", "orientation": "7.2"},
                  more={"advised": Advised(frozenset({("aop_ooo", "7.1")}))}),
        ],
        [
            more(advised=Advised(frozenset({("7.2", "")}))),
            more(advised=Advised()),
            Story(answers={"programme_code": "aop_ooo", "orientation": "7.1"},
                  more={"advised": Advised(frozenset({("aop_ooo", "7.1")}))}),
        ],
    ),
    "variant_against": (
        [more(advised=Advised(frozenset({("7.2", "")}), against=(WHY,)))],
        [FINE, more(advised=Advised(frozenset({("5.1", "")}), against=(WHY,)))],
    ),
    "advice_contradiction": ([more(advised=Advised(contradictions=(WHY,)))], [FINE]),
    "facts_exclude": (
        [Story(facts={"hearing": "norm", "hearing_device": "aids"})],
        [Story(facts={"hearing": "deaf", "hearing_device": "aids"})],
    ),
    "observations_differ": (
        [
            both(Said("speech_therapist", "first_words_months", 12), Said("doctor", "first_words_months", 24)),
            both(Said("psychologist", "intellect", "norm"), Said("doctor", "intellect", "mild")),
            both(Said("defectologist", "mastery_doubt", True), Said("psychologist", "mastery_doubt", False)),
        ],
        [
            both(Said("speech_therapist", "first_words_months", 12), Said("doctor", "first_words_months", 14)),
            both(Said("psychologist", "intellect", "norm"), Said("doctor", "intellect", "norm")),
            both(Said("psychologist", "intellect", "norm"), Said("psychologist", "intellect", "mild")),
            more(observations=(Said("doctor", "icd10", ("F83",)), Said("psychologist", "icd10", ("F80",)))),
        ],
    ),
    "dissent_unrecorded": (
        [
            more(views=(OwnView("defectologist", "АООП НОО для обучающихся с ЗПР, вариант 7.1."),)),
            more(views=(OwnView("psychologist", "Рекомендую Пр. № 1599, вар. 1."),)),
        ],
        [
            more(views=(OwnView("defectologist", "АООП НОО для обучающихся с ЗПР, вариант 7.2."),)),
            more(views=(OwnView("defectologist", "Вариант 7.1.", has_opinion=True),)),
            more(views=(OwnView("psychologist", "Вариант 7.1 не рекомендуется."),)),
            more(views=(OwnView("psychologist", "Вариант 7.1 или 7.2."),)),
            more(views=(OwnView("speech_therapist", "Занятия по 5.1 часа, по программе; 7.1 балла."),)),
        ],
    ),
    "template_directions": ([more(template=WHY)], [FINE]),
    "same_directions": (
        [texts(direction_defectologist=TEXTS["direction_psychologist"].upper())],
        [FINE],
    ),
    "late_term": (
        [
            more(latest=(Latest(date(2027, 11, 20), "one_year", WHY),)),
            more(latest=(Latest(date(2031, 1, 1), "date", WHY), Latest(date(2030, 5, 30), "end_of_primary", WHY))),
        ],
        [
            FINE,
            more(latest=(Latest(date(2030, 5, 31), "end_of_primary", WHY),)),
            more(latest=(Latest(date(2027, 11, 20), "steady_difficulties", WHY, conditional=True),)),
            more(latest=(Latest(None, "on_request", WHY),)),
        ],
    ),
    "flexible_wording": (
        [more(latest=(Latest(date(2027, 11, 20), "steady_difficulties", WHY, conditional=True),))],
        [
            FINE,
            Story(answers={"reexamination_wording": "steady_difficulties"},
                  more={"latest": (Latest(None, "steady_difficulties", WHY, conditional=True),)}),
            more(latest=(Latest(date(2030, 6, 1), "steady_difficulties", WHY, conditional=True),)),
        ],
    ),
    "gia_asked_too_late": (
        [Story(answers={"programme_code": "aop_ooo", "orientation": "7.1", "term_on": "2028-01-01"},
               texts={"gia": "Увеличение времени"}, facts=GRADE_9, on=date(2027, 3, 1), born=GROWN)],
        [
            Story(answers={"programme_code": "aop_ooo", "orientation": "7.1", "term_on": "2028-01-01"},
                  texts={"gia": "Увеличение времени"}, facts=GRADE_9, on=date(2027, 2, 28), born=GROWN),
            Story(texts={"gia": "Увеличение времени"}, facts={"grade": 8}, on=date(2027, 3, 1), born=GROWN),
        ],
    ),
    "gia_without_attestation": (
        [Story(answers={"programme_code": "1599.1"}, texts={"gia": "Увеличение времени"}, born=GROWN)],
        [Story(answers={"programme_code": "1599.1"}, born=GROWN), texts(gia="Увеличение времени")],
    ),
    "gia_unanswered": (
        [facts("aop_ooo", born=GROWN, extra=AOOO, **GRADE_9)],
        [
            Story(answers={"programme_code": "aop_ooo", "orientation": "7.1"}, texts={"gia": "Увеличение времени"},
                  facts=GRADE_9, born=GROWN),
            facts("aop_ooo", born=GROWN, extra=AOOO, grade=8, level="basic"),
        ],
    ),
}  # fmt: skip
