"""Row-level security alone: the filters of the application are off, and still no row of the other commission comes.

The same walk with the walls of PostgreSQL down shows that the filters are really off: then it leaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from opora.foundation.access.routes import Route
from opora.foundation.organisations.scope import within

from .canaries import owned_models
from .savepoints import cell
from .test_matrix import LIST_QUERIES, ROUTES, address, ask, text_of
from .unfiltered import no_filters
from .world import EVERY, Person, World

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")


def answers(world: World, person: Person, methods: tuple[str, ...]) -> Iterator[tuple[str, HttpResponse]]:
    """Every route with the rows of the other commission as its target, every list with all its forms."""
    for name in sorted(ROUTES):
        declared: Route = ROUTES[name].callback.route
        if not declared.signed_in:
            continue
        with cell():
            target = address(world, name, declared, world.foreign)
            for method in methods:
                if method not in declared.methods:
                    continue
                lists = method == "GET" and declared.model is None and declared.action
                for query in LIST_QUERIES if lists else ("",):
                    with cell():
                        yield f"{method} {name}{query}", ask(world, name, person, method, target + query)


def walk(
    world: World, *labels: str, methods: tuple[str, ...] = METHODS, managers: bool = False
) -> tuple[Counter[str], int]:
    """Marks of the other commission by the address that showed them, and the number of answers."""
    leaked, count = Counter[str](), 0
    before = foreign_rows(world)
    with no_filters(managers=managers) as doors:
        assert doors > 30
        for label in labels:
            for where, response in answers(world, world.person(label), methods):
                count += 1
                leaked[where] += len(world.foreign_marks.found(text_of(response)))
    leaked["rows written across the wall"] = int(foreign_rows(world) != before)
    return +leaked, count


def foreign_rows(world: World) -> dict[str, list[Any]]:
    at = {"organisation": world.foreign.place}
    return {
        model._meta.label: list(model._base_manager.filter(**at).order_by("pk").values()) for model in owned_models()
    }


def test_with_the_scoped_managers_alone_no_foreign_row_is_shown(world: World, record_property: Any):
    """On both databases: no door, no check of routes or services, only what the managers add to each query."""
    leaked, count = walk(world, EVERY, managers=True)
    record_property("managers_answers", count)

    assert leaked == {}
    assert count > 180


@pytest.mark.postgres
def test_with_all_filters_off_the_walls_show_no_foreign_row(world: World, record_property: Any):
    leaked, count = walk(world, EVERY, "own commission_specialist")
    record_property("walls_answers", count)

    assert leaked == {}
    assert count > 350


def test_with_the_last_wall_down_too_the_same_walk_leaks(world: World, settings: Any, record_property: Any):
    """The search is no blind one: SQLite has no such wall, and the login of the tests passes by every policy."""
    settings.DATABASE_ROLE = ""
    with cell():
        leaked, _ = walk(world, EVERY, methods=("GET",))
    record_property("walls_down", sum(leaked.values()))

    assert sum(leaked.values()) > 500


@pytest.mark.postgres
def test_each_table_of_an_organisation_shows_its_own_rows_alone(world: World):
    """Asked in plain SQL as the role of the application: no manager, no queryset, no model."""
    for model in owned_models():
        table = model._meta.db_table
        with within(world.house.place), connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*), count(*) FILTER (WHERE organisation_id <> %s) FROM "{table}"',
                           [world.house.place.pk])  # fmt: skip
            seen, foreign = cursor.fetchone()
        assert foreign == 0, table
        assert seen == model._base_manager.filter(organisation=world.house.place).count(), table
