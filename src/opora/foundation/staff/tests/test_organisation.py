"""What stands on the letterhead is filled in by the head; nobody else changes it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.services import organisation_found
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role
from opora.foundation.audit.models import Event
from opora.foundation.organisations.models import Organisation
from opora.foundation.staff.forms import AppointmentForm, roles_of

FILLED = {
    "full_name": "Территориальная ПМПК города Н", "short_name": "ПМПК города Н", "letterhead": "Администрация города Н",
    "address": "г. Н, ул. Новая, д. 1", "district": "г. Н", "phone": "+7 (900) 000-00-09", "email": "n@example.org",
}  # fmt: skip
FOUNDED = {
    "kind": "territorial_commission", "full_name": "Территориальная ПМПК города Н", "short_name": "ПМПК города Н",
    "username": "petrova", "password": "Первый-пароль-1", "head": ("Петрова", "Анна", "Сергеевна"),
}  # fmt: skip


def test_boris_fills_in_the_letterhead_and_the_log_names_the_fields(cast, as_user):
    response = as_user(cast.boris).post("/organisation/", FILLED)
    assert response.status_code == 302
    place = Organisation.objects.get(pk=cast.commission.pk)
    assert (place.letterhead, place.address) == ("Администрация города Н", "г. Н, ул. Новая, д. 1")
    told = Event.objects.get(code="access.organisation_changed")
    assert "адрес" in told.sentence
    assert "ул. Новая" not in told.sentence


def test_a_wrong_address_of_mail_is_told_beside_its_field_and_changes_nothing(cast, as_user):
    response = as_user(cast.boris).post("/organisation/", FILLED | {"email": "не почта"})
    assert response.status_code == 422
    assert "ул. Новая" in response.content.decode()
    assert Organisation.objects.get(pk=cast.commission.pk).letterhead == ""


def test_vera_may_not_change_it(cast, as_user):
    assert as_user(cast.vera).post("/organisation/", FILLED).status_code == 403
    assert Organisation.objects.get(pk=cast.commission.pk).letterhead == ""


@pytest.mark.django_db
def test_the_machine_founds_an_organisation_with_its_head():
    post = organisation_found(actor=SystemActor(), **FOUNDED)
    assert (post.role, post.organisation.short_name, post.organisation.works_here) == (
        Role.COMMISSION_HEAD, "ПМПК города Н", True,
    )  # fmt: skip
    assert post.user.check_password("Первый-пароль-1")
    with pytest.raises(Refusal):
        organisation_found(actor=SystemActor(), **FOUNDED | {"username": "other"})


def test_a_person_does_not_found_organisations(cast):
    with pytest.raises(PermissionDenied):
        organisation_found(actor=cast.actor(cast.boris), **FOUNDED)
    assert not Organisation.objects.filter(short_name="ПМПК города Н").exists()


@pytest.mark.django_db
def test_a_school_is_founded_with_its_director_and_hires_the_people_of_a_school():
    post = organisation_found(actor=SystemActor(), **FOUNDED | {"kind": "school", "short_name": "Школа № 7"})
    assert post.role == Role.DIRECTOR
    offered = [Role(value) for value, _ in roles_of(post.organisation)]
    assert set(offered) == SCHOOL_ROLES | {Role.OPERATOR}
    told = {"last_name": "Павлова", "first_name": "Полина", "username": "polina", "started_on": "01.09.2026"}
    form = AppointmentForm(told | {"role": Role.SCHOOL_SPECIALIST}, organisation=post.organisation)
    assert form.errors == {"speciality": ["Укажите специальность: по ней поручают обследование."]}
    assert AppointmentForm(told | {"role": Role.CLASS_TEACHER}, organisation=post.organisation).is_valid()
