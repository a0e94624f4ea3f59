"""A material is brought in, its words are changed, it is reviewed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from ...schoolyear.bounds import year_require
from .. import events
from ..models import Material
from .steps import OWNER_WRITES, material_lock, may_write, open_require

FIELDS = (
    "kind", "title", "authors", "direction", "speciality", "age_from", "age_to", "aim", "annotation",
    "expected_result", "starts_on", "ends_on", "review_on",
)  # fmt: skip


@transaction.atomic
def material_save(
    *, actor: Actor, material: Material | None = None, author: Position | None = None, **fields: Any
) -> Material:
    """Bring a material in, or change its words; `author` is the post that keeps it, the actor's own by default.

    Raises PermissionDenied; Refusal for a title that is there already, ages or days in the wrong order, another kind
    of what was handed in.
    """
    require(actor, "material.write")
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such fields of a material: {sorted(unknown)}")
    row = open_require(actor, material) if material else Material(organisation=actor.at, author=_author(actor, author))
    if material is None and not may_write(actor, row):
        raise PermissionDenied(OWNER_WRITES)
    if material is not None and fields.get("kind", row.kind) != row.kind:
        _require_new_kind(row)
    changed = [name for name, value in fields.items() if _put(row, name, value)]
    if material is not None and not changed:
        return row
    _require_sound(row)
    row.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refusal("known", "Такой материал только что внесли.", field="title") from None
    if material is None:
        record(events.MATERIAL_ADDED, actor=actor, subject=row, kind=str(row.get_kind_display()))
    else:
        words = ", ".join(str(Material._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        record(events.MATERIAL_CHANGED, actor=actor, subject=row, fields=words)
    return row


def _require_new_kind(row: Material) -> None:
    """What was handed in or has topics stays of its kind: as a method it would be used without approval."""
    if row.status != Material.Status.DRAFT:
        raise Refusal("kind", "Материал уже в работе: его вид не меняется.", field="kind")
    if row.submitted_on is not None:
        raise Refusal("kind", "Материал уже отдавали на рассмотрение: его вид не меняется.", field="kind")
    if row.topics.exists():
        raise Refusal("kind", "В материале есть темы или этапы: сначала уберите их.", field="kind")


def _author(actor: Actor, given: Position | None) -> Position | None:
    if given is not None:
        require_own(actor, given)
        return given
    if actor.user is None:
        return None
    return Position.objects.visible_to(actor).filter(user=actor.user).order_by("ended_on", "-started_on").first()


def _put(row: Material, name: str, value: Any) -> bool:
    tidy = value.strip() if isinstance(value, str) else value
    if getattr(row, name) == tidy:
        return False
    setattr(row, name, tidy)
    return True


def _require_sound(row: Material) -> None:
    for name in ("starts_on", "ends_on", "review_on"):
        if getattr(row, name) is not None:
            year_require(getattr(row, name), name)
    if row.age_from is not None and row.age_to is not None and row.age_to < row.age_from:
        raise Refusal("ages", "Старший возраст меньше младшего.", field="age_to")
    if row.starts_on is not None and row.ends_on is not None and row.ends_on < row.starts_on:
        raise Refusal("days", "Срок кончается раньше, чем начинается.", field="ends_on")
    others = Material.objects.of(row.organisation).filter(kind=row.kind).exclude(pk=row.pk)
    if row.title.casefold() in {title.casefold() for title in others.values_list("title", flat=True)}:
        raise Refusal("known", "В банке уже есть материал с таким названием.", field="title")


@transaction.atomic
def material_review(*, actor: Actor, material: Material, next_on: date, on: date) -> Material:
    """Looked at again: still good, the next time on a day. Raises PermissionDenied, Refusal for a day that has been."""
    require(actor, "material.write")
    fresh = material_lock(actor, material)
    if not may_write(actor, fresh):
        raise PermissionDenied(OWNER_WRITES)
    if fresh.status != Material.Status.IN_USE:
        raise Refusal("not_in_use", "Пересматривают то, что в работе.")
    if next_on <= on:
        raise Refusal("day", "Следующий пересмотр — позже сегодняшнего дня.", field="next_on")
    year_require(next_on, "next_on")
    fresh.review_on = next_on
    fresh.save(update_fields=["review_on"])
    record(events.MATERIAL_REVIEWED, actor=actor, subject=fresh, on=f"{next_on:%d.%m.%Y}")
    return fresh
