"""The table of demonstration accounts that `make demo` prints."""

from __future__ import annotations

from opora.foundation.access.models import Position

from .world import PASSWORD


def accounts_table() -> str:
    """One line per account, the commissions first; the password is one for all."""
    posts = Position.objects.filter(ended_on=None).select_related("user", "organisation")
    rows = [
        (post.user.username, post.user.full_name, post.caption, post.organisation.short_name)
        for post in sorted(posts, key=lambda one: (not one.organisation.is_commission, one.organisation_id, one.pk))
    ]
    heads = ("логин", "кто", "должность", "где")
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [heads, *rows]]
    return "\n".join(["", f"Пароль у всех один: {PASSWORD}", "", *lines, ""])
