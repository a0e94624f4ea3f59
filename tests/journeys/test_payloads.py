"""Hostile input: a short run of what `python -m tests.trust.hostile` does ten thousand times."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from opora.commission.cases.flow import Status
from tests.trust.hostile import keeping
from tests.trust.hostile.exporting import exported
from tests.trust.hostile.knocks import Maker
from tests.trust.hostile.payloads import FORMULAS
from tests.trust.hostile.showing import shown
from tests.trust.hostile.stage import Stage, build, renew
from tests.trust.hostile.trial import Trial

pytestmark = pytest.mark.xdist_group("payloads")
INPUTS, SEED = 600, 3


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def built(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Stage]:
    """Built once; each request is rolled back to it. Sessions live in memory, a step-up is proved for a day."""
    in_memory = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache", STEP_UP_AGE=24 * 60 * 60)
    with django_db_blocker.unblock(), in_memory, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def stage(built: Stage, db: None) -> Stage:
    """Everybody signed in anew: the list of sessions was rolled back with the test before."""
    for person in built.persons:
        renew(person)
    return built


def test_no_hostile_input_breaks_a_page(stage: Stage, record_property: Any):
    tally = Trial(stage).run(Maker(stage, SEED).inputs(INPUTS))
    record_property("hostile_inputs", tally.kinds.total())

    assert tally.faults == [], tally.told()
    assert len(tally.kinds) > 30


def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong(stage: Stage, record_property: Any):
    kept = keeping.check(stage, most=1)
    record_property("refused_forms", len(kept.forms))

    assert kept.faults == []
    assert len(kept.forms) > 40, kept.silent


def test_hostile_texts_are_shown_and_printed_as_texts(stage: Stage, record_property: Any):
    found = shown(stage, {Status.PAPERS, Status.SIGNED})
    record_property("hostile_fields", found.planted)

    assert found.faults == []
    assert len(found.pages) > 60, found.pages
    assert len(found.papers) > 8, found.papers


def test_no_export_holds_a_formula(stage: Stage, record_property: Any):
    found = exported(stage, FORMULAS[::7], everywhere=False)
    record_property("export_cells", found.cells)

    assert found.faults == []
    assert len(found.tables) >= 28, found.tables
    assert found.guarded > 100
