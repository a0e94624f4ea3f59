"""Дарья gives two consents and takes one back; processing stops within ten working days."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Guardianship
from opora.people.consents.models import Consent
from opora.people.consents.services import (
    consent_record,
    consent_withdraw,
    consents_in_force,
    processing_stops_on,
)

CHILD, GUARDIAN = Consent.Kind.CHILD_DATA, Consent.Kind.GUARDIAN_DATA
SIGNED = date(2026, 9, 1)
TOMORROW = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("known_day")


@pytest.fixture
def daria(daria_child):
    return daria_child.guardianships.get().guardian


@pytest.fixture
def sign(cast, daria_child, daria):
    def record(kind=CHILD, on=SIGNED, **more):
        return consent_record(
            actor=cast.actor(cast.anna), child=daria_child, guardian=daria, kind=kind, signed_on=on, **more
        )

    return record


def test_two_papers_make_two_consents(sign, daria_child, daria):
    sign()
    assert consents_in_force(daria_child, daria, SIGNED) == {"child_data"}
    sign(GUARDIAN, medium="electronic")
    assert consents_in_force(daria_child, daria, SIGNED) == {"child_data", "guardian_data"}
    assert consents_in_force(daria_child, daria, SIGNED - timedelta(days=1)) == set()
    event = Event.objects.about_person(daria_child.public_id).last()
    assert event.sentence.startswith("Внесено согласие")


@pytest.mark.parametrize("day", [TOMORROW, date(2019, 12, 31)])
def test_a_consent_is_not_signed_tomorrow_nor_before_the_birth(sign, day):
    with pytest.raises(Refusal) as refused:
        sign(on=day)
    assert refused.value.field == "signed_on"


def test_the_same_consent_is_not_recorded_twice(sign):
    sign()
    with pytest.raises(Refusal, match="уже внесено"):
        sign()


def test_only_a_representative_consents(sign, daria_child):
    Guardianship.objects.update(ended_on=SIGNED - timedelta(days=1))
    with pytest.raises(Refusal, match="не представляет"):
        sign()


def test_withdrawal_stops_processing_within_ten_working_days(cast, sign, daria_child, daria):
    withdrawal = consent_withdraw(actor=cast.actor(cast.anna), consent=sign(), on=date(2026, 10, 30))
    assert withdrawal.stop_on == processing_stops_on(date(2026, 10, 30)) == date(2026, 11, 16)  # 4 November is off
    assert consents_in_force(daria_child, daria, date(2026, 10, 29)) == {"child_data"}
    assert consents_in_force(daria_child, daria, date(2026, 10, 30)) == set()
    sign(on=date(2026, 11, 2))
    assert consents_in_force(daria_child, daria, date(2026, 11, 2)) == {"child_data"}


@pytest.mark.parametrize("day", [TOMORROW, SIGNED - timedelta(days=1)])
def test_a_withdrawal_has_a_sane_date_and_comes_once(cast, sign, day):
    consent, anna = sign(), cast.actor(cast.anna)
    with pytest.raises(Refusal) as refused:
        consent_withdraw(actor=anna, consent=consent, on=day)
    assert refused.value.field == "withdrawn_on"
    consent_withdraw(actor=anna, consent=consent, on=SIGNED)
    with pytest.raises(Refusal, match="уже отозвано"):
        consent_withdraw(actor=anna, consent=consent, on=SIGNED)


def test_specialists_and_strangers_record_nothing(cast, sign, daria_child, daria):
    consent = sign()
    with pytest.raises(PermissionDenied):
        consent_withdraw(actor=cast.actor(cast.vera), consent=consent, on=SIGNED)
    with pytest.raises(PermissionDenied):
        consent_withdraw(actor=cast.actor(cast.zakhar), consent=consent, on=SIGNED)
    with pytest.raises(Refusal):
        consent_record(
            actor=cast.actor(cast.zakhar), child=daria_child, guardian=daria, kind=GUARDIAN, signed_on=SIGNED
        )


def test_the_file_shows_both_kinds_and_the_pages_change_them(cast, as_user, sign, daria_child, daria):
    anna, file = as_user(cast.anna), reverse("children:child", args=[daria_child.public_id])
    consent = sign()
    text = anna.get(file).content.decode()
    assert "действует" in text
    assert reverse("consents:new", args=[daria_child.public_id]) in text
    page = anna.get(reverse("consents:withdraw", args=[consent.public_id])).content.decode()
    assert "10 рабочих дней" in page
    bad = anna.post(reverse("consents:withdraw", args=[consent.public_id]), {"withdrawn_on": "01.01.2020"})
    assert bad.status_code == 422
    typed = {"withdrawn_on": "02.09.2026", "way": "in_person"}
    done = anna.post(reverse("consents:withdraw", args=[consent.public_id]), typed)
    assert done.headers["Location"] == reverse("consents:withdrawal", args=[consent.withdrawals.get().public_id])
    assert anna.get(file).status_code == 403
    new = reverse("consents:new", args=[daria_child.public_id])
    typed = {"guardian": daria.public_id, "kind": "child_data", "signed_on": "02.09.2026", "medium": "paper"}
    assert anna.post(new, typed).status_code == 302
    assert anna.post(new, typed).status_code == 422
    assert "действует" in anna.get(file).content.decode()


def test_who_may_open_the_pages(cast, as_user, sign, daria_child):
    consent = sign()
    pages = [
        reverse("consents:withdraw", args=[consent.public_id]),
        reverse("consents:new", args=[daria_child.public_id]),
    ]
    for page in pages:
        assert as_user(cast.vera).get(page).status_code == 403
        assert as_user(cast.zakhar).get(page).status_code == 404
        assert as_user(cast.boris).get(page).status_code == 200


def test_a_withdrawal_dated_before_the_law_is_refused(cast, daria_child, sign):
    daria_child.birth_date = date(2008, 5, 1)
    daria_child.save()
    consent = sign(on=date(2010, 9, 1))

    with pytest.raises(Refusal) as refused:
        consent_withdraw(actor=cast.actor(cast.anna), consent=consent, on=date(2011, 1, 11))

    assert (refused.value.code, refused.value.field) == ("before_law", "withdrawn_on")
    consent.refresh_from_db()
    assert consent.withdrawn_on is None
