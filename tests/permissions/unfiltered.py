"""The application with its own filters switched off, so that the wall of the database is tried alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import models

from opora.foundation.access import actions, routes
from opora.foundation.organisations.managers import InScope
from opora.people.children.services import rows

from .canaries import owned_models

DOORS = ("visible_to", "kept_for", "of")


def _everything(self: Any, *_: Any) -> Any:
    return self.all()


def _nothing_asked(*_: Any, **__: Any) -> None:
    return None


def _querysets() -> set[type]:
    """Every class that opens a door to rows of an organisation."""
    kinds = {type(model._default_manager.all()) for model in owned_models()}
    found = {base for kind in kinds for base in kind.__mro__ if base.__module__.startswith("opora.")}
    return {one for one in found if issubclass(one, models.QuerySet)}


@contextmanager
def no_filters(*, managers: bool = False) -> Iterator[int]:
    """Switch off the doors of all querysets, the check of the routes and that of the services, the scoped managers.

    With `managers` these last stay on and are tried alone.
    Yields how many doors were opened.
    """
    opened = []
    for kind in _querysets():
        opened += [patch.object(kind, door, _everything) for door in DOORS if door in vars(kind)]
    if not managers:
        opened.append(patch.object(InScope, "as_sql", lambda self, compiler, connection, **_: ("1 = 1", [])))
    opened.append(patch.object(routes, "_is_here", lambda *_: True))
    for name, module in list(sys.modules.items()):
        if name.startswith("opora."):
            for guard in (actions.require_own, actions.require_knowledge, rows.own):
                held = [key for key, value in vars(module).items() if value is guard]
                opened += [patch.object(module, key, _nothing_asked) for key in held]
    for one in opened:
        one.start()
    try:
        yield len(opened)
    finally:
        for one in reversed(opened):
            one.stop()
