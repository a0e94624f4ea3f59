"""Public ids: what stands in an address instead of a row number. They say nothing and cannot be guessed."""

import secrets
from typing import Any

from django.db import models

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: an id can be read over the phone
LENGTH = 14  # 31 ** 14 is about 2 ** 69


def public_id() -> str:
    """Return a fresh random id of 14 characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField[str, str]):
    """A random id for addresses, unique in its table."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", LENGTH)
        options.setdefault("unique", True)
        options.setdefault("editable", False)
        options.setdefault("default", public_id)
        super().__init__(**options)

    def get_prep_value(self, value: Any) -> Any:
        """What comes from an address or a form may hold NUL, which PostgreSQL does not even compare."""
        prepared = super().get_prep_value(value)
        return prepared.replace("\x00", "") if isinstance(prepared, str) else prepared
