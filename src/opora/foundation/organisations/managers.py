"""The third wall: rows of an organisation are read in its scope or not at all."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import BooleanField, F, Func
from django.db.models.sql import Query

from .scope import Unscoped, scope

# The wall of each model, built once: it names no organisation until it is sent, so it is the same for all of them.
_WALLED: dict[type[models.Model], Query] = {}


class InScope(Func):
    """«The row belongs to the organisation of this moment», decided when the query is sent, not when it is written.

    Forms name their lists while they are declared, long before anyone asks; the list is walled when it is read.
    Raises `Unscoped` where no scope is set.
    """

    output_field = BooleanField()

    def __init__(self, owner: Any = "organisation") -> None:
        super().__init__(F(owner) if isinstance(owner, str) else owner)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        now = scope()
        if not now.walls:
            return "1 = 1", []
        if not now.is_told:
            raise Unscoped(f"{compiler.query.model.__name__} was asked for outside of an organisation")
        owner, parameters = compiler.compile(self.source_expressions[0])
        return f"{owner} = %s", [*parameters, now.organisation]


def in_scope(manager: models.Manager[Any]) -> models.QuerySet[Any]:
    """The rows of a manager within the organisation of the moment."""
    rows = models.Manager.get_queryset(manager)
    found = _WALLED.get(manager.model)
    if found is None:
        found = _WALLED[manager.model] = models.QuerySet(manager.model).filter(InScope()).query
    rows.query = found.clone()
    # `clone` shares the lists of aliases, and joining other tables writes into them: each query has its own.
    rows.query.table_map = {table: list(aliases) for table, aliases in found.table_map.items()}
    return rows


def scope_managers(sender: type[models.Model], **_: Any) -> None:
    """Put the scope into the managers of every model with an `organisation`, as soon as the model is made.

    No model can forget it, and a queryset class need not know of it.
    """
    if sender.__module__ == "__fake__" or not _has_organisation(sender):  # a model of a migration is not read
        return
    for manager in sender._meta.local_managers:
        kind = manager.__class__
        own = {name: value for name, value in vars(kind).items() if name not in ("__dict__", "__weakref__")}
        # The same class but for one method, with the same name and bases: the type checker knows it by them.
        manager.__class__ = type(kind.__name__, kind.__bases__, {**own, "get_queryset": in_scope})
    sender._meta._expire_cache()  # type: ignore[attr-defined]  # it holds copies of the managers


def _has_organisation(model: type[models.Model]) -> bool:
    found = (one.remote_field for one in model._meta.local_fields if one.name == "organisation" and one.remote_field)
    return any(getattr(one.model, "__name__", one.model) == "Organisation" for one in found)
