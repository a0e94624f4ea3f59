"""What the head sees of the log: the whole of it, and of one child's file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import SystemActor
from opora.foundation.audit.models import Event
from opora.foundation.evidence import keys
from opora.foundation.evidence.services import checkpoint_make
from opora.foundation.organisations.scope import within
from opora.verification.checking import verify_file
from tests.cast import PASSWORD


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME, settings.CHECKPOINTS = tmp_path, tmp_path / "checkpoints"
    keys.key_make(keys.key_path())
    return tmp_path


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_head_sees_who_opened_a_childs_file(cast, daria_child, as_user):
    as_user(cast.anna).get(reverse("children:child", args=[daria_child.public_id]))
    as_user(cast.anna).get(reverse("children:edit", args=[daria_child.public_id]))
    boris, address = as_user(cast.boris), reverse("children:readers", args=[daria_child.public_id])

    page = text(boris.get(address))

    assert "Открыта карта ребёнка" in page
    assert cast.anna.full_name in page
    assert cast.boris.full_name in page  # this very look is in it
    assert address in text(boris.get(reverse("children:child", args=[daria_child.public_id])))
    narrowed = text(boris.get(address, {"who": cast.vera.public_id, "kind": "read"}))
    assert "Ничего не найдено" in narrowed
    assert "Открыта карта ребёнка" in text(boris.get(address, {"who": cast.anna.public_id, "period": "today"}))
    assert cast.anna.full_name in text(boris.get(address, {"format": "print"}))


def test_nobody_but_the_head_sees_who_opened_it(cast, daria_child, as_user):
    address = reverse("children:readers", args=[daria_child.public_id])

    assert [as_user(user).get(address).status_code for user in (cast.anna, cast.vera, cast.olga)] == [403, 403, 403]
    assert as_user(cast.zakhar).get(address).status_code == 404
    assert address not in text(as_user(cast.anna).get(reverse("children:child", args=[daria_child.public_id])))


def test_the_log_is_narrowed_exported_and_is_in_itself(cast, daria_child, as_user):
    as_user(cast.anna).get(reverse("children:child", args=[daria_child.public_id]))
    boris, address = as_user(cast.boris), reverse("evidence:log")

    assert "Открыта карта ребёнка" in text(boris.get(address))
    assert "Открыт журнал событий" in text(boris.get(address, {"who": cast.boris.public_id}))
    assert "Открыта карта ребёнка" not in text(boris.get(address, {"kind": "change"}))
    table = list(
        csv.reader(io.StringIO(boris.get(address, {"format": "csv"}).content.decode("utf-8-sig")), delimiter=";")
    )
    assert table[0] == ["Когда", "Кто", "Что", "Вид", "Карта"]
    assert any(row[2] == "Открыта карта ребёнка" and row[4] == daria_child.public_id for row in table)
    assert not any(daria_child.last_name in cell for row in table for cell in row)


def test_the_log_costs_the_same_queries_for_three_and_for_thirty_rows(cast, as_user):
    boris, address = as_user(cast.boris), reverse("evidence:log")
    boris.get(address)
    counts = []
    for more in (3, 30):
        with within(cast.commission):
            for number in range(more):
                Event.objects.create(
                    organisation=cast.commission, user=cast.anna, code="child.opened", person_id=f"child-{number}"
                )
        with CaptureQueriesContext(connection) as queries:
            boris.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_log_of_another_organisation_is_not_shown(cast, daria_child, as_user):
    as_user(cast.anna).get(reverse("children:child", args=[daria_child.public_id]))

    page = text(as_user(cast.zakhar).get(reverse("evidence:log")))

    assert cast.anna.full_name not in page
    assert daria_child.public_id not in page


def proved(client: Client, user) -> Client:
    """A session whose password was given a moment ago."""
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def test_the_head_downloads_evidence_that_holds(cast, daria_child, home, as_user):
    as_user(cast.anna).get(reverse("children:child", args=[daria_child.public_id]))
    boris = proved(Client(), cast.boris)

    assert "Выгрузить" in text(boris.get(reverse("evidence:export")))
    answer = boris.post(reverse("evidence:export"), {"with_content": "on"})

    path = home / "a.jsonl"
    path.write_bytes(b"".join(answer.streaming_content))
    report = verify_file(path, keys=keys.public_keys())
    assert report.good
    assert report.counts["event"] >= 1
    with within(cast.commission):
        assert Event.objects.filter(code="evidence.exported", user=cast.boris).count() == 1


def test_an_export_is_asked_for_by_whoever_has_just_proved_himself(cast, home, as_user):
    stale = as_user(cast.boris)

    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert stale.get(reverse("evidence:export")).status_code == 302
        assert stale.post(reverse("evidence:export")).status_code in (302, 403)
    with within(cast.commission):
        assert not Event.objects.filter(code="evidence.exported").exists()


def test_the_page_of_checkpoints_shows_the_key_and_gives_the_last_one(cast, home, as_user):
    boris = as_user(cast.boris)
    assert boris.get(reverse("evidence:last_checkpoint")).status_code == 302
    boris.get(reverse("children:list"))
    with within(cast.commission):
        checkpoint_make(actor=SystemActor(cast.commission))

    page = text(boris.get(reverse("evidence:checkpoints")))

    assert keys.public_keys()[0] in page
    assert keys.key_path().read_text(encoding="ascii").strip() not in page
    assert '"number":1' in text(boris.get(reverse("evidence:last_checkpoint")))


def test_without_a_key_the_page_says_what_to_do(cast, settings, tmp_path, as_user):
    settings.HOME, settings.CHECKPOINTS = tmp_path, tmp_path / "checkpoints"

    assert "opora init" in text(as_user(cast.boris).get(reverse("evidence:checkpoints")))
    answer = proved(Client(), cast.boris).post(reverse("evidence:export"))
    assert answer.status_code == 422
    assert "opora init" in answer.content.decode()
