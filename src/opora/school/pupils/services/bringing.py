"""A new pupil: the child's card, the representative and the place in a class in one deed; a whole list of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.children.services import child_register, guardian_add
from opora.people.children.validation import sex_by_patronymic

from ..models import SchoolClass
from .placing import pupil_place


@dataclass(frozen=True)
class Brought:
    """What is known of a pupil who comes: the child and, if known, one representative."""

    last_name: str
    first_name: str
    birth_date: date
    middle_name: str = ""
    sex: str = ""
    guardian_last_name: str = ""
    guardian_first_name: str = ""
    guardian_middle_name: str = ""
    guardian_phone: str = ""
    kinship: str = ""
    address: str = ""
    looked_at: frozenset[str] = frozenset()

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))


@transaction.atomic
def pupil_bring(*, actor: Actor, school_class: SchoolClass, pupil: Brought, on: date | None = None) -> Child:
    """Enter a child and put it into a class.

    Raises LikelyDuplicates unless each likely duplicate was looked at (`Brought.looked_at`), Refusal or
    ValidationError for wrong values.
    """
    require(actor, "class.keep")
    require_own(actor, school_class)
    child = child_register(
        actor=actor, on=on, not_duplicates_of=pupil.looked_at, last_name=pupil.last_name, first_name=pupil.first_name,
        middle_name=pupil.middle_name, birth_date=pupil.birth_date,
        sex=pupil.sex or sex_by_patronymic(pupil.middle_name), registered_address=pupil.address,
    )  # fmt: skip
    if pupil.guardian_last_name:
        guardian_add(
            actor=actor, child=child, on=on, kinship=pupil.kinship or _kinship(pupil.guardian_middle_name),
            last_name=pupil.guardian_last_name, first_name=pupil.guardian_first_name,
            middle_name=pupil.guardian_middle_name, phone=pupil.guardian_phone,
            sex=sex_by_patronymic(pupil.guardian_middle_name) or "female",
        )  # fmt: skip
    pupil_place(actor=actor, child=child, school_class=school_class, on=on)
    return child


@transaction.atomic
def pupils_bring(
    *, actor: Actor, school_class: SchoolClass, pupils: Iterable[Brought], known: Collection[Child] = (),
    on: date | None = None,
) -> list[Child]:  # fmt: skip
    """A list of a class: new children are entered, `known` ones of the register are put into the class.

    Everything or nothing.
    """
    require(actor, "class.keep")
    require_own(actor, school_class)
    for child in known:
        pupil_place(actor=actor, child=child, school_class=school_class, on=on)
    return [*known, *(pupil_bring(actor=actor, school_class=school_class, pupil=one, on=on) for one in pupils)]


def _kinship(patronymic: str) -> str:
    return "father" if sex_by_patronymic(patronymic) == "male" else "mother"
