"""Master keys: outside the database, in a file that its owner alone reads or in the environment.

Lines of the file are `<id> <base64 of 32 bytes>`; the last one is current and wraps new keys, the others still
unwrap. The file is looked at before each use, so a running server sees a new key at once.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .cipher import KEY_BYTES, SealBroken, new_key, opened, seal

MISSING = (
    "Нет мастер-ключа: данные о детях не зашифровать и не прочитать. Верните файл {path} из его отдельной копии "
    "или задайте OPORA_MASTER_KEYS; на новом месте ключ создаёт «opora init»."
)


class MasterKeyMissing(RuntimeError):
    """There is no master key, or not the one that is asked for; the message is a Russian sentence."""


@dataclass(frozen=True)
class Masters:
    """Master keys by id, in the order of the file."""

    keys: dict[str, bytes] = field(repr=False)

    @property
    def current(self) -> str:
        return next(reversed(self.keys))

    def key(self, master_id: str) -> bytes:
        if master_id not in self.keys:
            raise MasterKeyMissing(f"Среди мастер-ключей нет «{master_id}»: верните его строку из копии файла ключей.")
        return self.keys[master_id]

    def wrap(self, secret: bytes, bound_to: str) -> tuple[str, str]:
        """The data key under the current master key: its base64 and the id of the master key."""
        wrapped = seal(self.keys[self.current], secret, bound_to)
        return base64.b64encode(wrapped).decode(), self.current

    def unwrap(self, wrapped: str, master_id: str, bound_to: str) -> bytes:
        """Raises MasterKeyMissing, SealBroken."""
        try:
            sealed = base64.b64decode(wrapped, validate=True)
        except binascii.Error as error:
            raise SealBroken(bound_to) from error
        return opened(self.key(master_id), sealed, bound_to)


def is_given_by_environment() -> bool:
    return bool(settings.MASTER_KEYS)


def path() -> Path:
    return Path(settings.MASTER_KEYS_FILE)


def load() -> Masters:
    """The master keys as they are now. Raises MasterKeyMissing."""
    if settings.MASTER_KEYS:
        return _parsed(settings.MASTER_KEYS)
    try:
        found = path().stat()
    except OSError as error:
        if isinstance(error, FileNotFoundError) and settings.MASTER_KEYS_ARE_MADE:
            make(path())
            return load()
        raise MasterKeyMissing(MISSING.format(path=path().name)) from error
    return _read(path(), found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=1)
def _read(place: Path, *changed: int) -> Masters:
    try:
        return _parsed(place.read_text(encoding="utf-8"))
    except OSError as error:
        raise MasterKeyMissing(f"Файл мастер-ключей {place.name} не читается: проверьте его владельца.") from error


@lru_cache(maxsize=1)
def _parsed(text: str) -> Masters:
    keys: dict[str, bytes] = {}
    for line in re.split(r"[\n,]", text):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            name, written = line.split()
            key = base64.b64decode(written, validate=True)
        except ValueError as error:
            raise MasterKeyMissing("Строка мастер-ключа выглядит так: имя, пробел, 32 байта в base64.") from error
        if len(key) != KEY_BYTES or name in keys:
            raise MasterKeyMissing(f"Мастер-ключ «{name}» повторяется или не из 32 байт.")
        keys[name] = key
    if not keys:
        raise MasterKeyMissing("Мастер-ключей нет: файл или переменная пусты.")
    return Masters(keys)


def make(place: Path) -> bool:
    """Write a file with a first key, mode 0600. Returns False when there is one already; never overwrites."""
    if place.exists():
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = _written(place, _line())
    try:
        os.link(fresh, place)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def add() -> str:
    """Put a new current key at the end of the file; returns its id."""
    line = _line()
    _replace([*_lines(), line])
    return line.split()[0]


def remove(master_id: str) -> None:
    """Take a key out of the file; whether it is still in use is the caller's to check."""
    _replace([line for line in _lines() if line.split()[:1] != [master_id]])


def _lines() -> list[str]:
    load()  # a file that cannot be understood is not written anew
    return [line for line in path().read_text(encoding="utf-8").splitlines() if line.strip()]


def _replace(lines: list[str]) -> None:
    os.replace(_written(path(), *lines), path())
    folder = os.open(path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # a key that wraps something must not be forgotten in a power cut
    finally:
        os.close(folder)


def _written(place: Path, *lines: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _line() -> str:
    return f"{date.today():%Y%m%d}-{secrets.token_hex(3)} {base64.b64encode(new_key()).decode()}"
