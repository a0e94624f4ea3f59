"""Retention and destruction: its day, its two people, its holds, and that nothing is left."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

ROOM = "people/retention"
ORDERS = "src/opora/people/retention/tests/test_orders.py"
ERASED = "tests/test_erased_card.py"
NOTHING_LEFT = tests_of(ERASED, "test_every_word_about_a_child_is_gone")
DATABASE = tests_of(ORDERS, "test_the_database_knows_the_two_people_and_the_hold")

MUTANTS = (
    Mutant(
        "destroyed-before-its-day", "a card is kept for ten years after eighteen",
        f"{ROOM}/services/orders.py", "if reason == Reason.TERM and not until < today:", "if False:",
        tests_of(ORDERS, "test_a_card_is_due_on_the_day_after_ten_years_from_eighteen"),
    ),
    Mutant(
        "leap-day-shortens-the-term", "whoever is born on 29 February is of age on 1 March",
        "regulations/calendar.py", "return add_years(birthday(birth, ADULT_AGE), years_after_adulthood)",
        "return add_years(birth, ADULT_AGE + years_after_adulthood)",
        tests_of("src/opora/regulations/tests/test_calendar.py", "test_card_is_kept_ten_years_after_adulthood"),
    ),
    Mutant(
        "ground-not-asked-again", "what has changed since the proposal stops the decision",
        f"{ROOM}/services/orders.py", "    _require_ground(child, Reason(fresh.reason), fresh.basis, today)\n", "",
        tests_of(ORDERS, "test_a_correction_between_proposal_and_decision_stops_the_decision"),
    ),
    Mutant(
        "one-person-destroys", "one proposes, another destroys",
        f"{ROOM}/services/orders.py", "if actor.person.pk == order.proposed_by_id:", "if False:",
        tests_of(ORDERS, "test_who_proposes_does_not_destroy"),
    ),
    Mutant(
        "one-person-destroys-in-the-database", "one proposes, another destroys",
        f"{ROOM}/models.py", 'condition=~Q(state="destroyed") | ~Q(decided_by=F("proposed_by")),',
        'condition=~Q(state="destroyed") | Q(decided_by__isnull=False),', DATABASE,
    ),
    Mutant(
        "operator-destroys", "whoever keeps the machine destroys nothing with it",
        f"{ROOM}/services/orders.py", "if actor.user is not None and Role.OPERATOR in actor.roles:", "if False:",
        tests_of(ORDERS, "test_the_operator_destroys_nothing_even_as_head"),
    ),
    Mutant(
        "hold-ignored", "a ban to destroy holds until its day",
        f"{ROOM}/keeping.py", "return LegalHold.objects.filter(lasting, child=child, released_at__isnull=True)",
        "return LegalHold.objects.none()",
        tests_of(ORDERS, "test_a_hold_blocks_until_its_day"),
    ),
    Mutant(
        "hold-ignored-in-the-database", "a card under a ban is not destroyed",
        f"{ROOM}/models.py", "condition=Q(destroyed_on__isnull=True) | Q(holds=0),",
        "condition=Q(destroyed_on__isnull=True) | Q(holds__gte=0),", DATABASE,
    ),
    Mutant(
        "key-kept-after-the-destruction", "a destruction destroys the key of the card",
        f"{ROOM}/services/erasing.py", "    key_destroy(actor=actor, person_id=child.public_id)\n", "",
        tests_of(ORDERS, "test_after_the_destruction_nothing_tells_who_it_was"),
    ),
    Mutant(
        "fields-not-cleared", "nothing identifying is left of a destroyed card",
        "people/clearing.py",
        "            model._default_manager.filter(pk__in=found).update(**model.cleared_on_erasure)\n",
        "            pass\n", NOTHING_LEFT,
    ),
    Mutant(
        "field-of-a-parent-forgotten", "every field says what becomes of it when the card is destroyed",
        "people/children/models/guardians.py", '"registered_address": "", "phone": "", "email": "", "education"',
        '"registered_address": "", "email": "", "education"',
        tests_of("tests/architecture/test_erasing.py", "test_every_field_says_what_becomes_of_it"),
    ),
    Mutant(
        "words-of-search-left-after-the-destruction", "no word of the search is left of a destroyed card",
        "people/clearing.py", "    for deed in _ALSO:\n", "    for deed in ():\n",
        tests_of(ORDERS, "test_after_the_destruction_nothing_tells_who_it_was"),
    ),
    Mutant(
        "destruction-not-noted", "after a restore a destroyed card is destroyed again",
        f"{ROOM}/services/erasing.py",
        "    erasure_note(kind=ERASURE, organisation=order.organisation, subject=person_id)\n", "",
        tests_of(ERASED, "test_after_a_restore_the_card_is_erased_again"),
    ),
)  # fmt: skip
