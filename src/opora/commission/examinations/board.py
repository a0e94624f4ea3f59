"""The board of the day and the list of sheets as they are shown: reads only, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.intake.models import Booking, Place
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.people.children.models import Child

from .models import Examination, Session, SessionMember, Visit
from .services import composition_on, sheet_of

KINDS = {
    Visit.State.EXPECTED: "neutral",
    Visit.State.WAITING: "soon",
    Visit.State.WITH: "soon",
    Visit.State.DONE: "done",
    Visit.State.MISSED: "late",
}


@dataclass(frozen=True)
class BoardRow:
    """One child of the day. `mine` are the reader's own sheets, `startable` his posts that may begin one."""

    visit: Visit
    child: Child
    sheets: list[Examination]
    with_whom: list[str]
    mine: list[Examination]
    startable: list[Position]

    @property
    def kind(self) -> str:
        return KINDS[Visit.State(self.visit.state)]

    @property
    def words(self) -> str:
        """«у логопеда» is not declined: the speciality follows a colon."""
        if self.visit.state == Visit.State.WITH and self.with_whom:
            return f"сейчас: {', '.join(self.with_whom)}"
        return str(self.visit.get_state_display())

    @property
    def may_be_left(self) -> bool:
        return self.visit.state in (Visit.State.WAITING, Visit.State.WITH)


def board_rows(actor: Actor, session: Session) -> list[BoardRow]:
    """Rows of the board in the order of time; two queries for the rows and one for the reader's posts."""
    posts = own_posts(actor, session)
    rows = []
    for visit in Visit.objects.visible_to(actor).filter(session=session).for_board():
        sheets = list(visit.examinations.all())
        begun = {sheet.position_id for sheet in sheets}
        examined = visit.has_come and visit.case.status == Status.EXAMINATION
        rows.append(
            BoardRow(
                visit=visit,
                child=visit.case.child,
                sheets=sheets,
                with_whom=[sheet.position.caption for sheet in sheets if sheet.is_here],
                mine=[sheet for sheet in sheets if actor.user and sheet.specialist_id == actor.user.pk],
                startable=[post for post in posts if examined and post.pk not in begun],
            )
        )
    return rows


def own_posts(actor: Actor, session: Session) -> list[Position]:
    """Posts in which the reader may begin a sheet at this session."""
    if session.state == Session.State.CLOSED or actor.user is None:
        return []
    members = SessionMember.objects.visible_to(actor).filter(session=session, position__user=actor.user)
    return [one.position for one in members.select_related("position") if one.position.speciality]


@dataclass(frozen=True)
class MemberRow:
    """A post of the composition and whether its holder is at the session."""

    position: Position
    is_member: bool
    is_present: bool


def member_rows(actor: Actor, session: Session) -> list[MemberRow]:
    """Members of the session, then the rest of the composition; the head first."""
    marked = {
        one.position_id: one
        for one in SessionMember.objects.visible_to(actor).filter(session=session).select_related("position__user")
    }
    posts = {one.position_id: one.position for one in marked.values()}
    posts |= {post.pk: post for post in composition_on(actor, session.day)}
    ordered = sorted(posts.values(), key=lambda post: (post.role != Role.COMMISSION_HEAD, post.user.last_name, post.pk))
    return [MemberRow(post, post.pk in marked, post.pk in marked and marked[post.pk].is_present) for post in ordered]


@dataclass(frozen=True)
class Colleague:
    """A colleague's sheet for reading."""

    sheet: Examination
    texts: list[tuple[str, str]]


def colleagues(actor: Actor, examination: Examination) -> list[Colleague]:
    """The other sheets of the same case with their written sections."""
    sheets = (
        Examination.objects.visible_to(actor)
        .filter(case_id=examination.case_id)
        .exclude(pk=examination.pk)
        .with_people()
        .prefetch_related("sections")
    )
    found = []
    for sheet in sheets:
        texts = {one.code: one.text for one in sheet.sections.all() if one.text.strip()}
        found.append(Colleague(sheet, [(s.title, texts[s.code]) for s in sheet_of(sheet).sections if s.code in texts]))
    return found


def startable_visit(actor: Actor, case: Case) -> tuple[Visit, list[Position]] | None:
    """The last visit of the case at which the reader may begin a sheet, with his posts for it."""
    if case.status != Status.EXAMINATION or actor.user is None:
        return None
    visit = (
        Visit.objects.visible_to(actor).filter(case=case).select_related("session").order_by("-session__day").first()
    )
    if visit is None or not visit.has_come:
        return None
    begun = Examination.objects.filter(visit=visit, specialist=actor.user).values_list("position_id", flat=True)
    posts = [post for post in own_posts(actor, visit.session) if post.pk not in set(begun)]
    return (visit, posts) if posts else None


def waits_for_session(actor: Actor, today: date) -> list[tuple[date, Place, int]]:
    """Days and places with bookings and no session yet: (day, place, children), the nearest first."""
    booked = (
        Booking.objects.visible_to(actor)
        .filter(state=Booking.State.BOOKED, slot__day__gte=today)
        .select_related("slot__place")
    )
    planned = set(Session.objects.visible_to(actor).filter(day__gte=today).values_list("day", "place_id"))
    counts: dict[tuple[date, Place], int] = {}
    for booking in booked:
        if (booking.slot.day, booking.slot.place_id) not in planned:
            key = (booking.slot.day, booking.slot.place)
            counts[key] = counts.get(key, 0) + 1
    return sorted(((day, place, n) for (day, place), n in counts.items()), key=lambda row: row[0])[:8]
