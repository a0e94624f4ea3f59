"""What stands beside the log of a support service: plans, schedules with their slots, cards, contacts, passports."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TypeVar

from django.db import models

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation
from opora.school.pupils.models import SchoolClass
from opora.school.support.cards.models import CardDecision, CardNote, CardSection, DecisionVote, SupportCard
from opora.school.support.contacts.models import OutsideContact
from opora.school.support.groups.models import Group
from opora.school.support.passports.models import FamilyFact, PassportRow, SocialPassport
from opora.school.support.plans.models import PlanItem, WorkPlan
from opora.school.support.plans.terms import term_of
from opora.school.support.schedules.models import ScheduleSlot, WorkSchedule

from .batch import Batch
from .families import Home
from .ids import fast_id

Row = TypeVar("Row", bound=models.Model)
ORDER = (
    WorkPlan, PlanItem, WorkSchedule, ScheduleSlot, SupportCard, CardSection, CardDecision, DecisionVote, CardNote,
    OutsideContact, FamilyFact, SocialPassport,
)  # fmt: skip
LINES_OF_PLAN, SLOTS_OF_DAY, SCHOOL_DAYS = 5, 4, 5
CARDS, NOTES_OF_CARD, CONTACTS, FACTS_OF_CHILD, PASSPORTS_OF_CLASS = 400, 5, 400, 2, 6
KINDS = ("individual", "individual", "consultation", "methods")
WORDS = "Пишет с ошибками на парные согласные, при показе исправляет сам; просит помочь, когда устал. " * 2


class Papers:
    """Some hundreds of each kind, over the days of the work; `flush` writes them."""

    def __init__(self, at: Organisation, team: Sequence[Position], days: Sequence[date], chance: random.Random) -> None:
        self.own, self.team, self.days, self.chance = {"organisation": at}, team, days, chance
        self.today, self.batch = days[-1], Batch(ORDER)

    def _made(self, model: type[Row], **values: object) -> Row:
        row = model(**self.own, public_id=fast_id(), **values)
        self.batch.add(row)
        return row

    def _starts(self, horizon: str) -> list[date]:
        return sorted({term_of(horizon, day).starts_on for day in self.days})

    def plans(self, year: Sequence[PlanItem]) -> list[WorkPlan]:
        """Months and weeks of each specialist, grown out of the year of the service; the last ones on the way."""
        made = []
        for post in self.team:
            lines = [one for one in year if one.responsible == post][:LINES_OF_PLAN]
            for horizon in ("month", "week"):
                plans = [self._plan(post, horizon, first, lines) for first in self._starts(horizon)]
                plans[-1].status, plans[-2].status = "draft", "submitted"
                made += plans
        return made

    def _plan(self, post: Position, horizon: str, first: date, lines: Sequence[PlanItem]) -> WorkPlan:
        term = term_of(horizon, first)
        plan = self._made(
            WorkPlan, horizon=horizon, owner=post, starts_on=term.starts_on, ends_on=term.ends_on, status="approved",
            number=len(self.batch.waiting[WorkPlan]) + 2, number_year=first.year, approved_on=first,
        )  # fmt: skip
        for order, line in enumerate(lines, start=1):
            self._made(
                PlanItem, plan=plan, origin=line, order=order, direction=line.direction, title=line.title,
                starts_on=term.starts_on, ends_on=term.ends_on, responsible=post, approved_in=1,
            )  # fmt: skip
        return plan

    def schedules(self, groups: Sequence[Group]) -> list[WorkSchedule]:
        """A week after a week of each specialist, and his half-year with the lessons of his groups."""
        made = []
        for post in self.team:
            own = [one for one in groups if one.leader == post]
            for first in self._starts("week"):
                made.append(self._schedule(post, "week", first, first + timedelta(days=6), own))
            first = max(self.days[0], date(self.today.year, self.today.month, 1))
            made.append(self._schedule(post, "half_year", first, first + timedelta(days=120), own))
        return made

    def _schedule(self, post: Position, period: str, first: date, last: date, groups: Sequence[Group]) -> WorkSchedule:
        made = self._made(
            WorkSchedule, position=post, period=period, starts_on=first, ends_on=last, status="approved",
            approved_on=first,
        )  # fmt: skip
        for number in range(SCHOOL_DAYS * (SLOTS_OF_DAY + 1)):
            weekday, place = divmod(number, SLOTS_OF_DAY + 1)
            group = groups[number % len(groups)] if place == SLOTS_OF_DAY else None
            self._made(
                ScheduleSlot, schedule=made, weekday=weekday + 1, starts_at=time(9 + place),
                ends_at=time(9 + place, 40), kind="group" if group else KINDS[place], group=group,
            )  # fmt: skip
        return made

    def cards(self, homes: Sequence[Home]) -> list[SupportCard]:
        """Most are led, one in ten waits for the decision, one in ten is closed."""
        return [self._card(home, number) for number, home in enumerate(homes[:CARDS])]

    def _card(self, home: Home, number: int) -> SupportCard:
        state = {0: "proposed", 1: "closed"}.get(number % 10, "open")
        begun, lead = self.days[number % len(self.days)], self.team[number % len(self.team)]
        taken = None if state == "proposed" else begun
        card = self._made(
            SupportCard, child=home.child, state=state, ground="request", ground_note="обращение матери", lead=lead,
            number=number + 1 if taken else None, year=begun.year if taken else None, proposed_on=begun,
            opened_on=taken, review_on=begun + timedelta(days=180) if taken else None,
            closed_on=self.today if state == "closed" else None, close_reason="reached" if state == "closed" else "",
        )  # fmt: skip
        for code in CardSection.Code.values:
            self._made(CardSection, card=card, code=code, text=WORDS, version=1, user=lead.user)
        decision = self._made(
            CardDecision, card=card, kind="open", text=WORDS, asked_on=begun, taken_on=taken,
            outcome="taken" if taken else "waiting",
        )  # fmt: skip
        for post in self.team[:4]:
            answer = "agree" if taken else "waiting"
            self._made(DecisionVote, decision=decision, position=post, answer=answer, on=taken)
        for sphere in CardNote.Sphere.values[:NOTES_OF_CARD]:
            self._made(
                CardNote, card=card, on=begun, sphere=sphere, dynamics="same", text=WORDS, recorded_by=lead.user
            )  # fmt: skip
        return card

    def contacts(self, homes: Sequence[Home]) -> None:
        """Three of four are about a child; one in five waits for its answer."""
        for number in range(CONTACTS):
            child = homes[number % len(homes)].child if number % 4 else None
            asked, waits = self.days[number * len(self.days) // CONTACTS], number % 5 == 0
            post = self.team[number % len(self.team)]
            self._made(
                OutsideContact, child=child, person_id=child.public_id if child else "", kind="help",
                body_title=f"Центр помощи семье № {number % 9 + 1}", position=post, asked_on=asked, asked=WORDS,
                ground="consent" if child else "nobody", consent_note="мать, устно" if child else "",
                due_on=asked + timedelta(days=30), answered_on=None if waits else asked + timedelta(days=9),
                answer="" if waits else WORDS, outcome="waiting" if waits else "helped", recorded_by=post.user,
            )  # fmt: skip

    def passports(self, homes: Sequence[Home], classes: Sequence[SchoolClass]) -> list[SocialPassport]:
        """What class teachers ticked of families, and passports of every class, the last one still open."""
        ticked = list(PassportRow.objects.filter(**self.own, source=""))
        for home in homes:
            for row in self.chance.sample(ticked, min(FACTS_OF_CHILD, len(ticked))):
                self._made(
                    FamilyFact, child=home.child, row=row, since_on=self.days[0], recorded_by=self.team[-1].user
                )  # fmt: skip
        return [
            self._made(
                SocialPassport, school_class=room, year=room.year, on=self.today - timedelta(days=7 * back),
                status="approved" if back else "draft", filled_by=self.team[-1],
            )
            for back in range(PASSPORTS_OF_CLASS)
            for room in classes
        ]  # fmt: skip
