"""Panels: how an upper room shows itself on a page of a lower one, which never imports it.

The case page belongs to `cases`; papers, bookings, examinations and the conclusion stand on it as panels that
`intake`, `examinations` and `conclusions` register in their `panels.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor

Loader = Callable[[Actor, Any], dict[str, Any] | None]

_PANELS: dict[str, list[Panel]] = {}
_STEPS: dict[str, Callable[[Any], str]] = {}


@dataclass(frozen=True)
class Panel:
    """`load(actor, subject)` returns the context of `template`, or None when there is nothing to show."""

    page: str
    order: int
    title: str
    template: str
    action: str
    load: Loader


@dataclass(frozen=True)
class ShownPanel:
    """A panel ready for the page; `anchor` is the id of its section."""

    title: str
    template: str
    anchor: str
    context: dict[str, Any]


def panel(page: str, order: int, title: str, template: str, action: str, load: Loader) -> None:
    """Register a panel of a page («case», «child»). It is shown to those who may do `action`."""
    _PANELS.setdefault(page, []).append(Panel(page, order, title, template, action, load))


def shown(page: str, actor: Actor, subject: models.Model) -> list[ShownPanel]:
    """Return the panels of the page that this actor may see, in order."""
    result = []
    for one in sorted(_PANELS.get(page, []), key=lambda p: p.order):
        context = one.load(actor, subject) if may(actor, one.action) else None
        if context is not None:
            anchor = one.template.rsplit("/", 1)[-1].removesuffix(".html")
            result.append(ShownPanel(one.title, one.template, anchor, context))
    return result


def step(action: str, address: Callable[[Any], str]) -> None:
    """Say where an action of a flow table is carried out: `address(case)` is the page with its form."""
    if action in _STEPS:
        raise ValueError(f"the step {action} has two addresses")
    _STEPS[action] = address


def step_address(action: str, subject: Any) -> str:
    """The address where the step is made, or an empty string when no room offers it."""
    return _STEPS[action](subject) if action in _STEPS else ""


def steps() -> frozenset[str]:
    """Actions that have an address; a test compares them with the flow table."""
    return frozenset(_STEPS)
