"""A browser walks the pages with a hostile text in every field. `OPORA_WALK=long` takes every page in every state."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.trust.hostile.payloads import HOSTILE
from tests.trust.hostile.planting import plant
from tests.trust.hostile.walking import Walked, listen, short, walk

from .school_walk import SCHOOL_PEOPLE, school_pages
from .walk import PEOPLE, pages_of, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
LONG = os.environ.get("OPORA_WALK") == "long"


def test_no_page_makes_the_policy_report_or_runs_what_was_typed(
    signed_in: Any, region_places: Any, record_property: Any
):
    houses = (
        (region_places.commission, PEOPLE, pages_of(region_places.commission)),
        (region_places.school, SCHOOL_PEOPLE, school_pages(region_places.school)),
    )
    record_property("hostile_fields", plant(HOSTILE))
    walked = Walked()
    for at, people, pages in houses:
        screens = [one for one in pages if not one.name.endswith("?format=print")]
        chosen = screens if LONG else list(short(screens))
        for role in people:
            window = signed_in(person(at, role))
            listen(window, walked)
            walk(window, [one.address for one in chosen if one.role == role], walked)
    record_property("policy_pages", walked.pages)
    print(f"\npolicy: {walked.pages} pages, the text seen on {walked.seen}, {len(walked.faults)} reports")

    assert walked.faults == []
    assert walked.pages >= (160 if LONG else 100)
    assert walked.closed <= 3
    assert walked.seen > walked.pages * 0.6
