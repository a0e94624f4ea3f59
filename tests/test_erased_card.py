"""Nothing identifying is left of a destroyed card in what the database and the files hold (long: trust.erasing)."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.utils import timezone

from opora.foundation.access.models import Freeze
from opora.foundation.registers import erasures
from opora.foundation.registers.services import faults
from opora.foundation.vault import keyring
from opora.foundation.vault.models import PersonKey
from opora.people.children.models import Child, Diagnosis
from opora.people.retention.models import DestructionOrder
from opora.people.retention.tests.stage import destroyed, grown
from tests.trust import canaries
from tests.trust.erasing import BORN, marked

pytestmark = pytest.mark.usefixtures("known_day")


@pytest.fixture
def house(cast):
    return SimpleNamespace(place=cast.commission, today=timezone.localdate())


def left(words):
    stored = canaries.rows_as_stored()
    return [word for word in words if word.encode() in stored]


def test_every_word_about_a_child_is_gone(cast, house):
    child = grown(cast)
    words = [*marked(house, child), "Семён", BORN.isoformat()]
    assert len(left(words)) > 15, "the search can see"
    destroyed(cast, child)
    assert left(words) == []
    assert list(faults(cast.commission)) == []


def test_after_a_restore_the_card_is_erased_again(cast, house, settings, tmp_path):
    settings.HOME = tmp_path
    child = grown(cast)
    destroyed(cast, child)
    (begun,) = erasures.read(erasures.home_log())
    assert (begun.kind, begun.subject) == ("card", child.public_id)
    notes = [begun, replace(begun, state=erasures.DONE)]
    # The copy is older than the destruction: name and diagnosis are there again, and a key.
    Child.objects.filter(pk=child.pk).update(last_name="Взрослов", first_name="Фёдор")
    Diagnosis.objects.all().delete()
    DestructionOrder.objects.all().delete()
    Freeze.objects.all().delete()
    PersonKey.objects.filter(person_id=child.public_id).delete()
    keyring.forget()
    Diagnosis.objects.create(organisation=cast.commission, child=child, text="Диагноз вернулся")
    result = erasures.erasures_replay(notes)
    assert (result.done, result.impossible) == (1, [])
    child.refresh_from_db()
    assert (child.last_name, Diagnosis.objects.get().text) == ("", "")
    assert Freeze.objects.in_force().filter(person_id=child.public_id).exists()
    assert PersonKey.objects.get(person_id=child.public_id).destroyed_at
    assert erasures.erasures_replay(notes).done == 1, "a second time changes nothing"
