"""What the consilium asks of a person: meetings, signatures, papers in their terms, people to be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural

from .candidates import candidates_of
from .models import AgendaItem, ConsiliumMeeting, MeetingMember, OpinionSignature
from .terms import half_year_of, protocol_due, statute_of, teachers_due

OVER = ("held", "cancelled")
NOT_TOLD = Q(parents_told_on__isnull=True) | Q(teachers_told_on__isnull=True)


def meetings_to_run(actor: Actor, today: date) -> Iterator[Duty]:
    """Meetings that are not over: late ones, today's, the next ones."""
    rows = ConsiliumMeeting.objects.visible_to(actor).exclude(state__in=OVER).with_counts(actor)
    for one in rows.order_by("day", "starts")[:ENOUGH]:
        todo = "Завершить заседание" if one.day < today else "Провести заседание"
        at = f" в {one.starts:%H:%M}" if one.starts else ""
        note = plural(one.children, "ребёнок,ребёнка,детей")
        yield Duty(f"Консилиум{at}", todo, one.day, reverse("consilium:meeting", args=[one.public_id]), note)


def meeting_of_the_half_year(actor: Actor, today: date) -> Iterator[Duty]:
    """No planned meeting in this half of the school year."""
    first, last = half_year_of(today)
    if not ConsiliumMeeting.objects.visible_to(actor).planned_between(first, last).exists():
        note = "в этом полугодии его ещё нет"
        yield Duty("Консилиум", "Назначить плановое заседание", last, reverse("consilium:plan"), note)


def children_to_put(actor: Actor, today: date) -> Iterator[Duty]:
    """Children who wait for a meeting: the urgent by name, the others in one row."""
    waiting = candidates_of(actor, today)
    for one in waiting[:ENOUGH]:
        if one.is_urgent and one.concern is not None:
            address = reverse("consilium:call_of_concern", args=[one.concern.public_id])
            yield Duty(one.child.full_name, "Созвать заседание сегодня", today, address, one.words, is_urgent=True)
    rest = [one for one in waiting if not (one.is_urgent and one.concern)]
    if rest:
        who = plural(len(rest), "ребёнок,ребёнка,детей")
        dates = [one.due for one in rest if one.due]
        yield Duty(who, "Включить в повестку", min(dates, default=today), reverse("consilium:waiting"))


def protocols_to_issue(actor: Actor, today: date) -> Iterator[Duty]:
    """Meetings that were held and have no protocol."""
    rows = list(ConsiliumMeeting.objects.visible_to(actor).filter(state="held", number__isnull=True)[:ENOUGH])
    statute = statute_of(actor.at) if rows else None
    for one in rows:
        assert statute is not None  # noqa: S101
        address = f"{reverse('consilium:meeting', args=[one.public_id])}#protocol"
        yield Duty("Консилиум", "Оформить протокол", protocol_due(one, statute), address, f"{one.day:%d.%m.%Y}")


def people_to_tell(actor: Actor, today: date) -> Iterator[Duty]:
    """Signed opinions of which the parents or the teachers were not told."""
    signed = AgendaItem.objects.visible_to(actor).filter(state=AgendaItem.State.SIGNED).with_people()
    for one in signed.filter(parents_told_on__isnull=True).order_by("meeting__day")[:ENOUGH]:
        yield Duty(one.child.full_name, "Ознакомить родителей с заключением", one.meeting.day, _told(one))
    rows = list(signed.filter(teachers_told_on__isnull=True).order_by("meeting__day")[:ENOUGH])
    statute = statute_of(actor.at) if rows else None
    for one in rows:
        assert statute is not None  # noqa: S101
        yield Duty(one.child.full_name, "Ознакомить педагогов с заключением", teachers_due(one, statute), _told(one))


def _told(item: AgendaItem) -> str:
    return f"{reverse('consilium:item', args=[item.public_id])}#told"


def referrals_to_make(actor: Actor, today: date) -> Iterator[Duty]:
    """Children who are to go to ПМПК and have no referral, or whose parents have not answered."""
    rows = AgendaItem.objects.visible_to(actor).filter(state="signed", outcome=AgendaItem.Outcome.REFERRAL)
    live = rows.model._default_manager.filter(pk=OuterRef("pk"), referral__annulled_on__isnull=True, referral__pk__gt=0)
    for one in rows.exclude(Exists(live)).with_people()[:ENOUGH]:
        address = reverse("consilium:refer", args=[one.public_id])
        yield Duty(one.child.full_name, "Оформить направление на ПМПК", one.meeting.day, address)


def opinions_to_sign(actor: Actor, today: date) -> Iterator[Duty]:
    """Opinions that wait for the actor's own signature."""
    if actor.user is None:
        return
    mine = MeetingMember.objects.filter(meeting=OuterRef("meeting"), position__user=actor.user, is_present=True)
    done = OpinionSignature.objects.filter(item=OuterRef("pk"), opinion__isnull=True, position__user=actor.user)
    rows = AgendaItem.objects.visible_to(actor).filter(Exists(mine), ~Exists(done), state="signing").with_people()
    for one in rows.order_by("meeting__day")[:ENOUGH]:
        address = f"{reverse('consilium:item', args=[one.public_id])}#signing"
        yield Duty(one.child.full_name, "Подписать коллегиальное заключение", one.meeting.day, address)


duties("opinion.sign", opinions_to_sign, unless_none=lambda actor, today: AgendaItem.objects.filter(state="signing"))
duties(
    "meeting.plan", meetings_to_run, unless_none=lambda actor, today: ConsiliumMeeting.objects.exclude(state__in=OVER)
)
duties("meeting.plan", meeting_of_the_half_year)
duties("meeting.plan", children_to_put)
duties("meeting.plan", protocols_to_issue)
duties(
    "meeting.plan",
    people_to_tell,
    unless_none=lambda actor, today: AgendaItem.objects.filter(NOT_TOLD, state=AgendaItem.State.SIGNED),
)
duties(
    "meeting.plan",
    referrals_to_make,
    unless_none=lambda actor, today: AgendaItem.objects.filter(state="signed", outcome=AgendaItem.Outcome.REFERRAL),
)
