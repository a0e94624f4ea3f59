"""A pasted list beside the register: the same child, one who is in the class already, a likely duplicate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from opora.foundation.accounts.actors import Actor
from opora.people.children.duplicates import duplicates_of

from . import pasting
from .models import Placement, SchoolClass
from .services import Brought


def compared(
    actor: Actor, room: SchoolClass, text: str, today: date, looked_at: Collection[str]
) -> list[pasting.PastedLine]:
    """The lines of the text. `looked_at` are likely duplicates that a person has told apart."""
    lines = list(pasting.read(text, today))
    here = set(Placement.objects.present().filter(school_class=room).values_list("child", flat=True))
    seen: set[tuple[str, date]] = set()
    for one in lines:
        if one.error or one.birth_date is None:
            continue
        if (one.full_name, one.birth_date) in seen:
            one.error = "Этот ребёнок уже есть в списке выше."
            continue
        seen.add((one.full_name, one.birth_date))
        _compare(actor, one, one.birth_date, here, looked_at)
    return lines


def _compare(
    actor: Actor, line: pasting.PastedLine, born: date, here: Collection[int], looked_at: Collection[str]
) -> None:
    likely = duplicates_of(actor, line.last_name, line.first_name, line.middle_name, born)
    same = [one for one in likely if (one.full_name, one.birth_date) == (line.full_name, born)]
    if any(one.pk in here for one in same):
        line.error = "Уже в этом классе."
        return
    line.known, line.is_same = same or likely, bool(same)
    if likely and not same and any(one.public_id not in looked_at for one in likely):
        line.error = "Похож на ребёнка из картотеки: сравните."


def brought(line: pasting.PastedLine) -> Brought:
    """A line without an error as a pupil who comes. Raises ValueError for one without a birth date."""
    if line.birth_date is None:
        raise ValueError("a line without a birth date")
    last, first, middle = line.guardian
    return Brought(
        last_name=line.last_name, first_name=line.first_name, middle_name=line.middle_name, sex=line.sex,
        birth_date=line.birth_date, guardian_last_name=last, guardian_first_name=first, guardian_middle_name=middle,
        guardian_phone=line.phone if last else "", kinship=line.kinship,
        looked_at=frozenset(one.public_id for one in line.known),
    )  # fmt: skip
