"""What a colleague reads of a plan that is open for changes: the version that the director approved."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from opora.foundation.accounts.actors import Actor

from ..approval import Status
from .content import WorkPlanContent, done_words
from .doing import Done, done_of
from .models import PlanItem, PlanVersion, WorkPlan
from .querysets import reads_all


def version_for(actor: Actor, plan: WorkPlan) -> PlanVersion | None:
    """The version in force, for a reader of a plan that is being changed; None for whoever reads the plan itself."""
    if plan.status == Status.APPROVED or plan.number is None or plan.owner is None or reads_all(actor):
        return None
    if actor.user is not None and plan.owner.user_id == actor.user.pk:
        return None
    return plan.versions.select_related("snapshot").order_by("-number").first()


def approved_content(version: PlanVersion) -> WorkPlanContent:
    """What was frozen."""
    return cast("WorkPlanContent", version.snapshot.content)


def approved_items(version: PlanVersion) -> list[tuple[PlanItem, str]]:
    """Lines as they were approved, never to be saved, each with who answers for it; two queries."""
    known = {one.public_id: one for one in version.plan.items.all()}
    found = []
    for part in approved_content(version)["parts"]:
        for line in part["lines"]:
            item = known[line["key"]]
            item.direction, item.title, item.aim = part["code"], line["title"], line["aim"]
            item.participants, item.expected_result = line["participants"], line["result"]
            item.drop_reason, item.dropped_on = line["dropped"], version.approved_on if line["dropped"] else None
            item.starts_on, item.ends_on = _days(line["term"])
            found.append((item, line["responsible"]))
    return found


def _days(term: str) -> tuple[date, date]:
    """The other way of `content.item_term`."""
    days = [datetime.strptime(one.strip(), "%d.%m.%Y").date() for one in term.split("—")]
    return days[0], days[-1]


def marked_content(version: PlanVersion, today: date) -> WorkPlanContent:
    """What was frozen, with the column «Отметка о выполнении» counted from the log."""
    items = {one.public_id: one for one, _ in approved_items(version)}
    done = done_of(one.pk for one in items.values())
    content = approved_content(version)
    for part in content["parts"]:
        for line in part["lines"]:
            item = items[line["key"]]
            line["done"] = done_words(item, done.get(item.pk, Done()), today)
    return content
