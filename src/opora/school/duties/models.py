"""Conclusions of ПМПК that parents bring to the school, and what the school has to do because of them (K-11)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Speciality
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Child, Guardian

from .querysets import BroughtConclusionQuerySet, SchoolDutyQuerySet

DAY_OF_WORK = "a day of work, without a name"


class BroughtConclusion(Owned):
    """A conclusion of ПМПК as a representative brought it: the school's copy holds no diagnosis."""

    loaded_with = ("child", "guardian", "commission", "scan")
    person_path = "child__public_id"
    field_classes = dict.fromkeys(
        ("number", "programme", "orientation", "programme_title", "note", "parents_words"), "support_texts"
    )
    cleared_on_erasure = {
        "number": "", "programme_title": "", "note": "", "parents_words": "", "has_limitations": False,
        "programme": "", "orientation": "",
    }  # fmt: skip
    kept_on_erasure = {
        "commission_title": "a body, without a name", "signed_on": DAY_OF_WORK, "brought_on": DAY_OF_WORK,
        "valid_until": DAY_OF_WORK, "next_on": DAY_OF_WORK, "parents_answer": "a code", "answered_on": DAY_OF_WORK,
        "ended_on": DAY_OF_WORK, "end_reason": "a code", "recorded_at": DAY_OF_WORK,
    }  # fmt: skip
    cleared_on_withdrawal = (
        "number", "programme_title", "note", "parents_words", "has_limitations", "programme", "orientation", "scan",
    )  # fmt: skip

    class ParentsAnswer(models.TextChoices):
        WAITING = "waiting", "ещё не ответили"
        AGREE = "agree", "согласны со всеми условиями"
        PARTLY = "partly", "согласны с частью условий"
        DISAGREE = "disagree", "не согласны"

    class EndReason(models.TextChoices):
        REPLACED = "replaced", "принесено новое заключение"
        EXPIRED = "expired", "срок истёк"
        LEFT = "left", "обучающийся выбыл"
        PARENTS = "parents", "родители отказались от условий"
        MISTAKE = "mistake", "внесено по ошибке"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="brought_conclusions")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="+", verbose_name="кто принёс")
    commission = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ПМПК"
    )
    commission_title = models.CharField("другая ПМПК", max_length=300, blank=True)
    number = models.CharField("№ заключения", max_length=40)
    signed_on = models.DateField("дата заключения")
    brought_on = models.DateField("принесено")
    has_limitations = models.BooleanField("обучающийся с ОВЗ")
    programme = models.CharField("программа", max_length=40, blank=True)
    orientation = models.CharField("с ориентировкой на код", max_length=40, blank=True)
    programme_title = SealedTextField("программа словами", limit=500, one_line=True, blank=True)
    valid_until = models.DateField("действует до", null=True, blank=True)
    next_on = models.DateField("следующее обследование", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = SealedTextField("заметка", limit=3000, blank=True)
    parents_answer = models.CharField(
        "родители", max_length=10, choices=ParentsAnswer.choices, default=ParentsAnswer.WAITING
    )
    parents_words = SealedTextField("слова родителей", limit=3000, blank=True)
    answered_on = models.DateField("родители ответили", null=True, blank=True)
    ended_on = models.DateField("больше не действует с", null=True, blank=True)
    end_reason = models.CharField("почему", max_length=10, choices=EndReason.choices, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = BroughtConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "заключение ПМПК в школе"
        verbose_name_plural = "заключения ПМПК в школе"
        ordering = ["-brought_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "child", "number", "signed_on"],
                condition=~Q(end_reason="mistake") & ~Q(number=""),
                name="a_conclusion_is_brought_once",
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on__isnull=True), name="one_brought_conclusion_in_force"
            ),
            models.CheckConstraint(
                condition=Q(brought_on__gte=F("signed_on")), name="a_conclusion_is_brought_after_it_is_signed"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("signed_on")),
                name="a_brought_conclusion_holds_for_some_time",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ended_on", "next_on"], name="brought_by_next")]

    def __str__(self) -> str:
        return f"Заключение ПМПК №\u00a0{self.number} от\u00a0{self.signed_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def issuer(self) -> str:
        return self.commission.short_name if self.commission else self.commission_title

    def is_in_force(self, on: date) -> bool:
        return self.ended_on is None and (self.valid_until is None or self.valid_until >= on)


class SchoolDuty(Owned):
    """One thing that the school has to do because of a brought conclusion: who answers, by when, how it stands."""

    loaded_with = ("brought__child", "brought__commission", "responsible__user")
    person_path = "brought__child__public_id"
    field_classes = {"title": "support_texts"}
    cleared_on_erasure = {"title": "", "code": "", "kind": "other", "speciality": "", "hours": None}
    kept_on_erasure = {
        "state": "a code", "order": "a place in a list", "due_on": DAY_OF_WORK, "state_on": DAY_OF_WORK,
    }  # fmt: skip
    cleared_on_withdrawal = ("title", "code", "kind", "speciality", "hours")

    class Kind(models.TextChoices):
        PROGRAMME = "programme", "образовательная программа"
        REGIME = "regime", "форма и режим обучения"
        ACCESS = "access", "доступность здания и рабочее место"
        ASSISTANT = "assistant", "ассистент (помощник)"
        TUTOR = "tutor", "тьютор"
        EQUIPMENT = "equipment", "технические средства"
        TEXTBOOKS = "textbooks", "учебники и пособия"
        LESSONS = "lessons", "коррекционные занятия"
        CONDITION = "condition", "другое специальное условие"
        EXAMINATION = "examination", "аттестация и ГИА"
        REEXAMINATION = "reexamination", "повторное обследование на ПМПК"
        OTHER = "other", "другое"

    class State(models.TextChoices):
        PLANNED = "planned", "ещё нет"
        CREATED = "created", "создано"
        PARTLY = "partly", "создано частично"
        NOT_CREATED = "not_created", "не создано"

    brought = models.ForeignKey(BroughtConclusion, on_delete=models.PROTECT, related_name="duties")
    order = models.PositiveSmallIntegerField("№", default=1)
    kind = models.CharField("вид", max_length=14, choices=Kind.choices)
    code = models.CharField("условие каталога", max_length=60, blank=True)
    title = SealedTextField("что нужно", limit=1000)
    speciality = models.CharField("специалист", max_length=30, choices=Speciality.choices, blank=True)
    hours = models.DecimalField("часов в неделю", max_digits=4, decimal_places=1, null=True, blank=True)
    responsible = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ответственный"
    )
    due_on = models.DateField("срок")
    state = models.CharField("состояние", max_length=12, choices=State.choices, default=State.PLANNED)
    state_on = models.DateField("отмечено", null=True, blank=True)

    objects = SchoolDutyQuerySet.as_manager()

    class Meta:
        verbose_name = "условие по заключению ПМПК"
        verbose_name_plural = "условия по заключениям ПМПК"
        ordering = ["brought", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned") | Q(state_on__isnull=False), name="a_marked_duty_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, hours__lte=40), name="hours_of_a_week"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "due_on"], name="duty_waiting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.order}"

    @property
    def person_id(self) -> str:
        return self.brought.person_id

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CREATED

    def is_late(self, on: date) -> bool:
        return self.is_open and self.due_on < on


class DutyMark(Owned):
    """How a duty stood on a day, and why where it was not done; the newest one is its state."""

    loaded_with = ("duty__brought__child", "marked_by")
    person_path = "duty__brought__child__public_id"
    field_classes = {"reason": "support_texts"}
    cleared_on_erasure = {"reason": ""}
    kept_on_erasure = {"state": "a code", "on": DAY_OF_WORK, "marked_at": DAY_OF_WORK}
    cleared_on_withdrawal = ("reason",)

    duty = models.ForeignKey(SchoolDuty, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField("состояние", max_length=12, choices=SchoolDuty.State.choices)
    on = models.DateField("когда")
    reason = SealedTextField("почему", limit=1000, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["DutyMark"].as_manager()

    class Meta:
        verbose_name = "отметка об условии"
        verbose_name_plural = "отметки об условиях"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.duty.person_id
