"""A child on the agenda: the talk by sections, who takes part, who was told of what was decided (000, Р-93)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.vault.fields import SealedTextField
from opora.foundation.worksheets.models import Section
from opora.people.children.models import Child, Guardian
from opora.people.law import law_on
from opora.regulations.consilium.reading import sections_of
from opora.school.signals.models import Concern

from ..querysets import AgendaItemQuerySet, AgendaSectionQuerySet, OfItemQuerySet
from .meetings import ConsiliumMeeting

if TYPE_CHECKING:
    from .opinions import ConsiliumOpinion
    from .referrals import ReferralToCommission


class AgendaItem(Owned):
    """One child on the agenda, from the ground of the talk to the outcome."""

    loaded_with = ("child", "meeting__chair__user", "concern", "leading__user")
    person_path = "child__public_id"
    field_classes = {"parents_words": "support_texts", "ground_words": "support_texts"}
    cleared_on_erasure = {"ground_words": "", "parents_words": ""}
    kept_on_erasure = {
        "state": "a code", "ground": "a code", "outcome": "a code", "recommendation": "a code",
        "parents_answer": "a code",
        "order": "a place in a list", "parents_told_on": "a day of work, without a name",
        "teachers_told_on": "a day of work, without a name",
        "first_control_on": "a day of work, without a name", "second_control_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("ground_words", "parents_words")

    class State(models.TextChoices):
        PLANNED = "planned", "в повестке"
        TALK = "talk", "обсуждается"
        SIGNING = "signing", "на подписи"
        SIGNED = "signed", "заключение подписано"
        POSTPONED = "postponed", "перенесён"

    class Ground(models.TextChoices):
        SCREENING = "screening", "по результатам скрининга"
        CONCERN = "concern", "подтвердившийся сигнал"
        CONCLUSION = "conclusion", "заключение ПМПК"
        PARENTS = "parents", "обращение родителей"
        CONTROL = "control", "контроль выполнения рекомендаций"
        FINAL = "final", "итоги программы сопровождения"
        OTHER = "other", "другое"

    class Outcome(models.TextChoices):
        NO_DIFFICULTIES = "no_difficulties", "трудностей не выявлено"
        DIFFICULTIES = "difficulties", "испытывает трудности в освоении программы"
        REFERRAL = "referral", "направить на ПМПК"

    class Recommendation(models.TextChoices):
        CONDITIONS = "conditions", "обучающемуся с ОВЗ по заключению ПМПК"
        MEDICAL = "medical", "на основании медицинского заключения"
        DIFFICULTIES = "difficulties", "испытывающему трудности в освоении программы, развитии, адаптации"

    class ParentsAnswer(models.TextChoices):
        ABSENT = "absent", "не присутствовали"
        AGREE = "agree", "согласны"
        PARTLY = "partly", "согласны частично"
        DISAGREE = "disagree", "не согласны"

    meeting = models.ForeignKey(ConsiliumMeeting, on_delete=models.PROTECT, related_name="items")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="agenda_items")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.PLANNED)
    order = models.PositiveSmallIntegerField("№", default=1)
    ground = models.CharField("основание", max_length=12, choices=Ground.choices)
    ground_words = SealedTextField("подробнее", limit=1000, blank=True)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items")
    leading = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ведущий специалист"
    )
    outcome = models.CharField("решение", max_length=16, choices=Outcome.choices, blank=True)
    recommendation = models.CharField("рекомендации", max_length=12, choices=Recommendation.choices, blank=True)
    parents_answer = models.CharField("родители", max_length=10, choices=ParentsAnswer.choices, blank=True)
    parents_words = SealedTextField("мнение родителей", limit=5000, blank=True)
    parents_told_on = models.DateField("родители ознакомлены", null=True, blank=True)
    teachers_told_on = models.DateField("педагоги ознакомлены", null=True, blank=True)

    first_control_on = models.DateField("первый контроль", null=True, blank=True)
    second_control_on = models.DateField("второй контроль", null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "вопрос повестки"
        verbose_name_plural = "повестка"
        ordering = ["meeting", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "child"], name="child_once_per_meeting")]
        indexes = [models.Index(fields=["organisation", "first_control_on"], name="agenda_first_control")]

    def __str__(self) -> str:
        return f"{self.meeting}, вопрос {self.order}"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def opinion(self) -> ConsiliumOpinion | None:
        """The opinion in force; none before it is signed and after it is annulled."""
        return self.opinions.filter(annulled_on__isnull=True).first()

    @property
    def referral(self) -> ReferralToCommission | None:
        """The referral in force."""
        return self.referrals.filter(annulled_on__isnull=True).first()

    def control_due(self, today: date) -> date | None:
        """The control that is due on a day: the first one, and the second once its day has come too."""
        if self.first_control_on and self.second_control_on and today >= self.second_control_on:
            return self.second_control_on
        return self.first_control_on

    @property
    def is_writable(self) -> bool:
        """Whether the talk is still written down: nothing is signed and the meeting is not cancelled."""
        return self.state in (self.State.PLANNED, self.State.TALK)


class AgendaSection(Section):
    """One of the five steps of the talk about a child: information, problems, goal and tasks, resources, plan."""

    loaded_with = ("item__child", "item__meeting")
    person_path = "item__child__public_id"
    field_classes = {"text": "support_texts"}
    cleared_on_erasure = {"text": ""}
    kept_on_erasure = {"code": "a code", "at": "a day of work, without a name"}
    cleared_on_withdrawal = ("text",)

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="sections")

    objects = AgendaSectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "раздел обсуждения"
        verbose_name_plural = "разделы обсуждения"
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="agenda_section_once")]

    @property
    def person_id(self) -> str:
        return self.item.person_id

    @property
    def caption(self) -> str:
        asked = sections_of(law_on(self.item.meeting.day))
        return next((one.title for one in asked if one.code == self.code), self.code)


class Participant(Owned):
    """Who takes part in the talk about one child beside the members: teachers, outside bodies, representatives."""

    loaded_with = ("item__child", "item__meeting", "guardian", "body", "position__user")
    person_path = "item__child__public_id"
    field_classes = {"name": "support_texts", "competence": "support_texts"}
    cleared_on_erasure = {"name": "", "competence": ""}
    kept_on_erasure = {"kind": "a code", "invited_on": "a day of work, without a name"}
    cleared_on_withdrawal = ("name", "competence")

    class Kind(models.TextChoices):
        STAFF = "staff", "работник организации"
        OUTSIDE = "outside", "специалист другой организации"
        GUARDIAN = "guardian", "родитель (законный представитель)"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="participants")
    kind = models.CharField("кто", max_length=8, choices=Kind.choices)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("фамилия, имя, отчество", max_length=160, blank=True)
    competence = models.CharField("по какому вопросу", max_length=200, blank=True)
    through_commission = models.BooleanField("через КДНиЗП", default=False)
    invited_on = models.DateField("приглашение", null=True, blank=True)
    is_present = models.BooleanField("присутствует", default=False)

    objects = OfItemQuerySet["Participant"].as_manager()

    class Meta:
        verbose_name = "приглашённый"
        verbose_name_plural = "приглашённые"
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def who(self) -> str:
        """The person as a list names him: a colleague, a representative, or the name that was typed."""
        if self.position is not None:
            return f"{self.position.user.short_name}, {self.position.inner_caption}"
        if self.guardian is not None:
            return self.guardian.full_name
        return self.name or (str(self.body) if self.body else str(self.get_kind_display()))

    @property
    def person_id(self) -> str:
        return self.item.person_id


class Acquaintance(Owned):
    """A teacher who was told of the opinion, so far as it concerns his work (Р-93: within three working days)."""

    loaded_with = ("item__child", "position__user")
    person_path = "item__child__public_id"
    kept_on_erasure = {"told_on": "a day of work, without a name"}

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="acquaintances")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField("ознакомлен")

    objects = OfItemQuerySet["Acquaintance"].as_manager()

    class Meta:
        verbose_name = "ознакомление педагога"
        verbose_name_plural = "ознакомление педагогов"
        ordering = ["told_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="teacher_is_told_once")]

    def __str__(self) -> str:
        return str(self.position)

    @property
    def person_id(self) -> str:
        return self.item.person_id
