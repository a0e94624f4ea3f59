"""The consilium on the card of a child and beside a concern."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child
from opora.school.pupils.selectors import left_among
from opora.school.signals.meetings import Way, offer_meetings
from opora.school.signals.models import Concern

from .forms import outcome_title
from .models import AgendaItem, ConsiliumOpinion, ReferralToCommission


def child_consilium(actor: Actor, child: Child) -> dict[str, Any] | None:
    """Every talk about the child with its decision, opinion and referral; four queries."""
    rows = AgendaItem.objects.visible_to(actor).filter(child=child).with_people().order_by("-meeting__day", "-pk")
    items = list(rows)
    opinions = ConsiliumOpinion.objects.visible_to(actor).filter(item__child=child, annulled_on__isnull=True)
    referrals = ReferralToCommission.objects.visible_to(actor).filter(item__child=child, annulled_on__isnull=True)
    by_opinion = {one.item_id: one for one in opinions}
    by_referral = {one.item_id: one for one in referrals.select_related("commission")}
    may_call = may(actor, "meeting.call") and not left_among(child.organisation, [child.pk]).exists()
    if not items and not may_call:
        return None
    talks = [
        {
            "item": one,
            "outcome": outcome_title(one),
            "opinion": by_opinion.get(one.pk),
            "referral": by_referral.get(one.pk),
        }
        for one in items
    ]
    return {"child": child, "talks": talks, "may_call": may_call}


def concern_way(concern: Concern) -> Way | None:
    """The talk that the concern has led to, else the page that calls it; of a pupil who has left nobody calls one."""
    rows = concern.agenda_items.exclude(state=AgendaItem.State.POSTPONED).select_related("meeting")
    item = rows.order_by("-pk").first()
    if item is None and left_among(concern.organisation, [concern.child_id]).exists():
        return None
    if item is None:
        urgent = concern.state != Concern.State.CONFIRMED
        words = "Собрать консилиум сейчас" if urgent else "Назначить заседание"
        return Way(reverse("consilium:call_of_concern", args=[concern.public_id]), words)
    if item.state == AgendaItem.State.SIGNED:
        address = reverse("consilium:item", args=[item.public_id])
        return Way(address, f"Обсудили {item.meeting.day:%d.%m.%Y}", is_over=True)
    return Way(reverse("consilium:prepare", args=[item.public_id]), f"Заседание {item.meeting.day:%d.%m.%Y}")


panel("child", 36, "Консилиум", "consilium/child_panel.html", "meeting.view", child_consilium)
offer_meetings(of_concern=concern_way, of_results=lambda: reverse("consilium:waiting"))
