"""A menu item that leads nowhere fails `manage.py check`, and so the build."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse

from opora.foundation.access.actions import actions

from .icons import listed
from .navigation import items


@register()
def menu_leads_somewhere(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each item has an address, a declared action and a listed icon."""
    found: list[CheckMessage] = []
    for one in items():
        if one.action is not None and one.action not in actions():
            found.append(Error(f"menu «{one.title}»: unknown action {one.action}", id="ui.E001"))
        if one.icon and one.icon not in listed():
            found.append(Error(f"menu «{one.title}»: icon {one.icon} is not listed", id="ui.E002"))
        for name in (one.url_name, *one.also):
            try:
                reverse(name)
            except NoReverseMatch:
                found.append(Error(f"menu «{one.title}»: no page {name}", id="ui.E003"))
    return found
