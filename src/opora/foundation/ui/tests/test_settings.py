"""A person's own settings: the mode for low vision, hints of keys, the place of work."""

from datetime import date

import pytest

from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.foundation.organisations.models import Organisation


@pytest.fixture
def anna(db, client):
    person = User.objects.create(username="anna", last_name="Иванова", first_name="Анна")
    for name in ("ТПМПК", "Школа № 17"):
        place = Organisation.objects.create(kind="other", full_name=name, short_name=name, requires_second_factor=False)
        Position.objects.create(organisation=place, user=person, role=Role.REGISTRAR, started_on=date(2020, 1, 1))
    client.force_login(person)
    return person


def test_low_vision_is_remembered_before_and_after_sign_in(client, db):
    response = client.post("/settings/low-vision/", {"on": "1", "next": "/help/keys/"})
    assert response["Location"] == "/help/keys/"
    assert client.cookies["low_vision"].value == "1"


def test_low_vision_belongs_to_the_person(client, anna):
    client.post("/settings/low-vision/", {"on": "1"})
    anna.refresh_from_db()
    assert anna.low_vision
    assert 'class="low-vision' in client.get("/help/keys/").content.decode()


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil"])
def test_switch_never_leads_to_another_site(client, db, away):
    assert client.post("/settings/low-vision/", {"on": "1", "next": away})["Location"] == "/"


def test_another_place_of_work_is_chosen_and_told(client, anna):
    school = Organisation.objects.get(short_name="Школа № 17")
    client.post("/settings/workplace/", {"workplace": school.public_id})
    assert "Школа № 17" in client.get("/help/keys/").content.decode()
    assert Event.objects.get().code == "access.workplace_chosen"


def test_place_without_a_post_is_refused(client, anna):
    stranger = Organisation.objects.create(kind="other", full_name="x", short_name="x")
    response = client.post("/settings/workplace/", {"workplace": stranger.public_id})
    assert response.status_code == 403
    assert not Event.objects.exists()


def test_hints_of_keys_are_switched(client, anna):
    client.post("/settings/key-hints/", {"on": "0", "next": "/help/keys/"})
    anna.refresh_from_db()
    assert not anna.shows_keys


def test_settings_need_a_post_and_a_person(client, db):
    assert client.get("/settings/workplace/").status_code == 405
    assert client.post("/settings/workplace/", {"workplace": "x"}).status_code == 302
