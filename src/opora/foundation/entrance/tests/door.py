"""How the stories of this room come to the door: by the pages, as people do."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from opora.foundation.accounts.models import User
from tests.cast import PASSWORD

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def browser(address: str = "192.0.2.10") -> Client:
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT=AGENT)


def knock(client: Client, login: str, password: str = PASSWORD, **more: object) -> HttpResponse:
    return client.post("/account/sign-in/", {"login": login, "password": password}, **more)


def signed_in(user: User, address: str = "192.0.2.10") -> Client:
    client = browser(address)
    assert knock(client, user.username).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return settings.SESSION_COOKIE_NAME in client.cookies and client.get("/").status_code == 200


def with_application(user: User) -> str:
    """Give the person an application with codes; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def secret_of(user: User) -> str:
    return decrypt(user.authenticator_set.get(type="totp").data["secret"])
