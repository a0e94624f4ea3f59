"""All addresses of the product, read from the URLconf: the permission matrix and the checks are made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

View = Callable[..., Any]


def views() -> Iterator[tuple[str, View]]:
    """Yield the full name («cases:case») and the view of each address."""
    yield from ((name, pattern.callback) for name, pattern in patterns())


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Yield the full name and the pattern of each address, nested lists included."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(found: list[URLPattern | URLResolver], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, inner)
        else:
            yield f"{namespace}{one.name or one.pattern}", one
