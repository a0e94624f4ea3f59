"""Consents and their end, disclosures."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

DISCLOSURES = "src/opora/people/disclosures/tests/test_disclosures.py"
WITHDRAWAL = "src/opora/people/consents/tests/test_withdrawal.py"
TERMS = tests_of("src/opora/people/consents/tests/test_terms.py", "test_no_term_is_late_over_holidays_and_leap_days")
DESTROYS = tests_of(WITHDRAWAL, "test_the_head_destroys_what_need_not_stay_and_an_act_tells_of_it")
CONSENTS = "src/opora/people/consents/tests/test_consents.py"

MUTANTS = (
    Mutant(
        "answer-to-a-call", "nothing is told by telephone",
        "people/disclosures/services/receiving.py", "    if ground == ORAL:\n", "    if False:\n",
        tests_of(DISCLOSURES, "test_a_call_is_refused_with_the_clause_and_leaves_no_row"),
    ),
    Mutant(
        "given-without-the-paper", "nothing is given without the scan of the request",
        "people/disclosures/services/deciding.py", "    if disclosure.scan is None:\n", "    if False:\n",
        tests_of(DISCLOSURES, "test_nothing_is_given_without_the_scan"),
    ),
    Mutant(
        "given-to-whom-no-consent-names", "the consent counts for those it names",
        "people/disclosures/services/deciding.py",
        "if knowledge == Knowledge.CONSENT and not consent_cover(disclosure, on).covers:", "if False:",
        tests_of(DISCLOSURES, "test_the_consent_counts_only_for_those_it_names"),
    ),
    Mutant(
        "consent-of-a-stranger", "a consent is signed by a representative of the child",
        "people/consents/services/recording.py",
        "if link is None or (link.ended_on and link.ended_on < signed_on):", "if False:",
        tests_of(CONSENTS, "test_only_a_representative_consents"),
    ),
    Mutant(
        "withdrawn-consent-in-force", "a withdrawn consent is in force no longer",
        "people/consents/querysets.py", ".filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))", "",
        tests_of(CONSENTS, "test_withdrawal_stops_processing_within_ten_working_days"),
    ),
    Mutant(
        "term-in-calendar-days", "the term of a withdrawal is counted as its edition says",
        "people/consents/terms.py", "last_working_day_of(received_on, one.value, one.unit)",
        'last_working_day_of(received_on, one.value, "calendar_days")', TERMS,
    ),
    Mutant(
        "longest-term-taken", "the term that ends first is the one that counts",
        "people/consents/terms.py", "return min((StopTerm(", "return max((StopTerm(", TERMS,
    ),
    Mutant(
        "withdrawal-carried-out-by-anybody", "the head carries a withdrawal out",
        "people/consents/services/carrying_out.py", '    require(actor, "consent.carry_out")\n', "", DESTROYS,
    ),
    Mutant(
        "words-of-search-left", "a withdrawal takes the words of the search too",
        "people/consents/services/carrying_out.py",
        "        words_forget(organisation, child.public_id)\n    withdrawal.set_aside", "    withdrawal.set_aside",
        DESTROYS,
    ),
    Mutant(
        "withdrawal-lifted-after-the-destruction", "nothing that was destroyed is lifted",
        "people/consents/services/withdrawing.py", "    if not fresh.is_open:\n", "    if False:\n",
        tests_of(WITHDRAWAL, "test_a_mistake_is_lifted_while_nothing_is_destroyed"),
    ),
)  # fmt: skip
