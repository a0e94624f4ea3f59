"""What would hurt most asks who is there; nothing that was typed is lost."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from html import unescape

import time_machine
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.audit.models import Event
from tests.cast import PASSWORD

from .door import code, signed_in, with_application

TYPED = {
    "last_name": "Новикова «О'Нил» <b>", "first_name": "Надежда", "username": "novikova", "role": "registrar",
    "title": "секретарь & делопроизводитель", "started_on": "01.09.2026", "form_key": "typed-once",
}  # fmt: skip


def later(minutes: int):
    return time_machine.travel(time.time() + minutes * 60, tick=True)


def carried(page: str) -> dict[str, str]:
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    }


def test_right_after_the_sign_in_nothing_is_asked(cast):
    assert signed_in(cast.boris).get("/staff/new/").status_code == 200


def test_a_page_is_asked_for_and_opens_after_the_password(cast):
    boris = signed_in(cast.boris)
    with later(6):
        asked = boris.get("/staff/new/?from=list")
        assert asked.headers["Location"] == "/account/confirm/?next=/staff/new/%3Ffrom%3Dlist"
        wrong = boris.post("/account/confirm/", {"password": "не тот", "next": "/staff/new/?from=list"})
        assert "Пароль не подходит" in wrong.content.decode()
        assert boris.get("/staff/new/").status_code == 302
        back = boris.post("/account/confirm/", {"password": PASSWORD, "next": "/staff/new/?from=list"})
        assert back.headers["Location"] == "/staff/new/?from=list"
        assert boris.get("/staff/new/").status_code == 200


def test_a_form_that_was_typed_too_long_is_carried_through_the_question(cast):
    boris = signed_in(cast.boris)
    with later(6):
        question = boris.post("/staff/new/", TYPED)
        page = question.content.decode()
        assert question.status_code == 403
        assert not User.objects.filter(username="novikova").exists()
        assert carried(page).items() >= TYPED.items()

        wrong = boris.post("/staff/new/", carried(page) | {"proof_password": "не тот"})
        assert wrong.status_code == 422
        assert carried(wrong.content.decode()).items() >= TYPED.items()
        assert "не тот" not in wrong.content.decode()

        done = boris.post("/staff/new/", carried(wrong.content.decode()) | {"proof_password": PASSWORD})
    assert done.status_code == 302
    person = User.objects.get(username="novikova")
    assert person.last_name == TYPED["last_name"]
    assert Position.objects.get(user=person).title == TYPED["title"]


def test_a_code_is_as_good_as_the_password(cast):
    boris = signed_in(cast.boris)
    secret = with_application(cast.boris)
    with later(6):
        page = boris.post("/staff/new/", TYPED).content.decode()
        assert "proof_code" in page
        assert boris.post("/staff/new/", carried(page) | {"proof_code": "000000"}).status_code == 422
        assert boris.post("/staff/new/", carried(page) | {"proof_code": code(secret)}).status_code == 302


def test_the_question_is_no_place_for_guessing(cast):
    boris = signed_in(cast.boris)
    del boris.cookies["opora_device"]
    with later(6):
        pages = [boris.post("/staff/new/", TYPED | {"proof_password": f"x{n}"}).content.decode() for n in range(6)]

    assert "Слишком много попыток" in pages[-1]
    assert Event.objects.filter(code="entrance.sign_in_failed").count() == 5


def test_whoever_has_no_right_is_not_asked_but_refused(cast):
    anna = signed_in(cast.anna)
    with later(6):
        assert anna.get("/staff/new/").status_code == 403


def test_an_export_asks_too_and_the_list_itself_does_not(cast):
    anna = signed_in(cast.anna)
    with later(6):
        assert anna.get("/cases/").status_code == 200
        assert anna.get("/cases/?format=csv").headers["Location"] == "/account/confirm/?next=/cases/%3Fformat%3Dcsv"
        assert not Event.objects.filter(code="ui.list_exported").exists()


def test_a_proof_from_the_future_proves_nothing(cast):
    """The clock of the server went back a day: yesterday's proof must not last until tomorrow."""
    boris = signed_in(cast.boris)
    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=True):
        assert boris.get("/staff/new/").status_code == 302
