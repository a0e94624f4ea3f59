"""The walls in the database itself, and the scope that tells it where they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.intake import services as receiving
from opora.foundation.audit.models import Event
from opora.foundation.organisations.managers import in_scope
from opora.foundation.organisations.scope import Unscoped, as_person, nowhere, within
from opora.foundation.organisations.walls import walled_models
from opora.foundation.registers.models import Entry
from opora.people.children.models import Child, Guardianship
from tests import cast as people
from tests.postgres import APPLICATION, programs

OPEN_TABLES = {  # tables without an organisation: nothing in them is about a child
    "access_acceptedform", "accounts_user", "accounts_user_groups", "accounts_user_user_permissions",
    "account_emailaddress", "account_emailconfirmation", "auth_group", "auth_group_permissions", "auth_permission",
    "config_job", "django_content_type", "django_migrations", "django_session", "django_tasks_database_dbtaskresult",
    "entrance_accountsession", "entrance_signintry", "mfa_authenticator", "organisations_organisation",
}  # fmt: skip


@pytest.fixture
def two(cast: people.Cast) -> tuple[Child, Child]:
    """A child of the commission and a child of the other one."""
    return people.child_of(cast.commission), people.child_of(cast.other, "Чужих")


def test_rows_are_read_in_a_scope_or_not_at_all(cast, two):
    mine, theirs = two
    with within(cast.commission):
        assert list(Child.objects.all()) == [mine]
        with within(cast.other):
            assert list(Child.objects.all()) == [theirs]
        assert list(Child.objects.all()) == [mine], "the outer block counts again"
        assert list(Guardianship.objects.values_list("child", flat=True)) == [mine.pk]
        assert not Child.objects.filter(pk=theirs.pk).update(lives_with="с мамой")
    with nowhere(), pytest.raises(Unscoped):
        list(Child.objects.all())
    with nowhere(), pytest.raises(Unscoped):
        Child.objects.filter(pk=mine.pk).exists()


def test_queries_of_one_model_share_no_list_of_aliases(cast):
    with within(cast.commission):
        before = {table: list(names) for table, names in Child.objects.all().query.table_map.items()}
        for _ in range(3):
            list(Child.objects.filter(guardianships__guardian__last_name="Иванова", pk__in=Child.objects.values("pk")))
        assert Child.objects.all().query.table_map == before


def test_a_thread_begins_outside_of_every_scope(cast, two):
    told: list[str] = []

    def ask() -> None:
        try:
            Child.objects.exists()
        except Unscoped as refused:
            told.append(str(refused))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert told == ["Child was asked for outside of an organisation"]


def test_a_list_written_before_anyone_asks_is_walled_when_it_is_read(cast, two):
    written = Child.objects.order_by("pk")
    with within(cast.commission):
        assert list(written.all()) == [two[0]]
    with within(cast.other):
        assert list(written.all()) == [two[1]]


def test_whoever_has_no_organisation_finds_nobody(cast, two):
    with within(0):
        assert not Child.objects.exists()


def test_every_model_with_an_organisation_is_scoped():
    walled = set(walled_models())
    named = {model for model in apps.get_models() if any(one.name == "organisation" for one in model._meta.fields)}
    assert walled == named
    for model in walled:
        for manager in model._meta.managers:
            assert type(manager).get_queryset is in_scope, f"{model.__name__}.{manager.name}"


def tables() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        found: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return found


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@pytest.mark.postgres
def test_every_table_with_an_organisation_has_its_policies(db):
    walled = {table for table, columns in tables().items() if "organisation_id" in columns}
    assert set(tables()) - walled == OPEN_TABLES
    guarded = rows("SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind = 'r'")
    assert walled <= {name for name, enabled, forced in guarded if enabled and forced}
    commands = rows("SELECT tablename, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public'")
    for table in walled:
        of_table = {cmd: (qual, check) for name, cmd, qual, check in commands if name == table}
        assert set(of_table) == {"SELECT", "INSERT", "UPDATE", "DELETE"}, table
        for cmd, (qual, check) in of_table.items():
            for rule in filter(None, (qual, check)):
                assert "NULLIF(current_setting('opora.organisation'" in rule, f"{table} {cmd}: {rule}"
        assert of_table["INSERT"][1], f"{table}: rows could be put behind the wall"
        assert of_table["UPDATE"][1], f"{table}: rows could be pushed through the wall"
    assert rows("SELECT count(*) FROM pg_views WHERE schemaname = 'public'") == [(0,)], "a view needs security_invoker"
    print(f"\nwalls: {len(walled)} tables, {len(commands)} policies")


@pytest.mark.postgres
def test_every_key_between_walled_tables_carries_the_organisation(db):
    wanted = set()
    walled = {model._meta.db_table: model for model in walled_models()}
    for table, model in walled.items():
        for field in model._meta.local_fields:
            target = getattr(field.related_model, "_meta", None)
            if target is not None and target.db_table in walled:
                wanted.add((table, target.db_table, field.column))
    kept = {
        (table, target, re.search(r'\(organisation_id, "?(\w+)"?\)', definition)[1])  # type: ignore[index]
        for table, target, definition in rows(
            "SELECT conrelid::regclass::text, confrelid::regclass::text, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE contype = 'f' AND conname LIKE 'within_%%'"
        )
    }
    assert kept == wanted
    print(f"\nwalls: {len(kept)} composite keys")


@pytest.mark.postgres
def test_the_role_of_the_application_owns_nothing(db):
    assert rows("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", APPLICATION) == [
        (False, False, False)
    ]
    assert rows(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE rolname = %s", APPLICATION
    ) == [(0,)]


@contextmanager
def as_application(organisation: int | str = "") -> Iterator[None]:
    """Raw SQL as the application would send it if all its own walls had fallen."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('role', %s, true), set_config('opora.organisation', %s, true)",
                [APPLICATION, str(organisation)],
            )
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', 'none', true)")


@pytest.mark.postgres
def test_raw_sql_sees_one_organisation_or_none(cast, two):
    ask = "SELECT last_name FROM children_child"
    with as_application(cast.commission.pk):
        assert rows(ask) == [("Данилов",)]
    with as_application(""):
        assert rows(ask) == []
    with as_application(0):
        assert rows(ask) == []
    with as_application(cast.commission.pk):
        assert rows("SELECT count(*) FROM access_position WHERE organisation_id <> %s", cast.commission.pk) == [(0,)]


@pytest.mark.postgres
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE children_child SET organisation_id = {other} WHERE id = {mine}",
        "INSERT INTO children_nameword (organisation_id, child_id, word) VALUES ({other}, {theirs}, 'x')",
        "INSERT INTO children_nameword (organisation_id, child_id, word) VALUES ({place}, {theirs}, 'x')",
        "UPDATE audit_event SET code = 'x'",
        "DELETE FROM audit_event",
        "UPDATE registers_entry SET digest = 'x'",
        "DELETE FROM registers_entry",
        "TRUNCATE audit_event",
        "ALTER TABLE children_child DISABLE ROW LEVEL SECURITY",
        "DROP POLICY sees ON children_child",
        "DELETE FROM django_migrations",
    ],
)
def test_the_database_refuses_what_crosses_the_wall_or_rewrites_history(cast, two, deed):
    mine, theirs = two
    receiving.application_submit(
        actor=cast.actor(cast.anna), child=mine, applicant=mine.guardianships.get().guardian,
        on=timezone.localdate(), reason="Трудности", initiator="parent",
    )  # fmt: skip
    before = (Event.objects.count(), Entry.objects.count(), Child.objects.count(), Case.objects.count())
    names = {"place": cast.commission.pk, "other": cast.other.pk, "mine": mine.pk, "theirs": theirs.pk}
    with pytest.raises(DatabaseError), as_application(cast.commission.pk), connection.cursor() as cursor:  # noqa: PT012
        cursor.execute(deed.format(**names))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert (Event.objects.count(), Entry.objects.count(), Child.objects.count(), Case.objects.count()) == before


@pytest.mark.postgres
def test_updates_and_deletions_of_foreign_rows_touch_nothing(cast, two):
    _, theirs = two
    with as_application(cast.commission.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE children_child SET last_name = 'x' WHERE id = %s", [theirs.pk])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM children_nameword WHERE child_id = %s", [theirs.pk])
        assert cursor.rowcount == 0


@pytest.mark.postgres
def test_a_person_reads_the_list_of_his_own_posts_and_no_more(cast):
    with as_person(cast.anna.pk):
        assert {row[0] for row in rows("SELECT user_id FROM access_position")} == {cast.anna.pk}
        assert rows("SELECT count(*) FROM children_child") == [(0,)]


@pytest.mark.postgres
def test_the_scope_of_a_request_ends_with_it(cast, two, as_user):
    assert as_user(cast.anna).get("/children/").status_code == 200
    assert rows("SELECT current_setting('opora.organisation', true), current_setting('role')") in (
        [("", "none")], [("0", "none")], [(None, "none")],
    )  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_the_scope_lasts_for_the_block(transactional_db):
    cast = people.assemble()
    mine = people.child_of(cast.commission)
    with within(cast.commission):
        assert rows("SELECT current_setting('role')") == [(APPLICATION,)]
        try:
            with transaction.atomic():
                raise KeyError
        except KeyError:
            pass
        assert rows("SELECT id FROM children_child") == [(mine.pk,)], "a rollback inside changes nothing"
    assert rows("SELECT current_setting('role')") == [("none",)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("init_trial")  # one database of that name on the server
@pytest.mark.parametrize("owner", ["superuser", "opora_keeper"])
def test_init_makes_two_roles_and_the_application_works_with_the_lesser(transactional_db, tmp_path, owner):
    """A fresh database of its own: the owner, be he ever so small, migrates and founds the first organisation."""
    assert programs() is not None
    at = connection.settings_dict
    server = f"{at['HOST']}:{at['PORT']}"
    owner = at["USER"] if owner == "superuser" else owner
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS init_trial")
        if owner != at["USER"]:
            cursor.execute(f"DROP ROLE IF EXISTS {owner}")
            cursor.execute(f"CREATE ROLE {owner} LOGIN CREATEROLE PASSWORD 'secret'")
        cursor.execute(f"CREATE DATABASE init_trial OWNER {owner}")
    home, lesser = tmp_path / "home", f"opora_trial_of_{owner}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")} | {
        "OPORA_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "opora.config.settings.production",
        "OPORA_OWNER_DATABASE_URL": f"postgres://{owner}:secret@{server}/init_trial",
        "OPORA_DATABASE_URL": f"postgres://{lesser}:secret@{server}/init_trial",
    }
    command = [sys.executable, "-m", "opora.config.cli"]
    try:
        made = subprocess.run(
            [*command, "init", "--organisation", "ПМПК города", "--head", "Орлова Инна Львовна", "--login", "orlova"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        assert rows("SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = %s", lesser) == [
            (False, False, True)
        ]
        del environment["OPORA_OWNER_DATABASE_URL"]
        checked = subprocess.run([*command, "check"], env=environment, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        ask = (
            "from django.db import connection; k = connection.cursor();"
            "k.execute('SELECT current_user, count(*) FROM access_position'); print(k.fetchall())"
        )
        told = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {ask}"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.stdout.strip() == f"[('{lesser}', 0)]", told.stdout + told.stderr
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS init_trial")
