"""AES-256-GCM and nothing else: bytes in, bytes out, bound to the place where they are kept."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class SealBroken(Exception):
    """What was sealed does not open: it was changed, moved to another place, or its key is not here."""


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(key: bytes, clear: bytes, bound_to: str) -> bytes:
    """Nonce and ciphertext. `bound_to` names the place; nothing sealed for one place opens in another."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, clear, bound_to.encode())


def opened(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """The clear bytes. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(bound_to) from error
