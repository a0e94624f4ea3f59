"""Lines of a plan: added, changed, moved; removed from a draft, taken off with a reason after the first approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from opora.foundation.access.actions import require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from ...approval import CLAUSE
from .. import events
from ..models import PlanItem, WorkPlan
from ..terms import term_title
from .steps import open_require

FIELDS = (
    "direction", "title", "aim", "participants", "starts_on", "ends_on", "responsible", "expected_result",
)  # fmt: skip
MOST_ITEMS = 300  # a plan nobody could read


@dataclass(frozen=True)
class ItemSaved:
    """`item` is as it stands in the database; after a conflict nothing was written over what another has changed."""

    item: PlanItem
    conflict: bool = False


@transaction.atomic
def item_add(*, actor: Actor, plan: WorkPlan, **values: Any) -> PlanItem:
    """Add a line: `title` and `direction`, the rest is filled in as usual. Raises PermissionDenied, Refusal."""
    fresh = open_require(actor, plan)
    if fresh.items.count() >= MOST_ITEMS:
        raise Refusal("too_many", f"Больше {MOST_ITEMS} строк в плане не помещается.", field="title")
    last = fresh.items.aggregate(last=Max("order"))["last"] or 0
    item = PlanItem(
        organisation=actor.at, plan=fresh, order=last + 1, starts_on=fresh.starts_on, ends_on=fresh.ends_on,
        responsible=fresh.owner,
    )  # fmt: skip
    _fill(actor, item, values)
    item.save()
    record(events.ITEM_ADDED, actor=actor, subject=fresh)
    return item


def _fill(actor: Actor, item: PlanItem, values: Mapping[str, Any]) -> list[str]:
    """Put values into a line and check it; returns what has changed. Raises Refusal, ValidationError."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such fields of a plan line: {sorted(unknown)}")
    changed = []
    for name, given in values.items():
        value = " ".join(given.split()) if isinstance(given, str) else given
        if getattr(item, name) != value:
            setattr(item, name, value)
            changed.append(name)
    if not item.title:
        raise Refusal("no_title", "Напишите, что за мероприятие: строка без названия не сохраняется.", field="title")
    _require_days(item)
    post = item.responsible
    if post is not None and "responsible" in changed:
        require_own(actor, post)
        if post.ended_on is not None and post.ended_on < item.starts_on:
            raise Refusal("left", "Этот сотрудник к началу мероприятия уже не работает.", field="responsible")
    item.full_clean(exclude=["organisation", "plan", "origin", "responsible"], validate_constraints=False)
    return changed


def _require_days(item: PlanItem) -> None:
    if item.ends_on < item.starts_on:
        raise Refusal("order", "Мероприятие заканчивается раньше, чем начинается.", field="ends_on")
    plan = item.plan
    for name in ("starts_on", "ends_on"):
        if not plan.starts_on <= getattr(item, name) <= plan.ends_on:
            term = term_title(plan.horizon, plan.starts_on, plan.ends_on)
            raise Refusal("outside", f"Этот день вне срока плана: {term}.", field=name)


def _locked(actor: Actor, item: PlanItem) -> PlanItem:
    """The line of a plan that the actor may change now, read anew. Raises PermissionDenied, Refusal."""
    require_own(actor, item)
    plan = open_require(actor, item.plan)
    fresh = PlanItem.objects.select_for_update(of=("self",)).select_related("responsible").filter(pk=item.pk).first()
    if fresh is None:
        raise Refusal("gone", "Эту строку уже убрали из плана: обновите страницу.")
    fresh.plan = plan
    return fresh


@transaction.atomic
def item_change(
    *, actor: Actor, item: PlanItem, base_version: int, values: Mapping[str, Any], settled: bool = False
) -> ItemSaved:
    """Save what was typed over `base_version`; `settled` writes over what another has changed meanwhile.

    Raises PermissionDenied, Refusal, ValidationError.
    """
    fresh = _locked(actor, item)
    if base_version != fresh.version and not settled and _differs(fresh, values):
        return ItemSaved(fresh, conflict=True)
    changed = _fill(actor, fresh, values)
    if changed:
        fresh.version += 1
        fresh.save()
        words = ", ".join(str(PlanItem._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        record(events.ITEM_CHANGED, actor=actor, subject=fresh.plan, fields=words)
    return ItemSaved(fresh)


def _differs(item: PlanItem, values: Mapping[str, Any]) -> bool:
    return any(getattr(item, name) != value for name, value in values.items())


@transaction.atomic
def item_move(*, actor: Actor, item: PlanItem, up: bool) -> None:
    """Change places with the neighbour of the same direction; the first and the last stay."""
    fresh = _locked(actor, item)
    rows = list(fresh.plan.items.filter(direction=fresh.direction).order_by("order", "pk"))
    place = next(number for number, one in enumerate(rows) if one.pk == fresh.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    here, there = rows[place], rows[other]
    here.order, there.order = there.order, here.order
    PlanItem.objects.bulk_update([here, there], ["order"])
    record(events.ITEM_CHANGED, actor=actor, subject=fresh.plan, fields="порядок")


@transaction.atomic
def item_remove(*, actor: Actor, item: PlanItem) -> None:
    """Take out a line that was never approved. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, item)
    if fresh.is_approved:
        raise Refusal("approved", "Строку уже утвердили: её не убирают, а снимают с причиной.", CLAUSE, "drop_reason")
    record(events.ITEM_REMOVED, actor=actor, subject=fresh.plan)
    fresh.delete()


@transaction.atomic
def item_drop(*, actor: Actor, item: PlanItem, reason: str, on: date) -> PlanItem:
    """Take an approved line off the plan: it stays readable with its reason. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, item)
    words = " ".join(reason.split()) or fresh.plan.change_reason[:300]
    if not words:
        raise Refusal("no_reason", "Напишите, почему мероприятие снимается.", CLAUSE, "drop_reason")
    fresh.dropped_on, fresh.drop_reason = on, words
    fresh.version += 1
    fresh.full_clean(exclude=["organisation", "plan", "origin", "responsible"])
    fresh.save()
    record(events.ITEM_DROPPED, actor=actor, subject=fresh.plan)
    return fresh


@transaction.atomic
def item_restore(*, actor: Actor, item: PlanItem) -> PlanItem:
    """Put a line back that was taken off. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, item)
    if not fresh.is_dropped:
        return fresh
    fresh.dropped_on, fresh.drop_reason = None, ""
    fresh.version += 1
    fresh.save()
    record(events.ITEM_RESTORED, actor=actor, subject=fresh.plan)
    return fresh
