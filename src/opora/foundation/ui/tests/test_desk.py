"""The desk asks a source only when there is something that it could tell of."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.foundation.organisations.models import Organisation
from opora.foundation.ui import desk
from opora.foundation.ui.desk import Duty, any_rows, desk_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_sources_without_anything_for_anybody_are_not_asked_in_one_query(school_cast, monkeypatch):
    asked = []

    def source(name):
        def told(actor, today):
            asked.append(name)
            yield Duty(name, "сделать", today, "/")

        return told

    monkeypatch.setattr(desk, "_SOURCES", [])
    desk.duties("child.view", source("always"))
    desk.duties("child.view", source("some"), unless_none=lambda actor, today: Organisation.objects.all())
    desk.duties("child.view", source("none"), unless_none=lambda actor, today: Organisation.objects.filter(kind="none"))
    desk.duties("passport.approve", source("not his"), unless_none=lambda actor, today: Organisation.objects.all())
    elena = school_cast.actor(school_cast.elena)
    with CaptureQueriesContext(connection) as queries:
        found = desk_of(elena, TODAY)

    assert [one.who for one in found.today] == asked == ["always", "some"]
    assert len(queries) == 1


def test_nothing_is_asked_where_no_source_names_its_rows(school_cast):
    elena = school_cast.actor(school_cast.elena)
    with CaptureQueriesContext(connection) as queries:
        assert any_rows(elena, [None, None]) == [True, True]
    assert len(queries) == 0
