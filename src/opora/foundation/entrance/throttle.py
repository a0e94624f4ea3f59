"""Slows down guessing without shutting out the true person (docs/adr/0012-sign-in.md).

Counted in the last hour, failures alone:
- a pair of login and address has `PAIR_FREE` tries, then waits from half a minute to a quarter of an hour between two;
- an address has `ADDRESS_FREE` tries over all logins, then waits the same way;
- a login has `LOGIN_FREE` tries from all strange devices together, after which a place that has used up its first
  `ALWAYS` tries waits an hour; a place that has not is still heard, so that nobody is shut out from afar;
- a device on which the person has signed in before is asked for none of this, only for its own `DEVICE_FREE`.

A try is written down before it is judged, so that a hundred at once are not all the first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.internal.userkit import get_user_by_username
from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from opora.foundation.accounts.models import User

from .addresses import client_address, network_of
from .devices import known_device
from .models import SignInTry

WINDOW = timedelta(hours=1)
PAIR_FREE, DEVICE_FREE, ADDRESS_FREE, LOGIN_FREE, ALWAYS = 5, 10, 30, 60, 2
FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60


@dataclass(frozen=True)
class Knock:
    """Who is asked for (a keyed digest), from which network, on which known device."""

    login_digest: str
    address: str
    device: str


@dataclass
class TooManyTries(Exception):
    """`seconds` until the next try is heard."""

    seconds: int

    @property
    def message(self) -> str:
        minutes = math.ceil(self.seconds / 60)
        return f"Слишком много попыток. Повторите через {minutes} мин.: учётная запись не заблокирована."


def account_of(login: str) -> User | None:
    """Whose login was typed, if anybody's."""
    found = get_user_by_username(login) if "\x00" not in login else None
    return found if isinstance(found, User) else None


def knock_by_password(request: HttpRequest, login: str) -> Knock:
    return _knock(request, f"password:{login.casefold()}", account_of(login))


def knock_by_code(request: HttpRequest, user: User) -> Knock:
    return _knock(request, f"code:{user.pk}", user)


def _knock(request: HttpRequest, what: str, user: User | None) -> Knock:
    digest = salted_hmac("opora.sign-in", what, algorithm="sha256").hexdigest()
    return Knock(digest, network_of(client_address(request)), known_device(request, user))


def begin(knock: Knock) -> SignInTry:
    """Write the try down and return it; whoever succeeds deletes it. Raises TooManyTries, and then nothing stays."""
    mine = SignInTry.objects.create(login_digest=knock.login_digest, address=knock.address, device=knock.device)
    seconds = _wait(knock, mine)
    if seconds > 0:
        mine.delete()
        raise TooManyTries(seconds)
    return mine


def _wait(knock: Knock, mine: SignInTry) -> int:
    """Seconds until this try may be heard; 0 for now."""
    rows = SignInTry.objects.since(mine.at - WINDOW).exclude(pk=mine.pk)
    if knock.device:
        own = rows.filter(login_digest=knock.login_digest, device=knock.device)
        told = own.aggregate(count=Count("pk"), last=Max("at"))
        return _due(told["count"] - DEVICE_FREE, told["last"], mine.at)
    login, here = Q(login_digest=knock.login_digest), Q(address=knock.address)
    told = rows.filter(login | here, device="").aggregate(
        pair=Count("pk", filter=login & here), pair_last=Max("at", filter=login & here),
        place=Count("pk", filter=here), place_last=Max("at", filter=here),
        login=Count("pk", filter=login),
    )  # fmt: skip
    waits = [
        _due(told["pair"] - PAIR_FREE, told["pair_last"], mine.at),
        _due(told["place"] - ADDRESS_FREE, told["place_last"], mine.at),
    ]
    if told["login"] >= LOGIN_FREE and told["pair"] >= ALWAYS:
        waits.append(_left(int(WINDOW.total_seconds()), told["pair_last"], mine.at))
    return max(waits)


def _due(over: int, last: datetime | None, now: datetime) -> int:
    """The wait doubles with each try over the free ones, up to the longest."""
    return 0 if over < 0 else _left(min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT), last, now)


def _left(wait: int, last: datetime | None, now: datetime) -> int:
    if last is None:
        return 0
    passed = max((now - last).total_seconds(), 0)  # a clock that went back makes nobody wait longer than once
    return max(math.ceil(wait - passed), 0)


def forget_old_tries() -> int:
    """Delete what is no longer counted. Returns how many."""
    return SignInTry.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()[0]
