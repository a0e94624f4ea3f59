"""The story of one case as a generator: it yields the moment of its next step and makes the step when called."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.conclusions.checks import problems_of
from opora.commission.conclusions.models import Handover
from opora.commission.conclusions.services.drafting import conclusion_draft, conclusion_fill, text_save
from opora.commission.conclusions.services.handing import handover_record
from opora.commission.conclusions.services.opinions import opinion_add
from opora.commission.conclusions.services.signing import conclusion_annul, conclusion_sign
from opora.commission.examinations.models import Examination, Session, Visit
from opora.commission.examinations.services.sessions import day_list_sync, session_close
from opora.commission.examinations.services.sheets import examination_finish, examination_start, section_write
from opora.commission.examinations.services.steps import case_discuss
from opora.commission.examinations.services.visits import case_arrive, visit_release
from opora.commission.findings.services import findings_record
from opora.commission.intake.models import Booking, Paper, Slot
from opora.commission.intake.services.applications import application_receive, application_submit
from opora.commission.intake.services.bookings import booking_make, booking_miss
from opora.commission.intake.services.papers import paper_receive
from opora.commission.intake.services.steps import case_refuse, case_withdraw, papers_accept
from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.records.journals.services import session_certify, session_entries
from opora.regulations.calendar import add_working_days
from opora.regulations.edition import edition

from .findings import findings_of, reason_for
from .profiles import DOCTOR, SOCIAL, Profile
from .world import Commission

ZONE = ZoneInfo(settings.TIME_ZONE)
Story = Iterator[datetime]
INITIATORS = ("parent", "parent", "education", "education", "medical", "consilium")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def later(moment: datetime, days: int) -> datetime:
    """The same hour some working days later."""
    return datetime.combine(add_working_days(moment.date(), days), moment.timetz())


class CaseStory:
    """One appeal of one child up to the status where it stands today."""

    def __init__(
        self,
        here: Commission,
        child: Child,
        profile: Profile,
        chance: random.Random,
        stop: Status,
        school: Organisation,
    ) -> None:
        self.here, self.child, self.profile, self.chance, self.stop = here, child, profile, chance, stop
        self.school = school
        self.registrar, self.head = here.actor(here.registrar), here.actor(here.head)
        self.annuls = chance.random() < 0.03
        self.misses = stop == Status.HANDED and chance.random() < 0.06

    def run(self, opened: datetime, slot_day: date) -> Story:
        """Yield moments; `slot_day` is the day of the session the case aims at."""
        yield opened
        case = self._open()
        if self.stop == Status.OPENED:
            return
        yield opened + timedelta(minutes=25)
        self._receive(case)
        if self.stop == Status.WITHDRAWN:
            yield later(opened, 2)
            self._withdraw(case)
            return
        brought = later(opened, 1)
        yield brought
        complete = self.stop not in (Status.PAPERS, Status.REFUSED)
        self._papers(case, complete=complete)
        if self.stop == Status.REFUSED:
            yield later(opened, 8)
            case_refuse(
                actor=self.head, case=case, on=_today(),
                reason="Выписка из истории развития не представлена после двух напоминаний.",
            )  # fmt: skip
        if not complete:
            return
        yield brought + timedelta(minutes=20)
        papers_accept(actor=self.registrar, case=case, on=_today())
        if self.stop == Status.READY:
            return
        yield brought + timedelta(minutes=25)
        slot = self._book(case, slot_day)
        if slot is None or self.stop == Status.BOOKED:
            return
        if self.misses:
            yield at(slot.day, 16)
            booking = Booking.objects.get(case=case, state=Booking.State.BOOKED)
            booking_miss(actor=self.registrar, booking=booking, reason="Ребёнок заболел", on=_today())
            slot = self._book(case, slot.day + timedelta(days=14))
            if slot is None:
                return
        yield from self._examine(case, slot)

    def _open(self) -> Case:
        guardian = self.child.guardianships.get(is_main=True).guardian
        initiator = self.chance.choice(INITIATORS)
        return application_submit(
            actor=self.registrar, child=self.child, applicant=guardian, on=_today(), reason=self.profile.reason,
            initiator=initiator, referred_by=self.school if initiator in ("education", "consilium") else None,
            has_referral=initiator != "parent", request="Определить программу и условия обучения.",
            needs_psychiatrist=self.profile.code in ("autism", "intellect"),
        )  # fmt: skip

    def _receive(self, case: Case) -> None:
        today = _today()
        application_receive(
            actor=self.registrar, case=case, on=today, application_on=today,
            consent_child_on=today, consent_guardian_on=today,
        )  # fmt: skip

    def _withdraw(self, case: Case) -> None:
        case_withdraw(actor=self.registrar, case=case, on=_today(), reason="Семья переезжает в другой регион.")

    def _papers(self, case: Case, *, complete: bool) -> None:
        for paper in case.papers.filter(received_on__isnull=True):
            obligatory = paper.presence == Paper.Presence.OBLIGATORY
            if (complete and obligatory) or self.chance.random() < (0.5 if complete else 0.35):
                sheets = self.chance.randint(1, 6)
                paper_receive(actor=self.registrar, paper=paper, on=_today(), sheets=sheets)

    def _book(self, case: Case, day: date) -> Slot | None:
        ahead = Slot.objects.of(self.here.organisation).filter(day__gte=day).after(timezone.now())
        free = ahead.exclude(bookings__state__in=(Booking.State.BOOKED, Booking.State.ARRIVED))
        slot = free.order_by("day", "starts").first()
        if slot is not None:
            booking_make(actor=self.registrar, case=case, slot=slot, on=_today())
        return slot

    def _examine(self, case: Case, slot: Slot) -> Story:
        yield datetime.combine(slot.day, slot.starts, ZONE)
        visit = case_arrive(actor=self.registrar, case=case, on=slot.day)
        minutes = 5
        for speciality in self._specialities():
            yield datetime.combine(slot.day, slot.starts, ZONE) + timedelta(minutes=minutes)
            minutes += 9
            sheet = self._sheet(visit, speciality)
            if self.stop == Status.EXAMINATION and speciality == self._specialities()[-1]:
                return
            examination_finish(actor=self.here.actor(self.here.members[speciality]), examination=sheet)
        yield datetime.combine(slot.day, slot.starts, ZONE) + timedelta(minutes=58)
        visit_release(actor=self.head, visit=visit)
        case_discuss(actor=self.head, case=case, on=_today())
        yield at(slot.day, 15, 10)
        self._draft(case)
        if self.stop == Status.DISCUSSION:
            return
        yield at(slot.day, 16, slot.starts.hour)
        self._sign(case)
        if self.annuls:
            yield at(slot.day, 16, 30)
            signed = case.conclusions.get(state="signed")
            conclusion_annul(
                actor=self.head, conclusion=signed, on=_today(), reason="Опечатка в отчестве ребёнка на бланке."
            )
            self._sign(case)
        if self.stop == Status.SIGNED:
            return
        yield later(at(slot.day, 16, 40), self.chance.choice((0, 0, 1, 2, 3, 4)))
        self._hand_over(case)

    def _specialities(self) -> list[str]:
        wanted = [*self.profile.sheets, "social_pedagogue"]
        if self.profile.code in ("autism", "intellect", "motor", "hearing"):
            wanted.append("doctor")
        return [one for one in wanted if one in self.here.members]

    def _sheet(self, visit: Visit, speciality: str) -> Examination:
        user = self.here.members[speciality]
        actor = self.here.actor(user)
        position = Position.objects.get(user=user, speciality=speciality)
        sheet = examination_start(actor=actor, visit=visit, position=position)
        texts = self.profile.sheets.get(speciality) or (DOCTOR if speciality == "doctor" else SOCIAL)
        texts = {"observations": "Контакт устанавливает, инструкции выслушивает.", **texts}
        if speciality == "doctor":
            texts = {**texts, "diagnoses": self.profile.diagnosis}
        for section in sheet.sections.all():
            if section.code in texts:
                section_write(actor=actor, section=section, text=texts[section.code], base_version=section.version)
        doubtful = self.stop in (Status.EXAMINATION, Status.DISCUSSION)
        findings_record(actor=actor, examination=sheet, values=findings_of(self.profile.code, sheet, doubtful=doubtful))
        return sheet

    def _draft(self, case: Case) -> None:
        conclusion = conclusion_draft(actor=self.head, case=case)
        profile = self.profile
        has_sections = bool(edition(case.edition).programme(profile.programme).sections)
        values: dict[str, object] = {
            "has_limitations": profile.limitations, "needs_conditions": profile.limitations,
            "programme_code": profile.programme, "programme_section": profile.section if has_sections else "",
            "route": "confirmed" if case.application.is_repeat else "first",
            "study_form": "full_time", "regime": ["full_day"], "education_form": ["in_organisation"],
            "assistant_need": "needed" if profile.assistant else "not_needed",
            "tutor_need": "needed" if profile.tutor else "not_needed",
            "reexamination_wording": profile.wording,
            "term_on": date(_today().year + 1, 5, 20) if profile.limitations else "",
        }  # fmt: skip
        if profile.assistant:
            values |= {"assistant_reason": "Помощь в передвижении и самообслуживании.", "assistant_term": "constant"}
        if profile.tutor:
            values |= {"tutor_reason": "Помощь в организации работы и общения.", "tutor_term": "adaptation_half_year"}
        conclusion_fill(actor=self.head, conclusion=conclusion, values=values)
        texts = {"main_features": profile.features, **profile.conditions}
        texts |= {f"direction_{who}": text for who, text in profile.directions.items()}
        for section in conclusion.sections.all():
            if section.code in texts:
                text_save(actor=self.head, section=section, text=texts[section.code], base_version=section.version)
        if profile.code == "delay_heavy" and self.chance.random() < 0.3:
            member = self.here.actor(self.here.members["psychologist"])
            opinion_add(
                actor=member, conclusion=conclusion,
                text="Считаю достаточным вариант 7.1 при усиленном сопровождении психолога.",
            )  # fmt: skip

    def _sign(self, case: Case) -> None:
        """Sign as the head does: over each warning with a reason."""
        draft = conclusion_draft(actor=self.head, case=case)
        warnings = [one for one in problems_of(draft, _today()) if one.warns]
        conclusion_sign(
            actor=self.head, conclusion=draft, on=_today(), reasons={one.key: reason_for(one.code) for one in warnings}
        )

    def _hand_over(self, case: Case) -> None:
        conclusion = case.conclusions.get(state="signed")
        handover_record(
            actor=self.registrar, handover=Handover.objects.get(conclusion=conclusion),
            recipient=case.application.applicant, received_on=_today(), today=_today(),
            opinions_given=conclusion.opinions.exists(),
        )  # fmt: skip


def day_ends(here: Commission, day: date, *, certify: bool) -> Story:
    """Close the session of a day when its children are done; the head certifies the journal the day after."""
    yield at(day, 17)
    session = Session.objects.of(here.organisation).filter(day=day, state=Session.State.RUNNING).first()
    waiting = (Visit.State.EXPECTED, Visit.State.WAITING, Visit.State.WITH)
    if session is not None:
        day_list_sync(actor=here.actor(here.registrar), session=session)
    if session is not None and not session.visits.filter(state__in=waiting).exists():
        session_close(actor=here.actor(here.registrar), session=session)
        if certify:
            yield at(day + timedelta(days=1), 9)
            head = here.actor(here.head)
            if session_entries(head, session).filter(certified__isnull=True).exists():
                session_certify(actor=head, session=session, on=_today())


def _today() -> date:
    return timezone.localdate()
