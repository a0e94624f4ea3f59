"""What the upper rooms read: each specialist's part and who was present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Role
from opora.regulations.entries import Sheet

from .models import Examination, ExaminationSection, Session, SessionMember, Visit


@dataclass(frozen=True)
class SpecialistPart:
    """One specialist's protocol. `sections` are texts by the code of the edition's sheet, written ones only.

    `caption` is what stands under the signature; `position` lets a caller tell one specialist from another,
    `sheet_id` is the row of the examination, by which upper rooms find what they keep of it.
    """

    speciality: str
    caption: str
    name: str
    sections: Mapping[str, str]
    finished_at: datetime | None
    sheet: Sheet
    position: Position
    sheet_id: int

    def text(self, kind: str) -> str:
        """Texts of one kind (methods, observations, data, conclusion, advice_teachers, advice_parents) together."""
        return "\n\n".join(
            self.sections[section.code]
            for section in self.sheet.sections
            if section.kind == kind and section.code in self.sections
        )

    @property
    def written(self) -> list[tuple[str, str]]:
        """Titles and texts of the written sections in the order of the sheet."""
        return [(one.title, self.sections[one.code]) for one in self.sheet.sections if one.code in self.sections]


class PresentMember(NamedTuple):
    """Who signs: caption under the signature, full name, post."""

    caption: str
    name: str
    position: Position


def protocol_parts(case: Case) -> list[SpecialistPart]:
    """Parts of all specialists in the order of the signatures of 2.15; unfinished ones have no `finished_at`.

    Two queries. The caller has already been let in to the case.
    """
    law = law_of(case)
    order = {one.code: place for place, one in enumerate(law.specialities)}
    sheets = list(
        Examination.objects.filter(case=case)
        .select_related("specialist", "position")
        .prefetch_related("sections")
        .order_by("pk")
    )
    return [
        part_of(one, law.sheet(one.speciality)) for one in sorted(sheets, key=lambda x: order.get(x.speciality, 99))
    ]


def part_of(examination: Examination, sheet: Sheet) -> SpecialistPart:
    """The part of one examination with its sections loaded."""
    texts: list[ExaminationSection] = list(examination.sections.all())
    return SpecialistPart(
        speciality=examination.speciality,
        caption=examination.position.caption,
        name=examination.specialist.full_name,
        sections={one.code: one.text for one in texts if one.text.strip()},
        finished_at=examination.finished_at,
        sheet=sheet,
        position=examination.position,
        sheet_id=examination.pk,
    )


def present_members(source: Visit | Session) -> list[PresentMember]:
    """Members present at the session, the head first, then specialists by name. One query."""
    session_id = source.session_id if isinstance(source, Visit) else source.pk
    members = SessionMember.objects.filter(session_id=session_id, is_present=True).select_related("position__user")
    ordered = sorted(
        (member.position for member in members),
        key=lambda post: (post.role != Role.COMMISSION_HEAD, post.user.last_name, post.user.first_name),
    )
    return [PresentMember(post.caption, post.user.full_name, post) for post in ordered]
