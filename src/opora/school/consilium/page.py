"""What the page of a talk shows: the sections, who is here, what is known of the child; a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.worksheets.models import EarlierText
from opora.people.law import law_on
from opora.regulations.consilium.entries import ConsiliumSection
from opora.regulations.consilium.reading import sections_of
from opora.school.presentations.models import Presentation
from opora.school.pupils.selectors import class_teacher_of
from opora.school.signals.models import Concern

from .content import conclusion_of, members_of, signatures_of, texts_of
from .models import AgendaItem, AgendaSection, ConsiliumMeeting, MeetingMember, OpinionSignature, Participant
from .services import composition_on


@dataclass(frozen=True)
class Part:
    """One section: what the edition asks and what is written; `before` is the same of the previous meeting."""

    asked: ConsiliumSection
    section: AgendaSection
    has_earlier: bool
    before: str

    @property
    def rows(self) -> int:
        return 5 if self.asked.code in ("information", "plan", "conclusion") else 3


def parts_of(actor: Actor, item: AgendaItem, previous: AgendaItem | None) -> list[Part]:
    """Sections in the order of the talk, or nothing for whoever did not sit at it."""
    rows = {one.code: one for one in AgendaSection.objects.visible_to(actor).filter(item=item).select_related("user")}
    ids = [one.public_id for one in rows.values()]
    earlier = EarlierText.objects.filter(organisation_id=item.organisation_id, section_id__in=ids)
    with_earlier = set(earlier.values_list("section_id", flat=True))
    before = texts_of(previous) if previous else {}
    return [
        Part(one, rows[one.code], rows[one.code].public_id in with_earlier, before.get(one.code, ""))
        for one in sections_of(law_on(item.meeting.day))
        if one.code in rows
    ]


def previous_of(actor: Actor, item: AgendaItem) -> AgendaItem | None:
    """The last decision about the child before this meeting."""
    rows = AgendaItem.objects.visible_to(actor).filter(child_id=item.child_id, state=AgendaItem.State.SIGNED)
    earlier = Q(meeting__day__lt=item.meeting.day) | Q(meeting__day=item.meeting.day, pk__lt=item.pk)
    return rows.filter(earlier).select_related("meeting", "leading__user").order_by("-meeting__day", "-pk").first()


def usual_leading(item: AgendaItem, previous: AgendaItem | None) -> Position | None:
    """Who is offered to lead the child before anything is decided: the psychologist of the concern, else as before."""
    if item.outcome:
        return None
    if item.concern is not None and item.concern.psychologist is not None:
        return item.concern.psychologist
    return previous.leading if previous else None


@dataclass(frozen=True)
class Place:
    """Where the talk stands in the agenda, without a name of another child."""

    number: int
    total: int
    before: str
    after: str


def place_of(actor: Actor, item: AgendaItem) -> Place:
    """«вопрос 2 из 5» and the neighbours' addresses, of those that the actor sees."""
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=item.meeting).exclude(state="postponed")
    ids = list(rows.order_by("order", "pk").values_list("public_id", flat=True))
    at = ids.index(item.public_id) if item.public_id in ids else 0
    return Place(at + 1, max(len(ids), 1), ids[at - 1] if at > 0 else "", ids[at + 1] if at + 1 < len(ids) else "")


@dataclass(frozen=True)
class MemberRow:
    """A member or somebody who may become one, with his signature under the opinion."""

    position: Position
    is_member: bool
    is_present: bool
    signature: OpinionSignature | None = None


def member_rows(actor: Actor, meeting: ConsiliumMeeting, *, all_who_may: bool) -> list[MemberRow]:
    """Members, the chair first; with `all_who_may` also the colleagues who are not on the list."""
    marks = {
        one.position_id: one for one in MeetingMember.objects.filter(meeting=meeting).select_related("position__user")
    }
    rows = [MemberRow(one.position, True, one.is_present) for one in marks.values()]
    rows.sort(key=lambda row: (row.position.pk != meeting.chair_id, row.position.user.last_name, row.position.pk))
    if all_who_may:
        sitting = {one.position.user_id for one in rows}
        others = (one for one in composition_on(actor, meeting.day) if one.user_id not in sitting)
        rows += [MemberRow(one, False, False) for one in others]
    return rows


def signers(item: AgendaItem) -> list[MemberRow]:
    """Those who sign, with what they have signed so far."""
    opinion = item.opinion
    given = {one.position_id: one for one in signatures_of(item, opinion)}
    return [MemberRow(one, True, True, given.get(one.pk)) for one in members_of(item.meeting, present=True)]


def known_of(actor: Actor, item: AgendaItem, previous: AgendaItem | None) -> dict[str, Any]:
    """What was brought to the talk: the concern and its examination, presentations, the previous decision."""
    concern = None
    if item.concern_id:
        rows = Concern.objects.visible_to(actor).filter(pk=item.concern_id).select_related("author", "examination")
        concern = rows.first()
    papers = Presentation.objects.visible_to(actor).filter(child_id=item.child_id).select_related("author__user")
    return {
        "concern": concern,
        "examination": getattr(concern, "examination", None) if concern else None,
        "presentations": list(papers.order_by("-pk")[:12]),
        "previous": previous,
        "previous_conclusion": conclusion_of(texts_of(previous)) if previous else "",
    }


def participants_of(actor: Actor, item: AgendaItem) -> list[Participant]:
    rows = Participant.objects.visible_to(actor).filter(item=item)
    return list(rows.select_related("guardian", "position__user", "body"))


def teachers_of(item: AgendaItem) -> set[int]:
    """Posts that are told first: the class teacher, colleagues who were invited, the leading specialist."""
    found = {one for one in item.participants.values_list("position_id", flat=True) if one}
    teacher = class_teacher_of(item.child)
    found |= {teacher.pk} if teacher else set()
    return found | ({item.leading_id} if item.leading_id else set())
