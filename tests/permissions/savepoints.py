"""A request that leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.cache import KEY_PREFIX
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

SESSIONS = ("django_session", "entrance_accountsession")
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


@contextmanager
def cell() -> Iterator[list[str]]:
    """A savepoint that is always rolled back; gives the writes that were tried, but for the session's own."""
    tried: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if WRITES.match(sql) and not any(table in sql for table in SESSIONS):
            tried.append(sql[:120])
        return execute(sql, *rest)

    point = transaction.savepoint()
    try:
        with connection.execute_wrapper(watch):
            yield tried
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(point)


@contextmanager
def same_sessions(clients: Iterable[Client]) -> Iterator[None]:
    """Whoever signs out inside is signed in again: sessions live in memory, which no savepoint rolls back."""
    memory, kept = caches[settings.SESSION_CACHE_ALIAS], []
    for client in clients:
        if settings.SESSION_COOKIE_NAME in client.cookies:
            key = f"{KEY_PREFIX}{client.cookies[settings.SESSION_COOKIE_NAME].value}"
            cookies = {name: cookie.value for name, cookie in client.cookies.items()}
            kept.append((client, cookies, key, memory.get(key)))
    yield
    for client, cookies, key, session in kept:
        client.cookies = SimpleCookie(cookies)
        memory.set(key, session, settings.SESSION_COOKIE_AGE)
