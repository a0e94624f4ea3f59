"""Guessing is slowed; the true person is not shut out (docs/adr/0012-sign-in.md)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from opora.foundation.entrance.devices import COOKIE
from opora.foundation.entrance.models import SignInTry
from opora.foundation.entrance.throttle import ALWAYS, LOGIN_FREE, PAIR_FREE

from .door import browser, is_in, knock, signed_in

LATE = "Слишком много попыток"


def heard(client, login: str = "anna", password: str = "не тот") -> bool:
    """Whether the try was judged, and not sent away unheard."""
    return LATE not in knock(client, login, password).content.decode()


def test_the_wait_grows_and_the_right_password_waits_too(cast):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        attacker = browser("203.0.113.1")
        assert [heard(attacker) for _ in range(PAIR_FREE + 1)] == [True] * PAIR_FREE + [False]
        knock(attacker, "anna")
        assert not is_in(attacker)
        clock.shift(31)
        assert heard(attacker)
        clock.shift(31)
        assert not heard(attacker)
        clock.shift(30)
        assert heard(attacker)


def test_fifty_addresses_flood_an_account_and_the_true_person_signs_in_at_once(cast):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        home = signed_in(cast.anna, "192.0.2.10")
        home.post("/account/sign-out/")
        flood = sum(heard(browser(f"203.0.113.{n % 50}")) for n in range(200))
        neighbour = [heard(browser("192.0.2.10")) for _ in range(ALWAYS + 1)]  # behind the same address as she

        assert flood <= LOGIN_FREE + 50 * ALWAYS
        assert neighbour == [True] * ALWAYS + [False]
        assert knock(home, "anna").status_code == 302
        assert is_in(home)
        stranger = browser("198.51.100.4")  # the true person at a new computer, in the midst of it
        assert knock(stranger, "anna").status_code == 302


def test_the_known_browser_of_another_person_helps_nobody(cast):
    thief = signed_in(cast.vera, "203.0.113.1")
    thief.post("/account/sign-out/")

    assert [heard(thief) for _ in range(PAIR_FREE + 1)][-1] is False


def test_a_forged_device_is_a_strange_one(cast):
    attacker = browser("203.0.113.1")
    attacker.cookies[COOKIE] = "device." + "0" * 32

    assert [heard(attacker) for _ in range(PAIR_FREE + 1)][-1] is False


def test_a_new_password_makes_all_browsers_strange_again(cast):
    home = signed_in(cast.anna)
    home.post("/account/sign-out/")
    cast.anna.set_password("Другой-пароль-5")
    cast.anna.save()

    assert [heard(home) for _ in range(PAIR_FREE + 1)][-1] is False


def test_one_address_that_tries_many_logins_is_slowed(cast):
    attacker = browser("203.0.113.1")

    assert [heard(attacker, f"login{n}") for n in range(31)] == [True] * 30 + [False]


def test_unknown_logins_are_slowed_just_like_known_ones(cast):
    def answers(login: str, address: str) -> list[bool]:
        return [heard(browser(address), login) for _ in range(PAIR_FREE + 2)]

    assert answers("anna", "203.0.113.1") == answers("nobody-here", "203.0.113.2")


def test_a_whole_ipv6_network_is_one_place(cast):
    tries = [heard(browser(f"2001:db8:1:2::{n}")) for n in range(1, PAIR_FREE + 2)]

    assert tries[-1] is False
    assert heard(browser("2001:db8:1:3::1"))


def test_what_was_sent_away_unheard_prolongs_nothing(cast):
    with time_machine.travel(timezone.now(), tick=False):
        attacker = browser("203.0.113.1")
        for _ in range(40):
            heard(attacker)

        assert SignInTry.objects.count() == PAIR_FREE


def test_tries_older_than_an_hour_are_forgiven(cast):
    attacker = browser("203.0.113.1")
    for _ in range(PAIR_FREE):
        heard(attacker)
    SignInTry.objects.update(at=timezone.now() - timedelta(minutes=61))

    assert heard(attacker)


@pytest.mark.django_db
def test_the_answer_says_how_long_and_that_nothing_is_blocked():
    attacker = browser("203.0.113.1")
    for _ in range(PAIR_FREE):
        heard(attacker, "nobody")

    page = knock(attacker, "nobody", "x").content.decode()
    assert "Повторите через 1 мин.: учётная запись не заблокирована." in page
