"""Sealing what a row holds with the key of its child, and opening it again.

A sealed text is `v1:<key>:<base64>`. It is bound to table, row and field: moved anywhere else it does not open.
"""

from __future__ import annotations

import base64
import binascii

from django.db import models

from opora.foundation.access.refusals import Refusal

from . import keyring
from .cipher import SealBroken, opened, seal
from .keyring import DataKey

VERSION = "v1:"
KEY_AT = slice(3, 17)
BODY_AT = 18
FILE_MARK = b"opora-v1"


class Token(str):
    """A sealed text as the database holds it; whoever prints it shows nothing."""

    __slots__ = ()

    @property
    def key_id(self) -> str:
        """Raises SealBroken for what is no token: a text that stands in the clear was not written by us."""
        if not self.startswith(VERSION) or len(self) <= BODY_AT or self[BODY_AT - 1] != ":":
            raise SealBroken("not sealed")
        return self[KEY_AT]


def place_of(row: models.Model, name: str) -> str:
    """What a sealed text or file is bound to."""
    return f"{row._meta.db_table}:{getattr(row, 'public_id')}:{name}"  # noqa: B009


def key_for(row: models.Model) -> DataKey:
    """The key of the child that the row is about, or the organisation's own. Raises Refusal for a destroyed one."""
    person_id = str(getattr(row, "person_id", "") or "")
    return _usable(keyring.key_of(getattr(row, "organisation_id"), person_id))  # noqa: B009


def _usable(key: DataKey) -> DataKey:
    if key.is_destroyed:
        raise Refusal("erased", "Данные этого ребёнка стёрты по закону: новое в его карту не вносится.")
    return key


def text_sealed(row: models.Model, name: str, clear: str, *, as_before: Token | None = None) -> Token:
    """`as_before` is what the row holds now: its key is used again, without asking whose child it is."""
    known = keyring.find(as_before.key_id) if as_before is not None else None
    key = _usable(known) if known is not None else key_for(row)
    assert key.secret is not None  # noqa: S101
    body = seal(key.secret, clear.encode(), place_of(row, name))
    return Token(f"{VERSION}{key.public_id}:{base64.b64encode(body).decode()}")


def text_opened(row: models.Model, name: str, token: Token) -> str | None:
    """The clear text, or None when its key was destroyed. Raises SealBroken."""
    key = keyring.key(token.key_id)
    if key.secret is None:
        return None
    try:
        body = base64.b64decode(token[BODY_AT:], validate=True)
    except binascii.Error as error:
        raise SealBroken(place_of(row, name)) from error
    return opened(key.secret, body, place_of(row, name)).decode()


def bytes_sealed(row: models.Model, name: str, clear: bytes) -> bytes:
    """A file as it is kept: mark, key, nonce, ciphertext."""
    key = key_for(row)
    assert key.secret is not None  # noqa: S101
    return FILE_MARK + key.public_id.encode() + seal(key.secret, clear, place_of(row, name))


def bytes_opened(row: models.Model, name: str, sealed: bytes) -> bytes | None:
    """The clear bytes, or None when the key was destroyed. Raises SealBroken."""
    start = len(FILE_MARK)
    if not sealed.startswith(FILE_MARK) or len(sealed) < start + 14:
        raise SealBroken(place_of(row, name))
    key = keyring.key(sealed[start : start + 14].decode(errors="replace"))
    return None if key.secret is None else opened(key.secret, sealed[start + 14 :], place_of(row, name))
