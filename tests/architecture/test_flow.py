"""The flow table, the pages and the rights speak of the same actions."""

from __future__ import annotations

import re
from itertools import pairwise

from opora.commission.cases.flow import FINISHED, FLOW, PATH, Status
from opora.foundation.access.actions import action, actions
from opora.foundation.ui.panels import steps
from opora.school.programmes import flow as programmes
from tests.routes import views

from .order import REPOSITORY

SOURCES = REPOSITORY / "src" / "opora"
EVERY_STEP = {row.action for row in (*FLOW, *programmes.FLOW)}


def test_every_step_of_the_path_has_a_page_where_it_is_made():
    assert EVERY_STEP - steps() == set()


def test_no_page_offers_a_step_that_the_table_does_not_know():
    assert steps() - EVERY_STEP == set()


def test_the_rights_to_steps_are_those_of_the_table():
    for row in (*FLOW, *programmes.FLOW):
        assert action(row.action).roles == row.roles, row.action


def test_every_status_is_reached_and_every_open_one_is_left():
    assert {Status.OPENED, *(row.target for row in FLOW)} == set(Status)
    assert {source for row in FLOW for source in row.source} >= set(Status) - FINISHED


def test_the_path_has_one_main_step_from_each_open_status():
    for status, following in pairwise(PATH):
        main = [row for row in FLOW if row.main and status in row.source]
        assert [row.target for row in main] == [following], status


def test_the_path_of_a_programme_has_one_main_step_from_each_state_and_leaves_none():
    for status, following in pairwise(programmes.PATH):
        main = [row for row in programmes.FLOW if row.main and status in row.source]
        assert [row.target for row in main] == [following], status
    reached = {programmes.Status.DRAFT, *(row.target for row in programmes.FLOW)}
    assert reached == set(programmes.Status)
    assert all(row.clause.startswith(programmes.LETTER) for row in programmes.FLOW)


def test_every_step_cites_its_clause():
    assert [row.action for row in FLOW if "прил." not in row.clause and "разд." not in row.clause] == []


def test_every_declared_action_is_used_by_a_route_or_a_service():
    by_routes = {view.route.action for _, view in views() if hasattr(view, "route")}
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SOURCES.rglob("*.py")
        if path.name not in ("permissions.py", "flow.py") and "tests" not in path.parts
    )
    unused = [code for code in actions() if code not in by_routes and f'"{code}"' not in text]

    assert unused == []


def is_named(name: str, text: str) -> bool:
    """By its full name, or by its last word where the room puts the name together."""
    room, _, page = name.rpartition(":")
    if re.search(rf"[\"']{name}[\"']", text):
        return True
    put_together = re.search(rf"f[\"']{room}:\{{", text)
    rest = page.partition("_")[2] or page  # behind the craft: «consilium_» of a journal
    return bool(put_together and re.search(rf"([\"']{page}|\}}_{page.split('_')[-1]}|\"{rest})[\"']", text))


def test_every_page_is_reached_from_some_other():
    """A page without a link is a page that nobody finds."""
    files = [*SOURCES.rglob("*.html"), *SOURCES.rglob("*.py")]
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in files if path.name != "urls.py" and "tests" not in path.parts
    )
    named = [name for name, view in views() if hasattr(view, "route") and name != "healthz"]

    assert [name for name in named if not is_named(name, text)] == []
