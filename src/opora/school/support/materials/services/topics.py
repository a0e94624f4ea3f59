"""Topics of a working programme and stages of a project, with their hours."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import Max, ProtectedError

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import Material, MaterialTopic
from ..outline import Topic
from .steps import open_require

MOST_TOPICS = 200
LONGEST = Decimal(200)


@transaction.atomic
def topics_add(*, actor: Actor, material: Material, topics: list[Topic]) -> list[MaterialTopic]:
    """Add topics at the end, one or a pasted list. Raises PermissionDenied, Refusal."""
    fresh = _programme(actor, material)
    if not topics:
        raise Refusal("empty", "Напишите тему.", field="text")
    if fresh.topics.count() + len(topics) > MOST_TOPICS:
        raise Refusal("too_many", f"Больше {MOST_TOPICS} тем не помещается.", field="text")
    last = fresh.topics.aggregate(last=Max("order"))["last"] or 0
    made = []
    for number, one in enumerate(topics, start=last + 1):
        topic = MaterialTopic(organisation=actor.at, material=fresh, order=number)
        _fill(topic, one.title, one.hours)
        topic.save()
        made.append(topic)
    record(events.TOPICS_ADDED, actor=actor, subject=fresh, count=len(made))
    return made


def _programme(actor: Actor, material: Material) -> Material:
    fresh = open_require(actor, material)
    if not fresh.needs_approval:
        raise Refusal("no_topics", "Темы пишут в рабочей программе, этапы — в проекте.")
    return fresh


def _fill(topic: MaterialTopic, title: str, hours: Decimal) -> list[str]:
    words = " ".join(title.split())
    if not words:
        raise Refusal("empty", "Напишите тему: строка без названия не сохраняется.", field="title")
    if not 0 < hours <= LONGEST:
        raise Refusal("hours", f"Часов больше нуля и не больше {LONGEST}.", field="hours")
    changed = []
    if topic.title != words:
        topic.title = words
        changed.append("тема")
    if topic.hours != hours:
        topic.hours = hours
        changed.append("часы")
    topic.full_clean(exclude=["organisation", "material"], validate_constraints=False)
    return changed


def _locked(actor: Actor, topic: MaterialTopic) -> MaterialTopic:
    material = _programme(actor, topic.material)
    fresh = MaterialTopic.objects.select_for_update(of=("self",)).filter(pk=topic.pk, material=material).first()
    if fresh is None:
        raise Refusal("gone", "Эту тему уже убрали: обновите страницу.")
    fresh.material = material
    return fresh


@transaction.atomic
def topic_change(*, actor: Actor, topic: MaterialTopic, title: str, hours: Decimal) -> MaterialTopic:
    """Other words or hours. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, topic)
    changed = _fill(fresh, title, hours)
    if changed:
        fresh.save()
        record(events.TOPIC_CHANGED, actor=actor, subject=fresh.material, fields=", ".join(changed))
    return fresh


@transaction.atomic
def topic_move(*, actor: Actor, topic: MaterialTopic, up: bool) -> None:
    """Change places with the neighbour; the first and the last stay. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, topic)
    rows = list(fresh.material.topics.order_by("order", "pk"))
    place = next(number for number, one in enumerate(rows) if one.pk == fresh.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, one in enumerate(rows, start=1):
        one.order = number
    MaterialTopic.objects.bulk_update(rows, ["order"])
    record(events.TOPIC_CHANGED, actor=actor, subject=fresh.material, fields="порядок")


@transaction.atomic
def topic_remove(*, actor: Actor, topic: MaterialTopic) -> None:
    """Take a topic out; one that lessons were held by stays. Raises PermissionDenied, Refusal."""
    fresh = _locked(actor, topic)
    try:
        with transaction.atomic():
            fresh.delete()
    except ProtectedError:
        raise Refusal("held", "По этой теме уже есть занятия: её не убирают, а переименовывают.") from None
    record(events.TOPIC_REMOVED, actor=actor, subject=fresh.material)
