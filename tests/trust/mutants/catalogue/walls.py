"""The third and the fourth layer: managers that keep to a scope, and PostgreSQL behind them."""

from __future__ import annotations

from functools import partial

from ..mutant import Mutant, tests_of

WALLS = "foundation/organisations/walls.py"
MANAGERS = "foundation/organisations/managers.py"
TESTS = "tests/test_walls.py"
OnPostgreSQL = partial(Mutant, on_postgresql=True)

MUTANTS = (
    Mutant(
        "scope-filter-dropped", "rows are read in the scope of one organisation",
        MANAGERS, 'return f"{owner} = %s", [*parameters, now.organisation]', 'return "1 = 1", []',
        tests_of(TESTS, "test_rows_are_read_in_a_scope_or_not_at_all"),
    ),
    Mutant(
        "scope-not-needed", "rows that are asked for without a scope are an error",
        MANAGERS, "if not now.is_told:", "if False:",
        tests_of(TESTS, "test_a_thread_begins_outside_of_every_scope"),
    ),
    Mutant(
        "scope-forgets-a-room", "every model with an organisation is read in a scope",
        MANAGERS, 'if sender.__module__ == "__fake__"',
        'if sender._meta.app_label == "children" or sender.__module__ == "__fake__"',
        tests_of(TESTS, "test_every_model_with_an_organisation_is_scoped"),
    ),
    Mutant(
        "visible-beyond-the-organisation", "what a person sees is of his own organisation",
        "foundation/organisations/querysets.py", "rows = self.of(actor.organisation)", "rows = self.all()",
        tests_of("tests/test_access.py", "test_whoever_works_at_two_places_sees_one_at_a_time"),
    ),
    Mutant(
        "visible-to-the-unsworn", "without the undertaking nothing about a child is seen",
        "foundation/organisations/querysets.py", " or not actor.may_read_persons:", ":",
        tests_of("tests/architecture/test_rows.py", "test_nobody_and_the_operator_see_nothing_about_a_child"),
    ),
    OnPostgreSQL(
        "policy-shows-all", "PostgreSQL shows rows of one organisation",
        WALLS, 'f"USING ({wall.reads})"', '"USING (true)"',
        tests_of(TESTS, "test_raw_sql_sees_one_organisation_or_none"),
    ),
    OnPostgreSQL(
        "policy-takes-all", "PostgreSQL takes no row for another organisation",
        WALLS, 'f"WITH CHECK ({wall.writes})"', '"WITH CHECK (true)"',
        tests_of(TESTS, "test_the_database_refuses_what_crosses_the_wall_or_rewrites_history"),
    ),
    OnPostgreSQL(
        "policy-lets-push-through", "PostgreSQL lets no row be pushed through the wall",
        WALLS, 'f"USING ({wall.writes}) WITH CHECK ({wall.writes})"', 'f"USING ({wall.writes}) WITH CHECK (true)"',
        tests_of(TESTS, "test_every_table_with_an_organisation_has_its_policies"),
    ),
    OnPostgreSQL(
        "policy-not-forced", "the owner of a table does not pass by its policy",
        WALLS, "    yield f'ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY'\n", "",
        tests_of(TESTS, "test_every_table_with_an_organisation_has_its_policies"),
    ),
    OnPostgreSQL(
        "no-scope-shows-all", "without a scope PostgreSQL shows nothing",
        WALLS, "OWN = \"organisation_id = nullif(current_setting('opora.organisation', true), '')::bigint\"",
        "OWN = \"organisation_id = coalesce(NULLIF(current_setting('opora.organisation', true), '')::bigint,"
        ' organisation_id)"',
        tests_of(TESTS, "test_raw_sql_sees_one_organisation_or_none"),
    ),
    OnPostgreSQL(
        "composite-keys-skipped", "no row points through the wall",
        WALLS, 'if target not in walled or field.column == "organisation_id":', "if True:",
        tests_of(TESTS, "test_every_key_between_walled_tables_carries_the_organisation"),
    ),
    OnPostgreSQL(
        "history-not-revoked", "the role of the application adds to the log and rewrites nothing",
        WALLS, "        if wall.frozen:\n", "        if False:\n",
        tests_of(TESTS, "test_the_database_refuses_what_crosses_the_wall_or_rewrites_history"),
    ),
    OnPostgreSQL(
        "role-not-lowered", "a request works under the role that owns nothing",
        "foundation/organisations/scope.py", "    with connection.cursor() as cursor:\n        cursor.execute(\n",
        '    role = "none"\n    with connection.cursor() as cursor:\n        cursor.execute(\n',
        tests_of(TESTS, "test_outside_of_a_transaction_the_scope_lasts_for_the_block"),
    ),
    OnPostgreSQL(
        "scope-outlives-the-request", "the scope of a request ends with it",
        "foundation/organisations/scope.py", "        _tell_again(before, local=nested)\n", "        pass\n",
        tests_of(
            TESTS, "test_the_scope_of_a_request_ends_with_it",
            "test_outside_of_a_transaction_the_scope_lasts_for_the_block",
        ),
    ),
)  # fmt: skip
