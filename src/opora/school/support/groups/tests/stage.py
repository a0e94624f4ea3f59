"""A group of Лариса with its programme; a conclusion of ПМПК names lessons with a speech therapist for Миша."""

from datetime import date
from decimal import Decimal
from typing import Any

from opora.people.children.models import Child
from opora.school.duties.models import BroughtConclusion
from opora.school.duties.offers import DutyDraft
from opora.school.duties.services import brought_record
from opora.school.support.groups import services
from opora.school.support.groups.grounds import grounds_of
from opora.school.support.groups.models import Group, GroupMember
from opora.school.support.materials.models import Material, MaterialTopic
from tests.cast import organisation
from tests.school_cast import SchoolCast

SEPTEMBER = date(2026, 9, 7)
TODAY = date(2026, 11, 21)
TOPICS = (("Звук Р", 2), ("Звук Л", 1), ("Слоги", 1))


def conclusion(cast: SchoolCast, child: Child, on: date = SEPTEMBER, **changes: Any) -> BroughtConclusion:
    """Brought with two hours of a speech therapist a week."""
    hours = changes.pop("hours", Decimal(2))
    lessons = DutyDraft("lessons", "Занятия с логопедом", speciality="speech_therapist", hours=hours)
    return brought_record(
        **{
            "actor": cast.actor(cast.elena), "child": child, "guardian": cast.mother(child), "number": child.public_id,
            "signed_on": on, "brought_on": on, "has_limitations": True, "parents_answer": "agree",
            "commission": organisation("territorial_commission", f"ПМПК {child.last_name}"), "duties": [lessons],
        } | changes
    )  # fmt: skip


def programme(cast: SchoolCast) -> Material:
    made = Material.objects.create(
        organisation=cast.school, kind="programme", title="Говорим чисто", direction="correction",
        speciality="speech_therapist", status="in_use",
    )  # fmt: skip
    for order, (title, hours) in enumerate(TOPICS, start=1):
        MaterialTopic.objects.create(organisation=cast.school, material=made, order=order, title=title, hours=hours)
    return made


def start(cast: SchoolCast, **changes: Any) -> Group:
    """Лариса begins it, unless another actor is given."""
    actor = changes.pop("actor", cast.actor(cast.larisa))
    usual = {"leader": cast.post(cast.larisa), "starts_on": SEPTEMBER, "ends_on": date(2027, 5, 28)}
    return services.group_start(actor=actor, **usual | changes)


def join(cast: SchoolCast, group: Group, child: Child, on: date = SEPTEMBER, **changes: Any) -> GroupMember:
    """The head takes the child on the first ground that there is."""
    actor = changes.pop("actor", cast.actor(cast.irina))
    offers = grounds_of(actor, child, on, speciality=group.leader.speciality)
    offer = changes.pop("offer", offers[0] if offers else None)
    return services.member_join(actor=actor, group=group, child=child, offer=offer, joined_on=on)
