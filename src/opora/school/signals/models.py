"""What brings a child to the consilium: screenings, and a teacher's concern with the examination that follows (000)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.people.children.models import Child
from opora.school.pupils.models import SchoolClass

from .querysets import (
    AdditionalExaminationQuerySet,
    ConcernQuerySet,
    ScreeningImportQuerySet,
    ScreeningResultQuerySet,
)


class SignalTerms(Owned):
    """Working days that a school gives itself for each step; the edition offers the usual ones (practice)."""

    decide_soon = models.PositiveSmallIntegerField("решить по сигналу «на этой неделе», рабочих дней")
    decide_planned = models.PositiveSmallIntegerField("решить по сигналу, который может ждать, рабочих дней")
    examine_today = models.PositiveSmallIntegerField("обследовать по сигналу «сегодня», рабочих дней")
    examine_soon = models.PositiveSmallIntegerField("обследовать по сигналу «на этой неделе», рабочих дней")
    examine_planned = models.PositiveSmallIntegerField("обследовать по сигналу, который может ждать, рабочих дней")

    objects = OwnedQuerySet["SignalTerms"].as_manager()

    class Meta:
        verbose_name = "сроки по сигналам"
        verbose_name_plural = "сроки по сигналам"
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_set_of_signal_terms_per_school")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Screening(Owned):
    """One planned diagnostic of many children (K-01): its results are in the rows of `ScreeningResult`."""

    loaded_with = ("school_class", "run_by")

    class Kind(models.TextChoices):
        TESTING = "testing", "социально-психологическое тестирование"
        MENTAL_HEALTH = "mental_health", "мониторинг психологического здоровья"
        OTHER = "other", "другое плановое обследование"

    kind = models.CharField("вид", max_length=16, choices=Kind.choices)
    title = models.CharField("название", max_length=200)
    held_on = models.DateField("проведено")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="класс"
    )
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="проводит"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["Screening"].as_manager()

    class Meta:
        verbose_name = "скрининг"
        verbose_name_plural = "скрининги"
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class ScreeningResult(Owned):
    """The level of attention that a screening gives to one child."""

    loaded_with = ("child", "screening")
    person_path = "child__public_id"
    field_classes = {"note": "support_texts", "settled_words": "support_texts", "suicide_risk": "risk_marks"}
    cleared_on_erasure = {"note": "", "suicide_risk": False, "level": "ordinary", "settled_words": ""}
    kept_on_erasure = {
        "recorded_at": "a day of work, without a name", "settled_on": "a day of work, without a name",
        "settled": "a code",
    }  # fmt: skip
    cleared_on_withdrawal = ("note", "suicide_risk", "level", "settled_words")

    class Level(models.TextChoices):
        ORDINARY = "ordinary", "обычное внимание"
        RAISED = "raised", "повышенное внимание"
        SPECIAL = "special", "особое внимание"

    class Settled(models.TextChoices):
        WAITING = "", "ждёт решения"
        MEETING = "meeting", "вынесен на заседание"
        WATCHED = "watched", "наблюдать, без заседания"
        LEFT = "left", "обучающийся выбыл"

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="results")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="screening_results")
    level = models.CharField("уровень внимания", max_length=10, choices=Level.choices)
    note = SealedTextField("что показало", limit=2000, blank=True)
    suicide_risk = models.BooleanField("признаки суицидального риска", default=False)
    settled = models.CharField("решение", max_length=8, choices=Settled.choices, blank=True, default="")
    settled_on = models.DateField("решено", null=True, blank=True)
    settled_words = SealedTextField("почему без заседания", limit=1000, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScreeningResultQuerySet.as_manager()

    class Meta:
        verbose_name = "результат скрининга"
        verbose_name_plural = "результаты скринингов"
        ordering = ["child__last_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["screening", "child"], name="child_once_per_screening")]
        indexes = [models.Index(fields=["organisation", "settled", "level"], name="result_waiting")]

    def __str__(self) -> str:
        return f"{self.screening}: {self.get_level_display()}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class ScreeningImport(Owned):
    """A table of results that was brought in: read, looked at, then written, or thrown away. Its owner alone sees it.

    `lines` hold what was read until it is written: name, class, level, note, whom it means, what is wrong.
    """

    loaded_with = ("run_by", "file", "screening")

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт очереди"
        READING = "reading", "читается"
        READ = "read", "прочитана"
        WRITING = "writing", "записывается"
        DONE = "done", "внесена"
        FAILED = "failed", "не принята"
        CANCELLED = "cancelled", "отброшена"

    kind = models.CharField("вид", max_length=16, choices=Screening.Kind.choices)
    title = models.CharField("название", max_length=200)
    held_on = models.DateField("проведено")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=9, choices=State.choices, default=State.WAITING)
    lines = SealedJSONField("строки", default=list, blank=True)
    total = models.PositiveIntegerField("строк", default=0)
    done = models.PositiveIntegerField("сделано", default=0)
    message = models.CharField("причина", max_length=300, blank=True)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = ScreeningImportQuerySet.as_manager()

    class Meta:
        verbose_name = "таблица скрининга"
        verbose_name_plural = "таблицы скринингов"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(screening__isnull=False), name="a_written_table_has_its_screening"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_underway(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING, self.State.WRITING)


class Concern(Owned):
    """A teacher's signal about a child and its path: administration, psychologist, confirmed or not (000)."""

    loaded_with = ("child", "author", "psychologist__user")
    person_path = "child__public_id"
    field_classes = {
        "signs": "support_texts", "seen": "support_texts", "decision": "support_texts", "answer": "support_texts",
        "suicide_risk": "risk_marks",
    }  # fmt: skip
    cleared_on_erasure = {"seen": "", "signs": [], "decision": "", "answer": "", "suicide_risk": False}
    kept_on_erasure = {
        "urgency": "a code", "state": "a code", "noticed_on": "a day of work, without a name",
        "due_on": "a day of work, without a name", "raised_at": "a day of work, without a name",
        "decided_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("seen", "signs", "decision", "answer", "suicide_risk")

    class Urgency(models.TextChoices):
        PLANNED = "planned", "может ждать планового заседания"
        SOON = "soon", "на этой неделе"
        TODAY = "today", "сегодня"

    class State(models.TextChoices):
        RAISED = "raised", "у администрации"
        EXAMINATION = "examination", "на обследовании у психолога"
        CONFIRMED = "confirmed", "подтвердился"
        NOT_CONFIRMED = "not_confirmed", "не подтвердился"
        DECLINED = "declined", "закрыт без обследования"
        LEFT = "left", "закрыт: обучающийся выбыл"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="concerns")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noticed_on = models.DateField("когда замечено")
    signs = SealedJSONField("признаки", default=list, blank=True)
    seen = SealedTextField("что увидели", limit=5000, blank=True)
    urgency = models.CharField("срочность", max_length=8, choices=Urgency.choices)
    suicide_risk = models.BooleanField("признаки суицидального риска", default=False)
    state = models.CharField("состояние", max_length=14, choices=State.choices, default=State.RAISED)
    psychologist = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="педагог-психолог"
    )
    due_on = models.DateField("обследовать до", null=True, blank=True)
    decision = SealedTextField("решение администрации", limit=2000, blank=True)
    answer = SealedTextField("ответ автору", limit=1000, blank=True)
    raised_at = models.DateTimeField("подан", default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = "сигнал"
        verbose_name_plural = "сигналы"
        ordering = ["-raised_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "-raised_at"], name="concern_waiting")]

    def __str__(self) -> str:
        return f"Сигнал от {self.noticed_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.RAISED, self.State.EXAMINATION)


class AdditionalExamination(Owned):
    """The psychologist's examination that a concern leads to, and whether it confirmed the concern."""

    loaded_with = ("concern__child", "concern__psychologist__user")
    person_path = "concern__child__public_id"
    field_classes = {"methods": "support_texts", "findings": "support_texts"}
    cleared_on_erasure = {"methods": "", "findings": ""}
    kept_on_erasure = {
        "confirmed": "a code", "held_on": "a day of work, without a name",
        "recorded_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("methods", "findings")

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="examination")
    held_on = models.DateField("проведено")
    methods = SealedTextField("методики", limit=3000, blank=True)
    findings = SealedTextField("что установлено", limit=20_000, blank=True)
    confirmed = models.BooleanField("подтвердился", null=True, blank=True)  # None: still being written
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = AdditionalExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = "дополнительное обследование"
        verbose_name_plural = "дополнительные обследования"
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.held_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.concern.person_id
