"""What needs no sheet: texts as they are kept, and who is present."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.models import User
from opora.foundation.organisations.models import Organisation
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
    place = Organisation.objects.create(short_name="ПМПК", full_name="ПМПК", kind="territorial_commission")
    anna = User.objects.create(username="anna", last_name="Иванова", first_name="Анна")
    boris = User.objects.create(username="boris", last_name="Петров", first_name="Борис")
    return anna, boris, *(SimpleNamespace(organisation_id=place.pk, public_id=name) for name in ("s", "another"))


def test_two_people_in_one_section_see_each_other(people):
    anna, boris, section, another = people
    assert presence_touch(section, anna) == []
    assert presence_touch(section, boris) == [anna]
    assert presence_touch(section, anna) == [boris]
    assert presence_touch(another, anna) == []


def test_who_went_away_is_not_shown(people):
    anna, boris, section, _another = people
    presence_touch(section, boris)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=21))
    assert presence_touch(section, anna) == []
    presence_touch(section, boris)
    presence_end("s", boris)
    assert presence_touch(section, anna) == []
