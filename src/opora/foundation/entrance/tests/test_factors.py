"""Second factors: sealed, used once, not removed where they are required."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.entrance import services
from opora.foundation.organisations.models import Organisation

from .door import browser, code, is_in, knock, secret_of, signed_in, with_application


def require(cast) -> None:
    Organisation.objects.filter(pk=cast.commission.pk).update(requires_second_factor=True)


def test_the_secret_is_sealed_in_the_database(cast):
    secret = with_application(cast.anna)

    assert secret not in str(cast.anna.authenticator_set.get().data)
    assert secret_of(cast.anna) == secret


def test_a_password_alone_is_not_enough(cast):
    with_application(cast.anna)
    client = browser()

    assert knock(client, "anna").headers["Location"] == "/account/code/"
    assert client.get("/cases/").headers["Location"].startswith("/account/sign-in/")
    assert client.post("/account/code/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert Event.objects.filter(code="entrance.code_failed", subject_id=cast.anna.public_id).exists()


def test_a_code_is_good_once_also_on_another_worker(cast):
    secret = with_application(cast.anna)
    with time_machine.travel(timezone.now(), tick=False):
        one, two = browser(), browser("192.0.2.11")
        for client in (one, two):
            knock(client, "anna")
        one.post("/account/code/", {"code": code(secret)})
        forget_everything_in_memory()
        answer = two.post("/account/code/", {"code": code(secret)})

    assert is_in(one)
    assert "уже использован" in answer.content.decode()
    assert not is_in(two)


def forget_everything_in_memory() -> None:
    """As if another process answered: the library remembers used codes in the memory of one."""
    from django.core.cache import cache

    cache.clear()


def test_guessing_codes_is_slowed(cast):
    with_application(cast.anna)
    client = browser("203.0.113.1")
    knock(client, "anna")
    pages = [client.post("/account/code/", {"code": f"{n:06}"}).content.decode() for n in range(6)]

    assert "Слишком много попыток" in pages[-1]
    assert "Слишком много попыток" not in pages[-2]


def test_the_last_factor_stays_where_one_is_required(cast):
    with_application(cast.anna)
    anna = signed_in_by_code(cast.anna)
    require(cast)

    page = anna.post("/account/code/app/off/").content.decode()
    assert "требует второй фактор" in page
    assert cast.anna.authenticator_set.filter(type="totp").exists()

    Organisation.objects.update(requires_second_factor=False)
    anna.post("/account/code/app/off/")
    assert not cast.anna.authenticator_set.exists()
    assert Event.objects.filter(code="entrance.factor_removed", user=cast.anna).exists()


def signed_in_by_code(user):
    client = browser()
    knock(client, user.username)
    assert client.post("/account/code/", {"code": code(secret_of(user))}).status_code == 302
    return client


def test_the_head_resets_a_lost_factor_and_the_person_sets_up_a_new_one(cast, as_user):
    with_application(cast.vera)
    vera, boris = signed_in_by_code(cast.vera), as_user(cast.boris)
    post = Position.objects.get(user=cast.vera)

    boris.post(f"/staff/{post.public_id}/factor/")
    require(cast)

    assert not cast.vera.authenticator_set.exists()
    assert not is_in(vera)
    again = signed_in(cast.vera)
    assert again.get("/cases/").headers["Location"].startswith("/account/required/")
    with pytest.raises(Refusal):
        services.second_factor_reset(actor=cast.actor(cast.boris), position=post)


def test_the_rule_is_switched_by_the_head_and_told(cast, as_user):
    boris = as_user(cast.boris)
    boris.post("/organisation/second-factor/", {"on": "1"})

    assert Organisation.objects.get(pk=cast.commission.pk).requires_second_factor
    assert Event.objects.get(code="entrance.factor_rule_set").details == {"rule": "обязателен"}
    assert boris.get("/staff/").headers["Location"].startswith("/account/required/")  # the head as well


def test_the_rule_holds_at_the_very_next_request_of_those_who_are_in(cast):
    anna = signed_in(cast.anna)
    assert anna.get("/cases/").status_code == 200

    require(cast)

    assert anna.get("/cases/").headers["Location"] == "/account/required/?next=/cases/"
    saving = anna.get("/cases/", headers={"X-Requested-With": "fetch"})
    assert (saving.status_code, "<" in saving.content.decode()) == (403, False)
