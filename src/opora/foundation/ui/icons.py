"""Icons inside the page: SVG read once from the assets, only those named in `icons.txt`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

LISTED = Path(__file__).with_name("icons.txt")
_TAG = re.compile(r"<svg[^>]*>", re.DOTALL)
_OPEN = (
    '<svg class="icon" width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
)


@lru_cache(maxsize=1)
def listed() -> frozenset[str]:
    """Names of the icons that set-up copies into the assets."""
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=256)
def svg(name: str) -> SafeString:
    """Return the inline SVG; nothing when the assets are not fetched yet (an icon only stands beside a word).

    Raises ValueError for a name that is not in `icons.txt`, so that a typo shows in the first test.
    """
    if name not in listed():
        raise ValueError(f"the icon {name} is not listed in {LISTED.name}")
    file = Path(settings.ASSETS) / "static" / "icons" / f"{name}.svg"
    if not file.exists():
        return SafeString("")
    return mark_safe(" ".join(_TAG.sub(_OPEN, file.read_text(encoding="utf-8"), count=1).split()))
