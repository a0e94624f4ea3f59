"""Legal representatives (C-02): one person may stand for several children."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack, cast

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children import events, validation
from opora.people.children.models import Child, Guardian, Guardianship

from .rows import own, revise, tidied

CLAUSE = "письмо ВК-1074/07, прил. 2.17"
NAME_FIELDS = ("last_name", "first_name", "middle_name")


class GuardianFields(TypedDict, total=False):
    """What is written of the person; fields of `Guardian`."""

    last_name: str
    first_name: str
    middle_name: str
    sex: str
    birth_date: date | None
    identity_kind: str
    identity_series: str
    identity_number: str
    identity_issued: str
    registered_address: str
    phone: str
    email: str
    education: str
    occupation: str
    notes: str


@transaction.atomic
def guardian_add(
    *,
    actor: Actor,
    child: Child,
    kinship: str,
    existing: Guardian | None = None,
    is_main: bool | None = None,
    authority_document: str = "свидетельство о рождении",
    authority_number: str = "",
    authority_issued_on: date | None = None,
    on: date | None = None,
    **person: Unpack[GuardianFields],
) -> Guardianship:
    """Write down who represents a child; the first one is the main one.

    A person with the same name and phone who represents another child already is taken, not made anew, and so brothers
    and sisters are found; blank fields of his record are filled in. `existing` names him outright.
    """
    require(actor, "child.change")
    own(actor, child)
    today = on or timezone.localdate()
    guardian = _person(actor, child, existing, _checked(person, child, today), today)
    if Guardianship.objects.filter(child=child, guardian=guardian).exists():
        raise Refusal("guardian_twice", "Этот представитель уже внесён.", field="last_name")
    validation.not_in_future(authority_issued_on, today, "authority_issued_on")
    others = Guardianship.objects.filter(child=child, ended_on__isnull=True)
    main = not others.exists() if is_main is None else is_main
    if main:
        others.update(is_main=False)
    guardianship = Guardianship(
        organisation=actor.at, child=child, guardian=guardian, kinship=kinship, is_main=main,
        authority_document=validation.tidy(authority_document), authority_number=validation.tidy(authority_number),
        authority_issued_on=authority_issued_on,
    )  # fmt: skip
    guardianship.full_clean()
    guardianship.save()
    record(
        events.GUARDIAN_ADDED, actor=actor, subject=guardian, person_id=child.public_id,
        kinship=guardianship.get_kinship_display(),
    )  # fmt: skip
    return guardianship


@transaction.atomic
def guardian_change(
    *,
    actor: Actor,
    guardianship: Guardianship,
    kinship: str | None = None,
    is_main: bool | None = None,
    authority: Mapping[str, Any] | None = None,
    on: date | None = None,
    **person: Unpack[GuardianFields],
) -> Guardianship:
    """Change a representative and what he is to the child. `authority` holds the `authority_…` fields."""
    require(actor, "child.change")
    own(actor, guardianship)
    today = on or timezone.localdate()
    guardian = guardianship.guardian
    values = _checked(person, guardianship.child, today)
    if any(values.get(key, getattr(guardian, key)) != getattr(guardian, key) for key in NAME_FIELDS):
        values["declined"] = {}
    changed = revise(guardian, values)
    links = tidied({**(authority or {}), **({"kinship": kinship} if kinship else {})})
    validation.not_in_future(links.get("authority_issued_on"), today, "authority_issued_on")
    if is_main and not guardianship.is_main:
        Guardianship.objects.filter(child=guardianship.child_id).update(is_main=False)
        links["is_main"] = True
    changed += revise(guardianship, links)
    if changed:
        guardian.full_clean()
        guardian.save()
        guardianship.full_clean()
        guardianship.save()
        record(
            events.GUARDIAN_CHANGED, actor=actor, subject=guardian, person_id=guardianship.child.public_id,
            fields=", ".join(changed),
        )  # fmt: skip
    return guardianship


@transaction.atomic
def guardianship_end(
    *, actor: Actor, guardianship: Guardianship, ended_on: date, on: date | None = None
) -> Guardianship:
    """End the powers of a representative; the next one becomes the main one, and the only one stays."""
    require(actor, "child.change")
    own(actor, guardianship)
    validation.period(guardianship.authority_issued_on, ended_on, on or timezone.localdate())
    if guardianship.ended_on:
        raise Refusal("ended", "Полномочия уже прекращены.")
    others = Guardianship.objects.filter(child=guardianship.child_id, ended_on__isnull=True).exclude(pk=guardianship.pk)
    heir = others.first()
    if heir is None:
        raise Refusal(
            "last_guardian",
            "Это единственный представитель ребёнка: сначала внесите другого.",
            CLAUSE,
            "ended_on",
        )
    was_main, guardianship.is_main = guardianship.is_main, False
    guardianship.ended_on = ended_on
    guardianship.full_clean()
    guardianship.save()
    if was_main:
        others.filter(pk=heir.pk).update(is_main=True)
    record(
        events.GUARDIANSHIP_ENDED, actor=actor, subject=guardianship.guardian, person_id=guardianship.child.public_id,
        kinship=guardianship.get_kinship_display(),
    )  # fmt: skip
    return guardianship


def guardian_known(actor: Actor, last: str, first: str, middle: str, phone: str) -> Guardian | None:
    """The guardian of this name and phone in the actor's register, if there is one."""
    if not phone:
        return None
    found = Guardian.objects.visible_to(actor).filter(last_name=last, first_name=first, phone=phone)
    return (found.filter(middle_name=middle) if middle else found).first()


def _person(actor: Actor, child: Child, existing: Guardian | None, values: dict[str, Any], today: date) -> Guardian:
    if existing is None:
        existing = guardian_known(
            actor, values.get("last_name", ""), values.get("first_name", ""),
            values.get("middle_name", ""), values.get("phone", ""),
        )  # fmt: skip
    if existing is not None:
        own(actor, existing)
        validation.birth_date_of_guardian(existing.birth_date, child.birth_date, today)
        blanks = {key: value for key, value in values.items() if value and not getattr(existing, key)}
        if revise(existing, blanks):
            existing.full_clean()
            existing.save()
        return existing
    guardian = Guardian(organisation=actor.at, **values)
    guardian.full_clean()
    guardian.save()
    return guardian


def _checked(person: GuardianFields, child: Child, on: date) -> dict[str, Any]:
    values = tidied(cast(Mapping[str, Any], person))
    values |= validation.names(values)
    if "phone" in values:
        values["phone"] = validation.phone(values["phone"] or "")
    validation.birth_date_of_guardian(values.get("birth_date"), child.birth_date, on)
    return values
