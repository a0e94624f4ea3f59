"""What lies outside the program: the database is gone, the disk is full. Such a fault passes, so the page says when to
come again and offers to send the same form once more: nothing that was typed is lost (decision 8)."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

TOO_LITTLE = 256 * 1024  # bytes
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
SQLITE_FULL, SQLITE_BUSY = ("disk is full",), ("database is locked", "database table is locked")
POSTGRES_FULL, POSTGRES_BUSY = {"53100"}, {"40001", "40P01", "55P03"}
LARGEST_REPEAT = 1_000_000  # characters
SIGN_IN = "/account/"


@dataclass(frozen=True)
class Outage:
    """How a passing fault is answered; `again` is a number of seconds for Retry-After."""

    status: int
    title: str
    message: str
    again: int


ONCE = "Повторная отправка безопасна: одна и та же форма дважды не принимается."
FULL = Outage(
    507,
    "Кончилось место на диске",
    "Действие не выполнено. Сообщите администратору: нужно освободить место. Как только оно появится, "
    f"всё заработает само. {ONCE}",
    60,
)
BUSY = Outage(503, "База данных занята", f"Действие не выполнено. Повторите через несколько секунд. {ONCE}", 3)
GONE = Outage(
    503, "База данных не отвечает", f"Связь восстановится сама, повторите через минуту. {ONCE}", 15
)  # fmt: skip


def outage_of(error: BaseException | None) -> Outage | None:
    """What kind of passing fault an error comes from, or None for a fault of the program."""
    known: Outage | None = None
    for one in _chain(error):
        if isinstance(one, OSError) and one.errno in NO_SPACE:
            return FULL
        state, text = str(getattr(one, "sqlstate", "") or ""), str(one)
        outside = isinstance(one, OperationalError | InterfaceError)
        if state in POSTGRES_FULL or (outside and any(word in text for word in SQLITE_FULL)):
            return FULL
        if state in POSTGRES_BUSY or (outside and any(word in text for word in SQLITE_BUSY)):
            known = BUSY
        elif outside and known is None:
            known = FULL if _is_full() else GONE
    return known


def _is_full() -> bool:
    """SQLite on a full disk fails in many ways («disk I/O error», «unable to open»): ask the disk itself."""
    for folder in (settings.HOME, settings.FILES_ROOT):
        try:
            if shutil.disk_usage(folder).free < TOO_LITTLE:
                return True
        except OSError:
            continue
    return False


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__]


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form has sent, to be sent again by one button; empty for a reading, for passwords, for very much text.

    A file cannot be given back: the person chooses it again.
    """
    if request.method != "POST" or request.path.startswith(SIGN_IN):
        return []
    try:
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except Exception:  # the body did not arrive: there is nothing to give back
        return []
    if any("password" in name for name, _ in fields) or sum(len(value) for _, value in fields) > LARGEST_REPEAT:
        return []
    return fields
