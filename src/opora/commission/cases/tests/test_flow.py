"""The table of the path is whole: every status is reached, every row cites its clause, buttons read it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from opora.commission.cases.flow import FINISHED, FLOW, PATH, Status, available, next_step
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role


def test_every_status_is_reached_from_the_application():
    reached = {Status.OPENED}
    while True:
        more = {row.target for row in FLOW if reached & set(row.source)} - reached
        if not more:
            break
        reached |= more
    assert reached == set(Status)


def test_every_status_of_the_path_has_exactly_one_main_step_to_the_next_one():
    for here, following in pairwise(PATH):
        rows = [row for row in FLOW if row.main and here in row.source]
        assert [row.target for row in rows] == [following], here


def test_every_row_cites_its_clause_and_names_roles():
    for row in FLOW:
        assert "письмо" in row.clause, row.action
        assert row.roles, row.action


def test_from_an_ended_case_only_an_annulment_leads_back():
    assert {row.action for row in FLOW if set(row.source) & FINISHED} == {"case.annul"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.REGISTRAR, {"case.hand_over"}),
        (Role.COMMISSION_HEAD, {"case.hand_over", "case.annul"}),
        (Role.COMMISSION_SPECIALIST, set()),
        (Role.OPERATOR, set()),
    ],
)
def test_after_signing_each_role_is_offered_its_own_steps(role, expected):
    actor = Actor(user=None, organisation=None, roles=frozenset({role}), sworn=True)
    assert {row.action for row in available(Status.SIGNED, actor)} == expected


def test_the_next_step_is_offered_first():
    head = Actor(user=None, organisation=None, roles=frozenset({Role.COMMISSION_HEAD}), sworn=True)
    assert available(Status.READY, head)[0] == next_step(Status.READY)
