"""The second layer: rights, walls and states inside the services, whoever calls them."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

ACTIONS = "foundation/access/actions.py"
ACCESS = "tests/test_access.py"
SERVICES = "tests/permissions/test_services.py"
SIGNING = "src/opora/commission/conclusions/tests/test_signing.py"
EACH = "tests/permissions/test_each_layer.py"
CASES = "src/opora/commission/cases/tests/test_cases.py"

MUTANTS = (
    Mutant(
        "role-unchecked", "a deed is done by whoever's roles allow it",
        ACTIONS, '    if not actor.roles & asked.roles:\n        raise', '    if False:\n        raise',
        tests_of(ACCESS, "test_a_service_refuses_by_role_first_and_by_the_undertaking_second"),
    ),
    Mutant(
        "undertaking-unchecked", "before the undertaking of annex 2.19 nobody reads about a child",
        ACTIONS, "if asked.personal and not actor.sworn:", "if False:",
        tests_of(ACCESS, "test_a_service_refuses_by_role_first_and_by_the_undertaking_second"),
    ),
    Mutant(
        "wall-unchecked-in-services", "no service touches a row of another commission",
        ACTIONS, "if row.organisation_id != actor.at.pk:", "if False:",
        tests_of(ACCESS, "test_a_head_ends_no_post_of_another_commission"),
    ),
    Mutant(
        "wall-of-a-case-unchecked", "no step of another commission's case is made",
        "commission/cases/services.py", "    require_own(actor, case)\n", "",
        tests_of(SERVICES, "test_every_service_refuses_the_row_of_another_commission"),
    ),
    Mutant(
        "wall-of-a-session-unchecked", "no session of another commission is led",
        "commission/examinations/services/sessions.py", "    require_own(actor, session)\n    return Session",
        "    return Session",
        tests_of(SERVICES, "test_every_service_refuses_the_row_of_another_commission"),
    ),
    Mutant(
        "appeal-by-anybody", "an appeal is registered by whoever's duty it is",
        "commission/cases/services.py", '    require(actor, "case.open")\n', "",
        tests_of(EACH, "test_every_service_asks_for_a_right"),
    ),
    Mutant(
        "child-by-anybody", "a child is brought into the register by whoever keeps it",
        "people/children/services/children.py", '    require(actor, "child.register")\n', "",
        tests_of("src/opora/people/children/tests/test_services.py", "test_others_do_not_register_children"),
    ),
    Mutant(
        "papers-by-anybody", "papers are ticked by whoever's duty it is",
        "commission/intake/services/papers.py", '    require(actor, "papers.change")\n', "",
        tests_of(EACH, "test_every_service_asks_for_a_right"),
    ),
    Mutant(
        "journal-certified-by-anybody", "the lines of a session are certified by the head",
        "records/journals/services/registers.py", '    require(actor, "journal.certify")\n', "",
        tests_of(EACH, "test_every_service_asks_for_a_right"),
    ),
    Mutant(
        "signed-twice", "a conclusion is signed once and takes one number",
        "commission/conclusions/services/signing.py", "if fresh.state != Conclusion.State.DRAFT:", "if False:",
        tests_of(SIGNING, "test_the_second_signature_is_refused_with_the_number"),
    ),
    Mutant(
        "signed-with-faults", "nothing is signed that the checks of the law refuse",
        "commission/conclusions/services/signing.py", "    if problems:\n", "    if False:\n",
        tests_of(SIGNING, "test_an_unanswered_conclusion_is_not_signed"),
    ),
    Mutant(
        "step-out-of-turn", "a step is made in the state that the table of the path allows",
        "commission/cases/services.py", "if case.status not in row.source:", "if False:",
        tests_of(CASES, "test_a_step_out_of_turn_is_refused_with_its_clause_and_changes_nothing"),
    ),
    Mutant(
        "own-post-ended", "nobody ends his own post",
        "foundation/access/services.py", "if position.user_id == actor.person.pk:", "if False:",
        tests_of(ACCESS, "test_nobody_ends_his_own_post"),
    ),
    Mutant(
        "operator-appoints-himself", "the operator gives nobody a post that reads about children",
        "foundation/access/services.py",
        "if actor.roles <= IMPERSONAL_ROLES and role not in IMPERSONAL_ROLES:", "if False:",
        tests_of(ACCESS, "test_the_operator_gives_himself_no_post_that_reads_about_children"),
    ),
    Mutant(
        "newer-text-overwritten", "an old version never overwrites a newer text",
        "foundation/worksheets/services.py", "if base_version != current.version:", "if False:",
        tests_of(
            "src/opora/foundation/worksheets/tests/test_sections.py",
            "test_an_old_version_never_overwrites_a_newer_one",
        ),
    ),
)  # fmt: skip
