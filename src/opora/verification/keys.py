"""Ed25519 keys and signatures as text."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = "opora-ed25519:"


def public_text(key: Ed25519PrivateKey) -> str:
    """The public half, to be printed and kept elsewhere."""
    return PREFIX + base64.b64encode(key.public_key().public_bytes_raw()).decode()


def signed(key: Ed25519PrivateKey, text: str) -> str:
    return base64.b64encode(key.sign(text.encode())).decode()


def is_signed(public: str, text: str, signature: str) -> bool:
    """Say whether `signature` was made over `text` with the private half of `public`; a spoiled key or text: no."""
    try:
        raw = base64.b64decode(public.removeprefix(PREFIX), validate=True)
        bare = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(bare, text.encode())
    except (InvalidSignature, ValueError, TypeError, AttributeError, binascii.Error):
        return False
    return base64.b64encode(bare).decode() == signature  # base64 has bits that say nothing: they are not free either


def public_read(given: str) -> str:
    """A public key as it was printed, or the name of a file that holds it. Raises ValueError."""
    text = given
    if not given.startswith(PREFIX):
        try:
            text = Path(given).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"открытый ключ не прочитан: {given}") from error
    if not text.startswith(PREFIX):
        raise ValueError(f"это не открытый ключ Опоры: {given}")
    return text
