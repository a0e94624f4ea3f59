"""Coming in: a login and a password, a first password that is changed, what the log keeps."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from opora.foundation.access.services import account_create, organisation_found
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.accounts.models import User
from opora.foundation.audit.models import Event
from opora.foundation.entrance.models import AccountSession, SignInTry
from opora.foundation.organisations.models import Organisation

from .door import browser, code, is_in, knock, signed_in

OWN = "Своя-длинная-фраза-7"


def test_anna_signs_in_and_the_log_tells_from_where(cast):
    anna = signed_in(cast.anna)

    assert is_in(anna)
    session = AccountSession.objects.get(user=cast.anna)
    assert (session.browser, session.address) == ("Firefox, Windows", "192.0.2.10")
    told = Event.objects.get(code="entrance.signed_in")
    assert (told.user, told.organisation, told.subject_id) == (cast.anna, cast.commission, session.public_id)
    assert told.sentence == "Вход выполнен: Firefox, Windows, адрес 192.0.2.10"


def test_an_unknown_login_and_a_wrong_password_are_answered_alike(cast):
    wrong = knock(browser(), "anna", "не тот").content.decode()
    unknown = knock(browser(), "nobody", "не тот").content.decode()

    blind = re.compile(r'value="[^"]*"')
    assert "Логин или пароль не подходят" in wrong
    assert blind.sub("", wrong) == blind.sub("", unknown)


def test_an_unknown_login_takes_the_same_hashing(cast, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))

    knock(browser(), "anna", "не тот")
    of_wrong = len(hashed)
    knock(browser(), "nobody", "не тот")

    assert (of_wrong, len(hashed)) == (1, 2)


def test_a_failed_try_is_told_without_what_was_typed(cast):
    knock(browser(), "anna", "секрет-в-поле")
    knock(browser(), "Пароль-в-поле-логина", "x")

    known, unknown = Event.objects.filter(code="entrance.sign_in_failed").order_by("id")
    assert (known.organisation, known.subject_id, known.user) == (cast.commission, cast.anna.public_id, None)
    assert (unknown.organisation, unknown.subject_id, unknown.user) == (None, "", None)
    kept = str(list(Event.objects.values())) + str(list(SignInTry.objects.values()))
    assert "секрет-в-поле" not in kept
    assert "Пароль-в-поле-логина" not in kept


def test_a_nul_in_the_login_is_only_a_wrong_login(cast):
    assert knock(browser(), "an\x00na", "x").status_code == 200


def test_a_given_password_opens_nothing_but_the_page_that_changes_it(cast):
    account_create(
        actor=cast.actor(cast.boris), username="novikova", password="Выданный-пароль-1", last_name="Новикова",
        first_name="Надежда",
    )  # fmt: skip
    client = browser()
    knock(client, "novikova", "Выданный-пароль-1")

    assert client.get("/").headers["Location"] == "/account/password/"
    same = client.post("/account/password/", changed("Выданный-пароль-1", "Выданный-пароль-1"))
    assert "совпадает с нынешним" in same.content.decode()
    assert client.post("/account/password/", changed("Выданный-пароль-1", OWN)).status_code == 302
    assert client.get("/").status_code == 200
    assert Event.objects.filter(code="entrance.password_changed", user__username="novikova").exists()


def changed(old: str, new: str) -> dict[str, str]:
    return {"oldpassword": old, "password1": new, "password2": new}


@pytest.mark.django_db
def test_the_first_head_comes_in_changes_the_password_sets_up_the_application_and_works():
    """What `opora init --organisation` leaves: a head with a printed password, at a place that requires both."""
    organisation_found(
        actor=SystemActor(), kind="territorial_commission", full_name="ТПМПК города Н", short_name="ТПМПК",
        username="petrova", password="Первый-пароль-1", head=("Петрова", "Анна", "Сергеевна"),
    )  # fmt: skip
    head = browser()
    knock(head, "petrova", "Первый-пароль-1")
    assert head.get("/staff/").headers["Location"] == "/account/password/?next=/staff/"
    head.post("/account/password/", changed("Первый-пароль-1", OWN))

    assert head.get("/staff/").headers["Location"] == "/account/required/?next=/staff/"
    page = head.get("/account/code/app/on/").content.decode()
    secret = re.search(r'id="totp-secret" value="([A-Z2-7]+)"', page)[1]
    assert 'src="data:image/svg+xml;base64,' in page
    done = head.post("/account/code/app/on/", {"code": code(secret)})

    assert done.headers["Location"] == "/account/code/reserve/"
    codes = re.findall(r"<li>(\d{8})</li>", head.get("/account/code/reserve/").content.decode())
    assert len(codes) == 10
    assert "не покажутся" not in head.get("/account/code/reserve/").content.decode()  # once
    assert head.get("/staff/").status_code == 200
    deeds = list(Event.objects.filter(user__username="petrova").order_by("id").values_list("code", flat=True))
    assert deeds == ["entrance.signed_in", "entrance.password_changed", "entrance.factor_added"]
    head.post("/account/sign-out/")

    again = browser()
    assert knock(again, "petrova", OWN).headers["Location"] == "/account/code/"
    assert again.get("/staff/").status_code == 302
    assert again.post("/account/code/", {"code": codes[0]}).status_code == 302
    assert again.get("/staff/").status_code == 200


def test_the_program_makes_up_the_first_password_and_shows_it_once(cast, as_user):
    boris = as_user(cast.boris)
    sent = boris.post(
        "/staff/new/",
        {"last_name": "Новикова", "first_name": "Надежда", "username": "novikova", "role": "registrar",
         "started_on": "01.09.2026"},
    )  # fmt: skip
    kept = str(dict(boris.session))
    page = boris.get(sent.headers["Location"]).content.decode()
    password = re.search(r'id="first-password">([^<]+)<', page)[1]

    assert password not in kept
    assert User.objects.get(username="novikova").check_password(password)
    assert password not in boris.get(sent.headers["Location"]).content.decode()
    assert is_in(browser()) is False
    new = browser()
    knock(new, "novikova", password)
    assert new.get("/").headers["Location"] == "/account/password/"


def test_the_address_is_taken_from_the_proxy_only_where_there_is_one(cast, settings):
    def came_from(**headers: str) -> str:
        client = browser()
        knock(client, "anna", **headers)
        return AccountSession.objects.filter(user=cast.anna).latest("pk").address

    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7"}
    assert came_from(**forged) == "192.0.2.10"
    settings.BEHIND_PROXY = True
    assert came_from(**forged) == "198.51.100.7"  # what our own proxy has seen, not what the client said
    assert came_from(HTTP_X_FORWARDED_FOR="<script>") == "192.0.2.10"


def test_https_is_believed_only_behind_a_proxy():
    import os
    import subprocess
    import sys

    def header(behind: str) -> str:
        environment = os.environ | {
            "OPORA_BEHIND_PROXY": behind, "OPORA_SECRET_KEY": "x",
            "DJANGO_SETTINGS_MODULE": "opora.config.settings.production",
        }  # fmt: skip
        ask = "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
        return subprocess.run(
            [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert header("false") == "None"
    assert header("true") == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_an_organisation_requires_a_second_factor_unless_told_otherwise():
    assert Organisation().requires_second_factor is True
