"""What must be there before anybody signs."""

from __future__ import annotations

from .stories import FINE, Cases, answers, said, state, texts

CASES: Cases = {
    "no_consent": ([state("no_consent")], [FINE]),
    "nobody_present": ([state("nobody_present")], [FINE]),
    "no_examination": ([state("no_examination")], [FINE]),
    "unfinished": ([state("unfinished")], [FINE]),
    "before_session": ([state("before_session")], [FINE]),
    "no_features": ([texts(main_features=" ")], [FINE]),
    "no_status": ([answers(has_limitations=None)], [FINE, answers(has_limitations=False)]),
    "no_need": ([answers(needs_conditions=None)], [FINE, answers(needs_conditions=False)]),
    "no_programme": ([answers(programme_code="")], [FINE]),
    "no_orientation": (
        [answers(programme_code="aop_ooo")],
        [answers(programme_code="aop_ooo", orientation="7.1"), FINE],
    ),
    "no_such_section": ([answers(programme_section="I")], [FINE]),
    "no_study_form": ([answers(study_form="")], [FINE, answers(study_form="", needs_conditions=False)]),
    "no_regime": ([answers(regime=[])], [FINE, answers(regime=[], needs_conditions=False)]),
    "no_education_form": ([answers(education_form=[])], [FINE]),
    "no_assistant_need": ([answers(assistant_need="")], [FINE]),
    "no_tutor_need": ([answers(tutor_need="")], [FINE, answers(tutor_need="", needs_conditions=False)]),
    "no_directions": (
        [texts(direction_psychologist="", direction_defectologist=" ")],
        [FINE, texts(direction_psychologist="")],
    ),
    "no_term": (
        [answers(reexamination_wording="", term_on="")],
        [
            answers(reexamination_wording=""),
            answers(term_on=""),
            answers(reexamination_wording="", term_on="", needs_conditions=False, has_limitations=False),
        ],
    ),
    "no_term_date": ([answers(reexamination_wording="date", term_on="")], [answers(reexamination_wording="date")]),
    "no_term_words": (
        [answers(reexamination_wording="other")],
        [answers(reexamination_wording="other", reexamination_detail="после консультации невролога")],
    ),
    "past_term": (
        [answers(term_on="2026-11-20"), answers(follow_up="2026-01-01"), answers(change_term="2025-05-05")],
        [FINE, answers(follow_up="2027-02-01")],
    ),
    "diagnosis_for_school": (
        [
            said(text="В связи с диагнозом «расстройство  ЭКСПРЕССИВНОЙ речи»"),
            said(text="При F80.1 — занятия"),
            said(text="Код Н90.3, слуховой аппарат"),
            answers(workplace="при F 83 — первая парта"),
        ],
        [
            FINE,
            said(text="Занятия дважды в неделю с 10.30, витамин B12, таблица 4.1, вариант 7.2."),
            texts(main_features="Расстройство экспрессивной речи, F80.1, внимание истощаемо."),
        ],
    ),
}  # fmt: skip
