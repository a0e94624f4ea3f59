"""Answers that do not go together."""

from __future__ import annotations

from .stories import FINE, Cases, Story, answers, facts

CASES: Cases = {
    "adapted_without_limitations": (
        [answers(has_limitations=False)],
        [FINE, answers(has_limitations=False, needs_conditions=False, programme_code="oop_noo")],
    ),
    "ordinary_with_limitations": ([answers(programme_code="oop_noo")], [FINE]),
    "limitations_without_conditions": ([answers(needs_conditions=False)], [FINE]),
    "orientation_needless": (
        [answers(orientation="7.1")],
        [FINE, answers(programme_code="aop_ooo", orientation="7.1")],
    ),
    "same_second_programme": (
        [answers(second_programme_code="7.2")],
        [FINE, answers(second_programme_code="5.2")],
    ),
    "study_form_without_ground": (
        [answers(study_form="extramural")],
        [FINE, answers(study_form="extramural", study_form_grounds=["parents_wish"])],
    ),
    "regime_undescribed": (
        [answers(regime=["full_day", "other"])],
        [FINE, answers(regime=["other"], regime_detail="три дня в неделю")],
    ),
    "education_form_undescribed": (
        [answers(education_form=["mixed"])],
        [FINE, answers(education_form=["mixed"], education_form_detail="один день дистанционно")],
    ),
    "assistant_without_reason": (
        [answers(assistant_need="needed")],
        [FINE, answers(assistant_need="needed", assistant_reason="передвижение")],
    ),
    "tutor_without_reason": (
        [answers(tutor_need="needed")],
        [FINE, answers(tutor_need="needed", tutor_reason="удержать инструкцию")],
    ),
    "assistant_for_self_service": (
        [facts("1599.2", self_service="absent", psychiatrist_opinion="present")],
        [
            facts("1599.2", self_service="formed", psychiatrist_opinion="present"),
            facts("1599.2", self_service="absent", extra={"assistant_need": "needed"}),
            facts("7.2", self_service="absent"),
            facts("1599.2"),
        ],
    ),
    "individual_plan_with_individual_programme": (
        [facts("8.4")],
        [facts("8.4", extra={"individual_plan": True}), FINE],
    ),
    "individual_plan_with_short_regime": (
        [answers(regime=["short_day"])],
        [FINE, answers(regime=["short_day"], individual_plan=True)],
    ),
    "extracurricular_with_variant_1": (
        [facts("7.1")],
        [
            FINE,
            Story(answers={"programme_code": "7.1"}, texts={"direction_psychologist": "Во внеурочной деятельности: …"}),
            facts("1599.1"),
        ],
    ),
}  # fmt: skip
