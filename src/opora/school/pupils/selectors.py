"""What other rooms ask about a pupil: the class, its teacher, the answer about an examination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child

from .models import ExaminationConsent, Placement, SchoolClass

NOT_ASKED = "not_asked"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class ConsentState:
    """Whether the specialists of the school may examine: `code` is given, refused, withdrawn or not_asked.

    `row` is the last answer; it is None when nobody was asked.
    """

    code: str
    row: ExaminationConsent | None = None

    @property
    def is_in_force(self) -> bool:
        return self.code == ExaminationConsent.Answer.GIVEN

    @property
    def words(self) -> str:
        return WORDS[self.code]

    @property
    def colour(self) -> str:
        return COLOURS[self.code]

    @property
    def on(self) -> date | None:
        """The day of the answer or of its withdrawal."""
        return (self.row.withdrawn_on or self.row.signed_on) if self.row else None


WORDS = {"given": "согласие получено", "refused": "отказ", WITHDRAWN: "согласие отозвано", NOT_ASKED: "не спрошено"}
COLOURS = {"given": "done", "refused": "late", WITHDRAWN: "late", NOT_ASKED: "soon"}


def state_of(row: ExaminationConsent | None) -> ConsentState:
    """The state that the last answer gives."""
    if row is None:
        return ConsentState(NOT_ASKED)
    withdrawn = row.answer == ExaminationConsent.Answer.GIVEN and row.withdrawn_on is not None
    return ConsentState(WITHDRAWN if withdrawn else row.answer, row)


def consent_state(child: Child) -> ConsentState:
    """The last answer of the family about an examination at the school; one query."""
    return state_of(ExaminationConsent.objects.latest_of(child))


def consent_states(children: list[Child]) -> dict[int, ConsentState]:
    """The same for many children by their keys; one query."""
    last: dict[int, ExaminationConsent] = {}
    for row in ExaminationConsent.objects.filter(child__in=children).order_by("signed_on", "pk"):
        last[row.child_id] = row
    return {child.pk: state_of(last.get(child.pk)) for child in children}


def placement_of(child: Child) -> Placement | None:
    """The present place in a class; None for a child who is in none."""
    return Placement.objects.present().filter(child=child).select_related("school_class__teacher__user").first()


def class_of(child: Child) -> SchoolClass | None:
    """The class that the child is in now."""
    found = placement_of(child)
    return found.school_class if found else None


def class_teacher_of(child: Child) -> Position | None:
    """The class teacher of the child, as long as the post is held."""
    room = class_of(child)
    return room.teacher if room else None


def left_among(organisation: Organisation, children: Sequence[int]) -> QuerySet[Placement]:
    """Places of those of the children who were in a class of the school and are in none now."""
    rows = Placement.objects.of(organisation).filter(child__in=children)
    return rows.exclude(child__in=rows.filter(ended_on__isnull=True).order_by().values("child"))
