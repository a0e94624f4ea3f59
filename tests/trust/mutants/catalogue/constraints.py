"""Invariants that the database itself keeps, whatever the code forgets."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

MUTANTS = (
    Mutant(
        "two-open-cases", "a child has one open case",
        "commission/cases/models.py",
        '            models.UniqueConstraint(\n                fields=["child"],\n'
        "                condition=Q(status__in=[str(status) for status in OPEN]),\n"
        '                name="one_open_case_per_child",\n            ),\n',
        "",
        tests_of(
            "src/opora/commission/cases/tests/test_cases.py",
            "test_the_database_itself_forbids_two_open_cases_of_one_child",
        ),
    ),
    Mutant(
        "slot-booked-twice", "an hour is given to one child",
        "commission/intake/models.py",
        '            models.UniqueConstraint(\n                fields=["slot"],'
        ' condition=Q(state__in=["booked", "arrived"]), name="a_slot_is_booked_once"\n            ),\n',
        "",
        tests_of(
            "src/opora/commission/intake/tests/test_bookings.py",
            "test_the_database_itself_forbids_two_bookings_of_one_slot",
        ),
    ),
    Mutant(
        "own-review-in-the-database", "nobody reviews his own access",
        "foundation/access/models.py",
        'condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("user")),',
        'condition=models.Q(reviewed_by__isnull=True) | models.Q(reviewed_by__isnull=False),',
        tests_of(
            "src/opora/people/emergencies/tests/test_emergencies.py",
            "test_nobody_but_the_head_reviews_and_nobody_his_own",
        ),
    ),
    Mutant(
        "given-without-the-paper-in-the-database", "nothing is given without the paper",
        "people/disclosures/models.py",
        'condition=~Q(decision="give", state__in=DECIDED) | (Q(scan__isnull=False) & ~Q(knowledge="")),',
        'condition=~Q(decision="give", state__in=DECIDED) | ~Q(knowledge=""),',
        tests_of(
            "src/opora/people/disclosures/tests/test_disclosures.py",
            "test_the_database_gives_nothing_without_the_paper_either",
        ),
    ),
    Mutant(
        "number-taken-twice", "a number of a register is taken once",
        "foundation/registers/models.py",
        '            models.UniqueConstraint(\n                fields=["series", "number"],'
        ' condition=models.Q(kind="entry"), name="a_number_is_taken_once"\n            ),\n',
        "",
        tests_of("tests/test_registers.py", "test_the_database_itself_refuses_a_number_or_a_line_twice"),
    ),
)  # fmt: skip
