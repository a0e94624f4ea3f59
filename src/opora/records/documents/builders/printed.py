"""A printed form of one row: what it is called, what it is filled with, what of the field policy stands on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.foundation.access.fields import field_class, hidden_from
from opora.foundation.accounts.actors import Actor

Build = Callable[[Any, Actor, date], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class PrintedForm:
    """`holds` are the classes of the field policy that stand on it (`access.fields`); `action` is the right to print.

    `form` is the code of the blank where it differs from the form's own.
    """

    code: str
    title: str
    hint: str
    build: Build
    holds: frozenset[str] = frozenset()
    action: str = "paper.print"
    form: str = ""

    @property
    def blank(self) -> str:
        return self.form or self.code

    def withheld_from(self, actor: Actor, subject: Any) -> str:
        """Why this actor does not print it; empty when he may. What the law puts on a paper stays there for all."""
        hidden = sorted(code for code in self.holds & hidden_from(actor) if self.code not in field_class(code).papers)
        return " ".join(field_class(code).who_for(actor) for code in hidden)
