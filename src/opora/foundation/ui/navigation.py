"""The menu: each app adds its items in its own `navigation.py`, found at start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor


@dataclass(frozen=True, order=True)
class Item:
    """`action` is the right that opens the page; without it the item is shown to everyone who is signed in.

    `also` names pages that belong to the item though their address lies elsewhere: they light it in the menu.
    """

    order: int
    title: str
    url_name: str
    action: str | None = None
    icon: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """`heading` stands above the first item of a part of the menu."""

    title: str
    url: str
    icon: str
    current: bool
    heading: str = ""


# What is looked at less often than the work itself stands below it, each part under a heading of its own; last first.
PARTS = {100: "Защита данных", 80: "Справочники", 62: "Служба сопровождения"}
_ITEMS: dict[str, Item] = {}


def item(
    order: int, title: str, url_name: str, action_code: str | None = None, *, icon: str = "", also: tuple[str, ...] = ()
) -> Item:
    """Add an item to the menu. Raises ValueError when the page is in it already."""
    if url_name in _ITEMS:
        raise ValueError(f"{url_name} is in the menu twice")
    _ITEMS[url_name] = Item(order, title, url_name, action_code, icon, also)
    return _ITEMS[url_name]


def items() -> list[Item]:
    """All items in their order."""
    return sorted(_ITEMS.values(), key=lambda one: (one.order, one.title))


def links(actor: Actor, request: HttpRequest) -> Iterator[Link]:
    """The menu of one person on one page; what the roles do not open is not shown."""
    allowed = [one for one in items() if one.action is None or may(actor, one.action)]
    addresses = {one.url_name: _address(one.url_name) for one in allowed}
    owners = {_address(name): addresses[one.url_name] for one in allowed for name in (one.url_name, *one.also)}
    here = owners.get(max((url for url in owners if _holds(url, request.path)), key=len, default=""), "")
    named: set[str] = set()
    for one in allowed:
        url = addresses[one.url_name]
        if url:
            part = next((title for first, title in PARTS.items() if one.order >= first), "")
            yield Link(one.title, url, one.icon, current=url == here, heading="" if part in named else part)
            named.add(part)


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""  # said by the system check in checks.py, which fails the build


def _holds(url: str, path: str) -> bool:
    return bool(url) and (path == url or (url != "/" and path.startswith(url)))
