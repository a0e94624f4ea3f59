"""The need to know, the field policy, emergencies."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

KNOWLEDGE = "foundation/access/knowledge.py"
ROWS = "foundation/access/querysets.py"
ROOM = "people/emergencies/services.py"
EMERGENCIES = "src/opora/people/emergencies/tests/test_emergencies.py"
ONE_CARD = tests_of(EMERGENCIES, "test_it_opens_one_card_and_no_other_and_to_no_one_else")
AN_HOUR = tests_of(EMERGENCIES, "test_a_specialist_names_a_card_says_why_and_reads_it_for_an_hour")
READS = tests_of(EMERGENCIES, "test_it_reads_and_prints_and_changes_nothing")
COLLEAGUE = tests_of(
    "tests/permissions/test_services.py", "test_every_service_refuses_a_colleague_who_does_not_work_with_the_child"
)
REVIEW = tests_of(EMERGENCIES, "test_nobody_but_the_head_reviews_and_nobody_his_own")

MUTANTS = (
    Mutant(
        "everybody-knows-all", "a specialist sees the children of his own work",
        KNOWLEDGE, "    if knows_all(actor):\n        return rows\n", "    return rows\n", ONE_CARD,
    ),
    Mutant(
        "specialists-keep-the-register", "a specialist sees the children of his own work",
        "foundation/accounts/roles.py", "{Role.REGISTRAR, Role.COMMISSION_HEAD, Role.CONSILIUM_CHAIR, Role.SERVICE",
        "{Role.COMMISSION_SPECIALIST, Role.REGISTRAR, Role.COMMISSION_HEAD, Role.CONSILIUM_CHAIR, Role.SERVICE",
        AN_HOUR,
    ),
    Mutant(
        "emergency-of-another-person", "an emergency opens a card to whoever asked for it",
        KNOWLEDGE, "return rows.filter(organisation=actor.organisation, user=actor.user)",
        "return rows.filter(organisation=actor.organisation)", ONE_CARD,
    ),
    Mutant(
        "emergency-never-ends", "an emergency lasts for an hour",
        ROWS, "return self.filter(expires_at__gt=now, ended_at__isnull=True)",
        "return self.filter(ended_at__isnull=True)", AN_HOUR,
    ),
    Mutant(
        "emergency-not-closed", "a card that was closed earlier is closed",
        ROWS, "return self.filter(expires_at__gt=now, ended_at__isnull=True)",
        "return self.filter(expires_at__gt=now)",
        tests_of(EMERGENCIES, "test_whoever_opened_it_closes_it_earlier"),
    ),
    Mutant(
        "emergency-writes", "an emergency is for reading alone",
        "foundation/access/actions.py", "    if opened and reading:\n", "    if opened:\n", READS,
    ),
    Mutant(
        "emergency-unmarked", "every reading under an emergency is marked in the log",
        KNOWLEDGE, '    return {"emergency": found.public_id}\n', "    return {}\n",
        tests_of(EMERGENCIES, "test_every_reading_under_it_is_marked_and_a_reading_by_duty_is_not"),
    ),
    Mutant(
        "emergency-guessed", "nothing can be found out by trying names",
        ROOM, "if len(times) >= MISSES:", "if False:",
        tests_of(EMERGENCIES, "test_guessing_ends_after_a_few_tries_even_with_the_right_name"),
    ),
    Mutant(
        "emergency-tells-of-a-frozen-card", "a frozen card is answered like one that is not there",
        "people/emergencies/lookups.py",
        "if found is None or Freeze.objects.in_force().filter(person_id=found.public_id).exists():",
        "if found is None:",
        tests_of(EMERGENCIES, "test_a_wrong_guess_a_strangers_child_and_a_frozen_card_are_answered_alike"),
    ),
    Mutant(
        "emergency-without-a-reason", "an emergency has its written reason",
        ROOM, "if len(words) < SHORTEST_REASON:", "if False:",
        tests_of(EMERGENCIES, "test_a_short_reason_too_many_cards_and_those_who_need_none_are_refused"),
    ),
    Mutant(
        "emergency-reviewed-by-oneself", "nobody reviews his own access",
        ROOM, "    if fresh.user_id == actor.person.pk:\n        raise Refusal(\"own\"",
        "    if False:\n        raise Refusal(\"own\"", REVIEW,
    ),
    Mutant(
        "emergency-step-up-dropped", "an emergency asks for a fresh proof of who it is",
        "people/emergencies/views.py", '@route("child.emergency", methods=("GET", "POST"), step_up=True)',
        '@route("child.emergency", methods=("GET", "POST"))',
        tests_of(EMERGENCIES, "test_the_form_asks_to_prove_who_it_is"),
    ),
    Mutant(
        "every-session-known", "a specialist knows the children of his own sessions",
        "commission/examinations/permissions.py",
        "session__members__position__user=actor.user", "session__isnull=False", COLLEAGUE,
    ),
    Mutant(
        "every-sheet-known", "a specialist knows the children whom he examined himself",
        "commission/examinations/permissions.py", "specialist=actor.user", "case__isnull=False", COLLEAGUE,
    ),
    Mutant(
        "fields-seen-by-all", "a role sees the classes of fields that its work needs",
        "foundation/access/fields.py", "return actor is not None and bool(actor.roles & _CLASSES[code].sees)",
        "return actor is not None",
        tests_of("tests/test_access.py", "test_a_specialist_sees_no_contacts_and_a_secretary_does"),
    ),
)  # fmt: skip
