"""Lessons of a child on its file: groups with their grounds, recommended hours beside the given ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child
from opora.school.duties.models import SchoolDuty

from ..schoolyear.reading import school_year_of, settings_of
from .grounds import ground_words
from .hours import Recommended, delivered_minutes, hours_a_week, in_hours, minutes_given, recommended_hours
from .models import GroupMember


@dataclass(frozen=True)
class Gap:
    """Hours of one specialist that are recommended since the beginning of the school year, and those given of them."""

    who: str
    week: Decimal
    recommended: Decimal
    given: Decimal
    is_taught: bool


def gaps_of(actor: Actor, child: Child, members: list[GroupMember], today: date) -> list[Gap]:
    """A line for each specialist whom conclusions name, or for one whom they leave open; counted as the log counts."""
    start = school_year_of(today).starts_on
    named: dict[tuple[int, str], list[Recommended]] = defaultdict(list)
    rows = SchoolDuty.objects.visible_to(actor).filter(brought__child=child)
    for one in recommended_hours(child.organisation, start, today, rows):
        named[one.child_id, one.speciality].append(one)
    if not named:
        return []
    given = minutes_given(delivered_minutes([child.pk], start, today), named)
    lesson = settings_of(child.organisation).lesson_minutes
    taught = {one.group.leader.speciality for one in members if one.left_on is None or one.left_on >= today}
    free = taught - {speciality for _, speciality in named}
    return [
        Gap(some[0].who, hours_a_week(some), sum((one.hours for one in some), Decimal(0)),
            in_hours(given[key], lesson), key[1] in taught if key[1] else bool(free))
        for key, some in named.items()
    ]  # fmt: skip


def child_groups(actor: Actor, child: Child) -> dict[str, Any] | None:
    """Context of the panel; nothing is shown of a child who is not taught and to whom nothing is recommended."""
    today = timezone.localdate()
    rows = GroupMember.objects.visible_to(actor).filter(child=child).select_related("group__leader__user")
    members = list(rows.order_by("-joined_on"))
    gaps = gaps_of(actor, child, members, today) if sees(actor, "support_texts") else []
    if not members and not gaps:
        return None
    words = ground_words(actor, members)
    return {
        "places": [(one, words[one.pk], one.left_on is None or one.left_on >= today) for one in members],
        "gaps": gaps,
        "may_open": may(actor, "group.list"),
    }


panel("child", 56, "Занятия со специалистами", "groups/child_groups.html", "group.view", child_groups)
