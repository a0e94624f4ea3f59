"""`opora regulations replay`: signed conclusions judged anew; sums, numbers of cases, nothing of any child."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.replaying import NoOrganisation, judge, organisation_named, replay_all
from opora.people.children.models import Child
from tests.cast import Cast, child_of

from .anyway import sign_anyway
from .stage import DAY, DIAGNOSIS, discussed, ready

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(f"{DAY.isoformat()}T12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def signed(cast: Cast, daria_child: Child) -> Conclusion:
    return sign_anyway(cast, ready(cast, discussed(cast, daria_child, number=41)))


def replayed(cast: Cast, **options: int) -> dict:
    return replay_all(cast.commission.short_name, **{"limit": 0, "workers": 1, "on": TODAY} | options)


def test_what_was_signed_by_the_same_rules_differs_in_nothing(cast, signed):
    found = replayed(cast)

    assert (found["judged"], found["same"], found["unreadable"]["count"]) == (1, 1, 0)
    assert found["checks_met_now"] == []


def test_a_check_that_would_be_met_today_names_its_clause_and_the_case(cast, signed):
    met = signed.basis["checks"]
    assert met
    signed.basis = {**signed.basis, "checks": []}
    signed.save(update_fields=["basis"])

    found = replayed(cast)

    assert found["same"] == 0
    assert {one["check"] for one in found["checks_met_now"]} <= set(met)
    first = found["checks_met_now"][0]
    assert first["clause"]
    assert (first["count"], first["cases"]) == (1, ["41/2026"])


def test_a_programme_that_is_advised_no_more_is_counted_by_its_code(cast, signed):
    code = signed.basis["programme"]
    signed.basis = {**signed.basis, "advice": [code], "facts": {"hearing": "deaf", "enters_school": True}}
    signed.save(update_fields=["basis"])

    found = replayed(cast)

    assert [(one["programme"], one["count"]) for one in found["programmes_no_longer_advised"]] == [(code, 1)]


def test_nothing_of_the_child_is_in_the_report(cast, signed, daria_child):
    signed.basis = {**signed.basis, "checks": []}
    signed.save(update_fields=["basis"])
    said = json.dumps(replayed(cast), ensure_ascii=False)

    for word in (daria_child.last_name, daria_child.public_id, signed.public_id, DIAGNOSIS, "аграмматизмами"):
        assert word not in said


def test_what_cannot_be_read_is_counted_and_stops_nothing(cast, signed, daria_child):
    other = sign_anyway(cast, ready(cast, discussed(cast, child_of(cast.commission, "Петров"), number=42)))
    other.basis = {"edition": "2016"}
    other.save(update_fields=["basis"])

    found = replayed(cast)

    assert (found["judged"], found["unreadable"]) == (1, {"count": 1, "cases": ["42/2026"]})


def test_drafts_and_other_organisations_are_left_out(cast, signed):
    ready(cast, discussed(cast, child_of(cast.commission, "Петров"), number=42))

    assert replayed(cast)["judged"] == 1
    assert replay_all(cast.other.short_name, limit=0, workers=1, on=TODAY)["judged"] == 0


def test_the_limit_takes_the_latest(cast, signed):
    sign_anyway(cast, ready(cast, discussed(cast, child_of(cast.commission, "Петров"), number=42)))

    assert replayed(cast, limit=1)["judged"] == 1
    assert replayed(cast)["judged"] == 2


def test_ten_conclusions_cost_as_many_queries_as_one(cast, signed):
    keys = [signed.pk]
    with CaptureQueriesContext(connection) as one:
        judge((cast.commission.pk, keys, TODAY))
    for number in range(50, 54):
        child = child_of(cast.commission, f"Петров{number}")
        keys.append(sign_anyway(cast, ready(cast, discussed(cast, child, number=number))).pk)
    with CaptureQueriesContext(connection) as five:
        judge((cast.commission.pk, keys, TODAY))
    assert len(five) <= len(one) + 1  # the keys of several children are fetched together


def test_an_unknown_or_unnamed_organisation_is_refused_with_the_known_ones(cast):
    with pytest.raises(NoOrganisation, match=cast.commission.short_name):
        organisation_named("")
    with pytest.raises(NoOrganisation, match="--organisation"):
        organisation_named("Нет такой")
