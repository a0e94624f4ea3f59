"""A child's own record: made once, changed with a trace."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypedDict, Unpack, cast

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.audit.services import record
from opora.people.children import events, validation
from opora.people.children.duplicates import LikelyDuplicates, duplicates_of
from opora.people.children.models import Child, Guardian
from opora.people.children.search import name_index
from opora.people.naming import NameCase

from .rows import own, revise, tidied

INDEXED = frozenset(validation.NAME_FIELDS)
DECLINED_CASES = tuple(case for case in NameCase if case is not NameCase.NOMINATIVE)


class ChildFields(TypedDict, total=False):
    """Everything about a child that may be written or left out; fields of `Child`."""

    last_name: str
    first_name: str
    middle_name: str
    former_last_name: str
    sex: str
    birth_date: date
    citizenship: str
    registered_address: str
    registration: str
    actual_address: str
    identity_kind: str
    identity_number: str
    identity_issued: str
    insurance_number: str
    medical_policy: str
    lives_with: str


@transaction.atomic
def child_register(
    *,
    actor: Actor,
    on: date | None = None,
    not_duplicates_of: Collection[str] = (),
    **fields: Unpack[ChildFields],
) -> Child:
    """Make a child's record; `last_name`, `first_name`, `sex` and `birth_date` are needed.

    Raises LikelyDuplicates (a Refusal with the list `found`) unless every likely duplicate is named in
    `not_duplicates_of` by its public id: a person has looked at each. The machine, which imports whole registers,
    is not asked. Raises Refusal or ValidationError for wrong values.
    """
    require(actor, "child.register")
    today = on or timezone.localdate()
    values = _checked(fields, today)
    for needed in ("last_name", "first_name", "sex", "birth_date"):
        if not values.get(needed):
            raise Refusal("empty", "Заполните это поле.", field=needed)
    if not isinstance(actor, SystemActor):
        found = duplicates_of(
            actor,
            values["last_name"],
            values["first_name"],
            values.get("middle_name", ""),
            values["birth_date"],
        )
        if any(one.public_id not in not_duplicates_of for one in found):
            raise LikelyDuplicates(found)
    child = Child(organisation=actor.at, **values)
    child.full_clean(exclude=["search_name"])
    child.save()
    name_index(child)
    record(events.CHILD_REGISTERED, actor=actor, subject=child, person_id=child.public_id)
    return child


@transaction.atomic
def child_change(*, actor: Actor, child: Child, on: date | None = None, **fields: Unpack[ChildFields]) -> Child:
    """Change fields of a child's record; a former surname is kept when the surname changes."""
    require(actor, "child.change")
    own(actor, child)
    values = _checked(fields, on or timezone.localdate())
    _guardians_stay_older(child, values)
    surname = values.get("last_name")
    if surname and surname != child.last_name and not values.get("former_last_name"):
        values["former_last_name"] = child.former_last_name or child.last_name
    renamed = any(values.get(key, getattr(child, key)) != getattr(child, key) for key in INDEXED)
    changed = revise(child, values)
    if renamed and child.declined:
        child.declined = {}
    if not changed:
        return child
    child.full_clean(exclude=["search_name"])
    child.save()
    if renamed:
        name_index(child)
    record(events.CHILD_CHANGED, actor=actor, subject=child, person_id=child.public_id, fields=", ".join(changed))
    return child


@transaction.atomic
def names_decline(
    *, actor: Actor, person: Child | Guardian, forms: Mapping[str, str], child: Child | None = None
) -> None:
    """Keep the cases of a name that the rules got wrong; a blank form gives the case back to the rules.

    `forms` are full names by `NameCase`. `child` is the file that a guardian's correction belongs to.
    """
    require(actor, "child.change")
    own(actor, person)
    kept = {str(case): validation.tidy(forms[case])[:250] for case in DECLINED_CASES if forms.get(case, "").strip()}
    changed = [case for case in DECLINED_CASES if kept.get(case) != person.declined.get(case)]
    if not changed:
        return
    person.declined = kept
    person.save(update_fields=["declined"])
    is_child = isinstance(person, Child)
    record(
        events.CHILD_NAMES_DECLINED if is_child else events.GUARDIAN_NAMES_DECLINED,
        actor=actor,
        subject=person,
        person_id=person.public_id if is_child else child.public_id if child else "",
        fields=", ".join(CASE_TITLES[case] for case in changed),
    )


CASE_TITLES = {
    NameCase.GENITIVE: "родительный падеж",
    NameCase.DATIVE: "дательный падеж",
    NameCase.ACCUSATIVE: "винительный падеж",
    NameCase.INSTRUMENTAL: "творительный падеж",
    NameCase.PREPOSITIONAL: "предложный падеж",
}


def _checked(fields: ChildFields, on: date) -> dict[str, Any]:
    values = tidied(cast(Mapping[str, Any], fields))
    values |= validation.names(values)
    if values.get("birth_date"):
        validation.birth_date_of_child(values["birth_date"], on)
    if "insurance_number" in values:
        values["insurance_number"] = validation.insurance_number(values["insurance_number"] or "")
    if values.get("actual_address") and values["actual_address"] == values.get("registered_address"):
        values["actual_address"] = ""
    return values


def _guardians_stay_older(child: Child, values: Mapping[str, Any]) -> None:
    born = values.get("birth_date")
    if not born or born == child.birth_date:
        return
    for guardian in Guardian.objects.of(child.organisation).filter(guardianships__child=child):
        if guardian.birth_date and guardian.birth_date >= born:
            raise Refusal(
                "guardian_younger", f"Представитель {guardian.short_name} младше ребёнка.", field="birth_date"
            )
