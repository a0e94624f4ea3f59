"""Rows of the passport in a school: taken over from the law's data, own ones, other words, no longer counted."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import PassportRow
from ..permissions import require_leading
from ..rows import offered, rows_of

MOST_ROWS = 120


def rows_complete(actor: Actor, on: date) -> int:
    """Add the rows of the law's data that the school has not got yet; how many. A step of other services."""
    have = set(PassportRow.objects.of(actor.at).values_list("code", flat=True))
    missing = [row for row in offered(actor.at, on) if row.code not in have]
    PassportRow.objects.bulk_create(missing, ignore_conflicts=True)
    if missing:
        record(events.ROWS_PROVIDED, actor=actor, count=len(missing))
    return len(missing)


@transaction.atomic
def passport_rows_provide(*, actor: Actor, on: date | None = None) -> list[PassportRow]:
    """The rows of the school; on first use they are made from the law's data."""
    require(actor, "passport.rows")
    require_leading(actor)
    rows_complete(actor, on or timezone.localdate())
    return rows_of(actor.at)


@transaction.atomic
def passport_row_add(
    *, actor: Actor, section: str, title: str, of_family: bool = True, field_class: str = "family"
) -> PassportRow:
    """An own row, ticked on the sheets of classes; it stands last in its section."""
    require(actor, "passport.rows")
    require_leading(actor)
    if PassportRow.objects.of(actor.at).count() >= MOST_ROWS:
        raise Refusal("too_many", f"Строк уже {MOST_ROWS}: уберите те, которые больше не нужны.")
    _not_twice(actor, section, title)
    beside = PassportRow.objects.of(actor.at).filter(section=section).order_by("-order").first()
    last = beside or PassportRow.objects.of(actor.at).order_by("-order").first()
    row = PassportRow(
        organisation=actor.at, code=f"own_{secrets.token_hex(6)}", section=section.strip(), title=title.strip(),
        of_family=of_family, field_class=field_class, order=last.order + 1 if last else 1,
    )  # fmt: skip
    row.full_clean()
    row.save()
    record(events.ROW_ADDED, actor=actor, subject=row, title=row.title)
    return row


@transaction.atomic
def passport_row_change(*, actor: Actor, row: PassportRow, **values: Any) -> PassportRow:
    """Other words, place, audience of a row, or the end of its counting. Where it is counted from stays.

    `values`: section, title, of_family (of own rows), field_class (of own rows), order, is_retired.
    """
    require(actor, "passport.rows")
    require_leading(actor)
    require_own(actor, row)
    if "title" in values or "section" in values:
        _not_twice(actor, values.get("section", row.section), values.get("title", row.title), row)
    own = ("of_family", "field_class") if row.code.startswith("own_") else ()
    changed = []
    for name in ("section", "title", "order", "is_retired", *own):
        if name in values and getattr(row, name) != values[name]:
            setattr(row, name, values[name])
            changed.append(str(getattr(row._meta.get_field(name), "verbose_name", name)))
    if changed:
        row.full_clean()
        row.save(update_fields=["section", "title", "order", "is_retired", "of_family", "field_class"])
        record(events.ROW_CHANGED, actor=actor, subject=row, fields=", ".join(changed))
    return row


def _not_twice(actor: Actor, section: str, title: str, but: PassportRow | None = None) -> None:
    same = PassportRow.objects.of(actor.at).filter(section=section.strip(), title=title.strip(), is_retired=False)
    if any(one != but for one in same):
        raise Refusal("twice", "Такая строка в этом разделе уже есть.", field="title")
