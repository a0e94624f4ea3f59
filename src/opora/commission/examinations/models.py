"""Sessions of the commission and the examinations of each specialist (P-11, P-12)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.commission.cases.flow import CONCLUDED, Status
from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.commission.intake.models import Booking, Place
from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Speciality
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField
from opora.foundation.worksheets.models import Section

from .querysets import ExaminationQuerySet, SessionQuerySet, VisitQuerySet


class Session(Owned):
    """A session (заседание): a day at a place."""

    loaded_with = ("place",)

    class Kind(models.TextChoices):
        ON_SITE = "on_site", "в помещении комиссии"
        VISITING = "visiting", "выездное"
        REMOTE = "remote", "дистанционное"

    class State(models.TextChoices):
        PLANNED = "planned", "запланировано"
        RUNNING = "running", "идёт"
        CLOSED = "closed", "завершено"

    day = models.DateField("день")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="sessions", verbose_name="место")
    kind = models.CharField("вид", max_length=10, choices=Kind.choices, default=Kind.ON_SITE)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.PLANNED)

    objects = SessionQuerySet.as_manager()
    children: int  # these three are given by `with_counts`
    children_done: int
    members_present: int

    class Meta:
        verbose_name = "заседание"
        verbose_name_plural = "заседания"
        ordering = ["-day", "place"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day", "place"], name="one_session_per_day_and_place")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}, {self.place}"


class SessionMember(Owned):
    """A member of the commission at a session, present or not, in the speciality of his post."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="members")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField("присутствует", default=True)

    objects = OwnedQuerySet["SessionMember"].as_manager()

    class Meta:
        verbose_name = "участник заседания"
        verbose_name_plural = "участники заседания"
        ordering = ["position__role", "position__user__last_name"]
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="member_once_per_session")]

    def __str__(self) -> str:
        return str(self.position)


class Visit(Owned):
    """A child on the day list of a session: waits, is with a specialist, is done."""

    loaded_with = ("case__child", "session__place")
    person_path = "case__child__public_id"
    cleared_on_erasure = {
        "early_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "state": "a code", "starts": "a day of work, without a name", "arrived_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("early_reason",)

    class State(models.TextChoices):
        EXPECTED = "expected", "ожидается"
        WAITING = "waiting", "ждёт"
        WITH = "with", "на обследовании"
        DONE = "done", "обследован"
        MISSED = "missed", "не явился"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="visits")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    starts = models.TimeField("время", null=True, blank=True)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.EXPECTED)
    arrived_at = models.DateTimeField("пришёл", null=True, blank=True)
    early_reason = SealedTextField("почему обсуждение начато раньше", limit=300, one_line=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "приём"
        verbose_name_plural = "приёмы"
        ordering = ["starts", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "case"], name="case_once_per_session")]

    def __str__(self) -> str:
        return f"{self.session}: {self.case}"

    @property
    def person_id(self) -> str:
        return self.case.person_id

    @property
    def has_come(self) -> bool:
        return self.state not in (self.State.EXPECTED, self.State.MISSED)


class Examination(Owned):
    """One specialist's own protocol (letter, section 2: each member keeps one)."""

    loaded_with = ("case__child", "position__user", "specialist", "visit__session__place")
    person_path = "case__child__public_id"
    kept_on_erasure = {
        "speciality": "a code", "state": "a code", "started_at": "a day of work, without a name",
        "finished_at": "a day of work, without a name",
    }  # fmt: skip

    class State(models.TextChoices):
        DRAFT = "draft", "ведётся"
        FINISHED = "finished", "завершено"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="examinations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="examinations")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="examinations")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    speciality = models.CharField("специальность", max_length=30, choices=Speciality.choices)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    is_here = models.BooleanField("ребёнок сейчас здесь", default=False)
    started_at = models.DateTimeField("начато", auto_now_add=True)
    finished_at = models.DateTimeField("завершено", null=True, blank=True)

    objects = ExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = "обследование"
        verbose_name_plural = "обследования"
        ordering = ["speciality", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="one_examination_per_position_and_visit"),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at__isnull=True) | Q(state="finished", finished_at__isnull=False),
                name="a_finished_examination_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_speciality_display()}: {self.case}"

    @property
    def person_id(self) -> str:
        return self.case.person_id

    @property
    def is_finished(self) -> bool:
        return self.state == self.State.FINISHED

    @property
    def case_is_decided(self) -> bool:
        """The collegial conclusion is signed, or the case ended otherwise: what was written stays as it is."""
        return self.case.status not in (Status.EXAMINATION, Status.DISCUSSION)

    @property
    def is_writable(self) -> bool:
        return not self.is_finished and not self.case_is_decided


class ExaminationSection(Section):
    """A section of a specialist's protocol; `code` is one of the edition's sheet for the speciality."""

    loaded_with = ("examination__case__child",)
    person_path = "examination__case__child__public_id"
    field_classes = {"text": "special_texts"}
    cleared_on_erasure = {
        "text": "",
    }  # fmt: skip
    kept_on_erasure = {
        "code": "a code", "at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("text",)
    spared_on_withdrawal = {"examination__case__status__in": CONCLUDED}

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="sections")

    objects = OwnedQuerySet["ExaminationSection"].as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "раздел обследования"
        verbose_name_plural = "разделы обследований"
        constraints = [models.UniqueConstraint(fields=["examination", "code"], name="examination_section_once")]

    @property
    def person_id(self) -> str:
        return self.examination.person_id

    @property
    def caption(self) -> str:
        law = law_of(self.examination.case)
        asked = law.sheet(self.examination.speciality).sections
        return next((one.title for one in asked if one.code == self.code), self.code)
