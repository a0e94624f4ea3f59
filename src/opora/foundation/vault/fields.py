"""Fields whose column holds sealed text only.

    text = SealedTextField("диагноз", limit=500)

Whoever has the row sees the clear text; it is opened at the first look. An empty value stays empty in the column, so
`.exclude(text="")` works; nothing else can be searched, sorted or set by `update`, and trying it is a TypeError or
FieldError. `values()` gives the sealed text. The key is that of `row.person_id` at `row.organisation`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import keyring
from .cipher import SealBroken
from .sealing import VERSION, Token, place_of, text_opened, text_sealed

KEPT = "_kept_seals"
Set = TypeVar("Set")
Get = TypeVar("Get")


@dataclass(frozen=True)
class _Kept:
    """A text as it was read: saved unchanged it keeps its token, even when its key is gone. None: it was not read."""

    token: Token
    text: str | None = None
    place: str = ""


class SealedAttribute(DeferredAttribute):
    """Opens the token of the row at the first look."""

    field: _Sealed[Any, Any]

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Token):
            value = self.field.opened(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        name = self.field.attname
        before = instance.__dict__.get(name)
        if isinstance(before, Token):
            instance.__dict__.setdefault(KEPT, {})[name] = _Kept(before)
        instance.__dict__[name] = value


class _Sealed(models.TextField[Set, Get]):
    descriptor_class = SealedAttribute
    empty_texts: tuple[str, ...] = ("",)

    def read(self, text: str) -> Any:
        """The value of a clear text."""
        return text

    def written(self, value: Any) -> str:
        """The clear text of a value."""
        return str(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        if value is None or value in self.empty_texts:
            return value if value is None else self.read(value)
        token = Token(value)
        if token.startswith(VERSION):
            keyring.note(token[3:17])
        return token

    def opened(self, row: models.Model, token: Token) -> Any:
        """The value of the token; empty when its key was destroyed. Raises SealBroken."""
        text = text_opened(row, self.name, token)
        shown = self.empty_texts[0] if text is None else text
        row.__dict__.setdefault(KEPT, {})[self.attname] = _Kept(token, shown, place_of(row, self.name))
        return self.read(shown)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Token) and not add:
            return value  # nobody has looked at it
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        text, kept = self.written(value), model_instance.__dict__.get(KEPT, {}).get(self.attname)
        known = kept if kept is not None and keyring.find(kept.token.key_id) is not None else None
        if known and text == known.text and place_of(model_instance, self.name) == known.place:
            return known.token
        if text in self.empty_texts:
            return Token(text)
        token = text_sealed(model_instance, self.name, text, as_before=known.token if known else None)
        model_instance.__dict__.setdefault(KEPT, {})[self.attname] = _Kept(
            token, text, place_of(model_instance, self.name)
        )
        return token

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, Token):
            return str.__str__(value)
        text = self.written(value)
        if text not in self.empty_texts:
            raise TypeError(f"{self} is sealed: it can be set on a row and saved, not searched or updated in place")
        return text

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def get_transform(self, name: str) -> Any:
        return None


class SealedTextField(_Sealed[str, str]):
    """Text of at most `limit` characters; `one_line` says that its form has a line and not a box."""

    def __init__(self, *args: Any, limit: int, one_line: bool = False, **options: Any) -> None:
        self.limit, self.one_line = limit, one_line
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "limit": self.limit, **({"one_line": True} if self.one_line else {})}

    @cached_property
    def validators(self) -> Any:  # type: ignore[override]
        return [*super().validators, MaxLengthValidator(self.limit)]

    def formfield(self, **options: Any) -> Any:  # type: ignore[override]
        shape = {} if self.one_line else {"widget": forms.Textarea}
        return models.Field.formfield(self, **{"max_length": self.limit, **shape, **options})


class SealedJSONField(_Sealed[Any, Any]):
    """Any JSON; an empty object or list stands in the clear."""

    empty_texts = ("{}", "[]")

    def read(self, text: str) -> Any:
        return json.loads(text)

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)

    def to_python(self, value: Any) -> Any:
        return value

    def formfield(self, **options: Any) -> Any:  # type: ignore[override]
        return models.Field.formfield(self, **{"form_class": forms.JSONField, "encoder": DjangoJSONEncoder, **options})


class ClearCheck(models.CheckConstraint):
    """A constraint that mentions a sealed field: whether it is empty the database sees, the form cannot ask it.

    The model says the same in its `clean`.
    """

    def validate(self, *args: Any, **options: Any) -> None:
        """The database alone checks it."""


def is_erased(row: models.Model, name: str) -> bool:
    """Whether the row held something in the field whose key was destroyed. Raises SealBroken."""
    getattr(row, name)
    kept: _Kept | None = row.__dict__.get(KEPT, {}).get(name)
    return kept is not None and keyring.key(kept.token.key_id).is_destroyed


__all__ = ["ClearCheck", "SealBroken", "SealedJSONField", "SealedTextField", "is_erased"]
