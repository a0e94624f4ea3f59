"""Nothing identifying is left of a destroyed card in what the database and the files hold (long: trust.erasing)."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.registers import erasures
from opora.foundation.registers.services import faults
from opora.foundation.vault import keyring
from opora.foundation.vault.models import PersonKey
from opora.people.children.models import Child, Diagnosis
from opora.people.retention.models import DestructionOrder
from opora.people.retention.services import destruction_confirm, destruction_propose
from opora.people.retention.tests.stage import destroyed, grown
from opora.school.presentations.services import presentation_request
from opora.school.programmes.services import programme_cancel
from opora.school.programmes.tests import drawing
from opora.school.signals import services as signalling
from opora.school.signals.models import Concern
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


def test_every_word_about_a_pupil_is_gone_once_the_director_has_decided(school_cast):
    """A programme that runs keeps the card; then a lead proposes and the director destroys, never one person."""
    misha, elena = school_cast.misha, school_cast.actor(school_cast.elena)
    place = SimpleNamespace(place=school_cast.school, today=timezone.localdate())
    school_cast.agreed(misha)
    told = signalling.concern_raise(
        actor=elena, child_id=misha.public_id, noticed_on=place.today, seen="Плачет", suicide_risk=True
    )
    signalling.concern_send(
        actor=elena, concern=told, psychologist=school_cast.post(school_cast.polina), due_on=place.today, decision="Да"
    )
    presentation_request(
        actor=elena, child=misha, due_on=place.today, on=place.today, note="Просьба",
        asked=[(school_cast.post(school_cast.tatiana), "characteristic")],
    )  # fmt: skip
    programme = drawing.running(school_cast)
    Child.objects.filter(pk=misha.pk).update(birth_date=BORN)
    misha.refresh_from_db()
    with pytest.raises(Refusal, match="программа сопровождения"):
        destruction_propose(actor=elena, child=misha, reason="term")
    programme_cancel(actor=elena, programme=programme, on=place.today, reason="Выбыл")
    words = [*marked(place, misha), "Семён", BORN.isoformat()]
    assert len(left(words)) > 5, "the search can see"
    order = destruction_propose(actor=elena, child=misha, reason="term")
    with pytest.raises(PermissionDenied):
        destruction_confirm(actor=elena, order=order)
    destruction_confirm(actor=school_cast.actor(school_cast.daniil), order=order)
    assert left(words) == []
    assert list(faults(school_cast.school)) == []
    assert not Concern.objects.filter(child=misha, suicide_risk=True).exists()
