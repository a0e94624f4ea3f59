"""Secrets of second factors are sealed in the database; the key is derived from the secret of the place."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _sealer() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (hashlib.blake2b(one.encode(), digest_size=32, person=b"opora.factors").digest() for one in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(text: str) -> str:
    return _sealer().encrypt(text.encode()).decode("ascii")


def unseal(token: str) -> str:
    """Raises ValueError for what this place has not sealed."""
    try:
        return _sealer().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise ValueError("sealed with another secret") from error
