"""The pure rules: what is law, lag at its boundaries, half-filled forms, contradictions of the advice."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

ASSEMBLING = "regulations/assembling.py"
EDITIONS = "src/opora/regulations/tests/test_editions.py"
JOINING = "regulations/checks/joining.py"
CHECKING = "src/opora/regulations/checks/tests/test_checking.py"
COUNTING = "regulations/lag/counting.py"
LAG = "src/opora/regulations/lag/tests/test_counting.py"
SCORING = "regulations/instruments/scoring.py"
SCORES = "src/opora/regulations/instruments/tests/test_scoring.py"
ADVISING = "regulations/advice/advising.py"
COMPILING = "regulations/advice/compiling.py"
ROWS = "src/opora/regulations/advice/tests/test_rows.py"
EXAMPLES = "src/opora/regulations/advice/tests/test_advising.py"
PLANTED = tests_of(EDITIONS, "test_planted_mistake_is_refused_by_file_line_and_key")
BY_HAND = tests_of(LAG, "test_whole_terms_by_hand")
UNCORRECTED = tests_of(LAG, "test_nothing_is_corrected_for_those_born_in_time_or_older_than_two")
AFTER_THREE = tests_of(LAG, "test_after_three_years_the_other_scale_is_named_and_after_four_nothing_is_counted")
ALONE = tests_of(CHECKING, "test_practice_demands_no_term_and_attention_warns_nobody")
PRACTICE = tests_of(EXAMPLES, "test_second_programme_is_practice_and_said_so")
TOLD = tests_of(ROWS, "test_contradiction_is_told_and_goes_with_its_cause")

MUTANTS = (
    Mutant(
        "unverified-taken-as-law", "what nobody has checked stands in no table of the law",
        ASSEMBLING, 'if raw.table == "question" or not raw.flag("verified", True):', 'if raw.table == "question":',
        tests_of(EDITIONS, "test_unverified_parameter_inherits_and_is_listed"),
    ),
    Mutant(
        "unverified-unsaid", "an override says whether it is verified",
        ASSEMBLING, 'if step.inherits and "verified" not in raw.values:', "if False:", PLANTED,
    ),
    Mutant(
        "unverified-settled-without-a-clause", "a confirmed value has its clause",
        "regulations/edition.py", '        if not str(changes.get("clause", "")).strip():\n', "        if False:\n",
        tests_of(EDITIONS, "test_confirmed_value_replaces_the_inherited_one_and_leaves_the_list"),
    ),
    Mutant(
        "dated-value-before-its-day", "a dated value holds from its day",
        ASSEMBLING, "elif _starts(raw, step) <= stage or not step.inherits:", "else:",
        tests_of(EDITIONS, "test_dated_parameter_holds_only_from_its_day"),
    ),
    Mutant(
        "practice-told-as-law", "practice is never told as law",
        "regulations/entries.py", 'return self.source != "practice"', "return True", PRACTICE,
    ),
    Mutant(
        "practice-of-the-advice-told-as-law", "a sentence of the advice says when it is practice",
        COMPILING, "return Reason(row.code + suffix, text, row.clause, facts, row.note, row.is_law)",
        "return Reason(row.code + suffix, text, row.clause, facts, row.note)", PRACTICE,
    ),
    Mutant(
        "practice-demands-a-term", "practice makes no demand on the next examination",
        JOINING, "        if one.reason.is_law\n", "", ALONE,
    ),
    Mutant(
        "lag-of-the-first-year", "twelve months still belong to the first year of life",
        COUNTING, "if month <= term.until_months", "if month < term.until_months", BY_HAND,
    ),
    Mutant(
        "lag-by-the-other-reading", "the other reading takes the year of life that has begun",
        COUNTING, "if month < term.until_months", "if month <= term.until_months",
        tests_of(LAG, "test_on_the_birthday_the_other_reading_takes_the_year_that_has_begun"),
    ),
    Mutant(
        "lag-of-a-broken-term", "only whole terms are counted",
        COUNTING, "most[before] + 1 if before >= reached else 0", "most[max(before, reached)] + 1", BY_HAND,
    ),
    Mutant(
        "lag-understated", "each number of terms has its own meaning",
        COUNTING, "if one.terms <= terms)", "if one.terms < max(terms, 1))",
        tests_of(LAG, "test_the_meaning_of_one_line"),
    ),
    Mutant(
        "lag-corrected-at-two-years", "the age is corrected until two years",
        COUNTING, 'age >= limits["corrected_until"].value', 'age > limits["corrected_until"].value', UNCORRECTED,
    ),
    Mutant(
        "lag-corrected-for-a-child-in-time", "the age of a child born in time is not corrected",
        COUNTING, 'weeks >= limits["premature_before"].value', 'weeks > limits["premature_before"].value', UNCORRECTED,
    ),
    Mutant(
        "lag-of-a-half-filled-form", "all lines are judged or none",
        COUNTING, "missing = tuple((one.code, one.title) for one in rules.lines if one.code not in reached)",
        "missing = (); reached = {one.code: reached.get(one.code, age) for one in rules.lines}",
        tests_of(LAG, "test_a_half_filled_form_is_not_judged"),
    ),
    Mutant(
        "lag-at-four-years", "from four years on nothing is counted in terms",
        COUNTING, 'age >= rules.limits["admissible_until"].value', 'age > rules.limits["admissible_until"].value',
        AFTER_THREE,
    ),
    Mutant(
        "lag-warned-at-three-years", "until three years the terms are the scale of the letter",
        COUNTING, 'if age > rules.limits["until"].value:', 'if age >= rules.limits["until"].value:', AFTER_THREE,
    ),
    Mutant(
        "score-of-a-half-filled-form", "a half-filled questionnaire is never scored",
        SCORING, "    if missing:\n        return _answer(chosen, \"incomplete\"",
        "    if False:\n        return _answer(chosen, \"incomplete\"",
        tests_of(SCORES, "test_a_half_filled_questionnaire_is_never_scored"),
    ),
    Mutant(
        "score-of-wrong-answers", "an answer out of range is named and nothing is scored",
        SCORING, "    if errors:\n", "    if False:\n",
        tests_of(SCORES, "test_an_answer_out_of_range_is_named_by_item"),
    ),
    Mutant(
        "score-at-the-threshold", "the first threshold is over twenty, not at it",
        "regulations/instruments/entries.py", "total > self.more_than", "total >= self.more_than",
        tests_of(SCORES, "test_the_first_threshold_is_over_twenty_not_at_it"),
    ),
    Mutant(
        "score-of-an-unknown-answer", "«неизвестно» is never counted as nothing",
        SCORING, "            if points is None:\n                return None\n            total += points\n",
        "            total += points or 0\n",
        tests_of(SCORES, "test_an_unknown_father_gives_not_computed_never_zero"),
    ),
    Mutant(
        "contradiction-unsaid", "the advice tells what disagrees",
        ADVISING, "for one in _said(rules.contradictions, facts, row.stage) if", "for one in () if", TOLD,
    ),
    Mutant(
        "contradiction-of-agreeing-facts", "facts that agree raise no contradiction",
        COMPILING,
        "for one in self.unless:\n            if one.holds(facts):", "for one in self.unless:\n            if False:",
        tests_of(ROWS, "test_agreeing_facts_raise_no_contradiction"),
    ),
    Mutant(
        "contradiction-at-every-stage", "a contradiction is told at the stage that it belongs to",
        ADVISING, "for row in rows if (not row.stages or stage in row.stages) and row.holds(facts)[0])",
        "for row in rows if row.holds(facts)[0])",
        tests_of(ROWS, "test_agreeing_facts_raise_no_contradiction", "test_note_is_not_told"),
    ),
    Mutant(
        "contradiction-of-less-weight", "a contradiction is as grave as its row says",
        COMPILING, "every, row.note, row.is_law, row.severity)", "every, row.note, row.is_law)", TOLD,
    ),
    Mutant(
        "attention-warns", "what asks for attention wants no reason at the signature",
        JOINING, ' if one.severity == "warning"', "", ALONE,
    ),
    Mutant(
        "unknown-taken-as-met", "a fact that nobody recorded decides nothing",
        COMPILING, "return (None, tuple(missing)) if missing else (True, NOTHING)", "return True, NOTHING",
        tests_of(EXAMPLES, "test_nothing_recorded_gives_questions_and_no_candidates"),
    ),
    Mutant(
        "decided-against-objections", "what something speaks against is never firm",
        "regulations/advice/weighing.py", '"possible" if against or not known else', '"possible" if not known else',
        tests_of(EXAMPLES, "test_example"),
    ),
)  # fmt: skip
