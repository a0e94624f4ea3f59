"""What needs no sheet: texts as they are kept, and who is present."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.models import User
from opora.foundation.worksheets.models import SECTION_LIMIT, Presence
from opora.foundation.worksheets.services import normalised, presence_end, presence_touch


def test_line_ends_become_plain_and_nul_goes():
    assert normalised("раз\r\nдва\rтри\x00 😀") == "раз\nдва\nтри 😀"


def test_text_of_exactly_the_limit_is_taken():
    assert len(normalised("я" * SECTION_LIMIT)) == SECTION_LIMIT


def test_line_ends_are_counted_as_one_sign():
    assert len(normalised("\r\n" * SECTION_LIMIT)) == SECTION_LIMIT


def test_text_over_the_limit_is_refused_beside_its_field():
    with pytest.raises(Refusal) as refused:
        normalised("я" * (SECTION_LIMIT + 3))
    assert refused.value.field == "text"
    assert "лишних — 3" in refused.value.message


@pytest.fixture
def people(db):
    anna = User.objects.create(username="anna", last_name="Иванова", first_name="Анна")
    boris = User.objects.create(username="boris", last_name="Петров", first_name="Борис")
    return anna, boris


def test_two_people_in_one_section_see_each_other(people):
    anna, boris = people
    assert presence_touch("s", anna) == []
    assert presence_touch("s", boris) == [anna]
    assert presence_touch("s", anna) == [boris]
    assert presence_touch("another", anna) == []


def test_who_went_away_is_not_shown(people):
    anna, boris = people
    presence_touch("s", boris)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=21))
    assert presence_touch("s", anna) == []
    presence_touch("s", boris)
    presence_end("s", boris)
    assert presence_touch("s", anna) == []
