"""What waits at a school before its work can begin, and consents that an examination waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural

from . import titles
from .models import ClassListImport, ExaminationConsent, Placement, SchoolClass
from .selectors import WORDS, consent_states
from .waiting import wanted

SCHOOLS = (Organisation.Kind.SCHOOL, Organisation.Kind.KINDERGARTEN)


def nobody_leads(actor: Actor, today: date) -> Iterator[Duty]:
    """A school without a chair of the consilium: nothing can begin."""
    if actor.organisation is None or actor.organisation.kind not in SCHOOLS:
        return
    posts = Position.objects.filter(organisation=actor.at, role=Role.CONSILIUM_CHAIR).held_on(today)
    if not posts.exists():
        yield Duty("Консилиум", "Назначить председателя ППк", None, reverse("staff:appoint"))


def no_classes(actor: Actor, today: date) -> Iterator[Duty]:
    """The school year has no classes yet: made for the first time, or moved from the last year."""
    if actor.organisation is None or actor.organisation.kind not in SCHOOLS:
        return
    year = titles.year_of(today)
    known = SchoolClass.objects.visible_to(actor)
    if known.of_year(year).exists():
        return
    if known.of_year(year - 1).exists():
        yield Duty("Классы", f"Перевести на {titles.year_title(year)} учебный год", None, reverse("pupils:year"))
    else:
        yield Duty("Классы", "Завести классы или группы", None, reverse("pupils:class_add"))


def consents_waited_for(actor: Actor, today: date) -> Iterator[Duty]:
    """Children whose examination waits for an answer of the family; of a refusal everyone knows already."""
    waiting = wanted(actor)
    states = consent_states([one.child for one in waiting])
    count = 0
    for one in waiting:
        state = states[one.child.pk]
        if state.row is None and count < ENOUGH:
            count += 1
            yield Duty(
                one.child.full_name, "Получить согласие на обследование", one.on,
                reverse("pupils:consent_new", args=[one.child.public_id]), note=one.what or WORDS[state.code],
            )  # fmt: skip


def class_not_asked(actor: Actor, today: date) -> Iterator[Duty]:
    """A class of mine in which nobody has been asked yet."""
    asked = ExaminationConsent.objects.filter(child=OuterRef("child"))
    mine = (
        Placement.objects.visible_to(actor)
        .present()
        .filter(school_class__teacher__user=actor.user, school_class__year=titles.year_of(today))
    )
    by_class: dict[SchoolClass, list[bool]] = {}
    for place in mine.annotate(was_asked=Exists(asked)).select_related("school_class"):
        by_class.setdefault(place.school_class, []).append(bool(getattr(place, "was_asked", False)))
    for room, answers in by_class.items():
        if not any(answers):
            count = plural(len(answers), "ребёнка,детей,детей")
            yield Duty(
                room.title, f"Спросить родителей {count} о согласии на обследование", None,
                reverse("pupils:class", args=[room.public_id]),
            )  # fmt: skip


def lists_read(actor: Actor, today: date) -> Iterator[Duty]:
    """Long lists that were compared with the register meanwhile and wait to be entered."""
    rows = ClassListImport.objects.visible_to(actor).filter(state=ClassListImport.State.READ)
    for one in rows.defer("lines", "cells")[:ENOUGH]:
        url = reverse("pupils:class_list", args=[one.public_id])
        yield Duty(
            one.title, "Проверить список и внести детей", None, url, note=plural(one.total, "строка,строки,строк")
        )


duties("staff.change", nobody_leads)
duties("class.keep", no_classes)
duties("examination_consent.record", consents_waited_for)
duties("examination_consent.record", class_not_asked)
duties("class.keep", lists_read)
