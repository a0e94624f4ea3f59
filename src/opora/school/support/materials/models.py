"""The bank of the service: methods, materials, working programmes, projects (S-03, S-14). It holds nobody's name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Speciality
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Owned

from .querysets import MaterialFileQuerySet, MaterialQuerySet, TopicQuerySet


class WorkDirection(models.TextChoices):
    """The four directions of work of the service (001, part 4): every piece of work stands under one."""

    DIAGNOSTICS = "diagnostics", "психосоциальная диагностика"
    CORRECTION = "correction", "коррекционно-развивающая работа"
    EDUCATION = "education", "просвещение участников образовательного процесса"
    METHODS = "methods", "организационно-методическая деятельность"


class Material(Owned):
    """A method, a material, a working programme or a project of the service, with its authors and term of review."""

    loaded_with = ("author__user", "approved_by")

    class Kind(models.TextChoices):
        METHOD = "method", "методика диагностики"
        MATERIAL = "material", "материал, пособие"
        PROGRAMME = "programme", "рабочая программа"
        PROJECT = "project", "проект"

    class Status(models.TextChoices):
        DRAFT = "draft", "черновик"
        SUBMITTED = "submitted", "у руководителя Службы"
        EXAMINED = "examined", "у директора"
        IN_USE = "in_use", "в работе"
        RETIRED = "retired", "больше не используется"

    kind = models.CharField("что это", max_length=10, choices=Kind.choices)
    title = models.CharField("название", max_length=300)
    authors = models.CharField("авторы, издание", max_length=400, blank=True)
    direction = models.CharField("направление", max_length=12, choices=WorkDirection.choices)
    speciality = models.CharField("специалист", max_length=30, choices=Speciality.choices, blank=True)
    age_from = models.PositiveSmallIntegerField("с, лет", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("до, лет", null=True, blank=True)
    aim = models.TextField("цель", max_length=2000, blank=True)
    annotation = models.TextField("описание", max_length=5000, blank=True)
    expected_result = models.TextField("ожидаемый результат", max_length=2000, blank=True)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    review_on = models.DateField("пересмотреть", null=True, blank=True)
    status = models.CharField("состояние", max_length=10, choices=Status.choices, default=Status.DRAFT)
    author = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто внёс"
    )
    remarks = models.TextField("замечания", max_length=4000, blank=True)
    submitted_on = models.DateField("отдано на рассмотрение", null=True, blank=True)  # stays when it comes back
    examined_on = models.DateField("рассмотрено руководителем Службы", null=True, blank=True)
    approved_on = models.DateField("утверждено", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "материал"
        verbose_name_plural = "банк методик и материалов"
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "title"], name="material_once"),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="material_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="material_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "status", "review_on"], name="materials_to_review")]

    def __str__(self) -> str:
        return self.title

    @property
    def needs_approval(self) -> bool:
        """Programmes and projects are approved by the director (S-03); methods and materials are simply used."""
        return self.kind in (self.Kind.PROGRAMME, self.Kind.PROJECT)

    @property
    def is_open(self) -> bool:
        """Whether its words may be changed now."""
        in_use = self.status == self.Status.IN_USE and not self.needs_approval
        return self.status == self.Status.DRAFT or in_use

    @property
    def colour(self) -> str:
        """The colour of its state on a page."""
        return {"draft": "neutral", "in_use": "done", "retired": "neutral"}.get(self.status, "soon")

    @property
    def ages(self) -> str:
        """«7—10 лет», «с 11 лет», «до 9 лет», or nothing."""
        if self.age_from is not None and self.age_to is not None:
            return f"{self.age_from}—{self.age_to}\u00a0лет"
        if self.age_from is not None:
            return f"с\u00a0{self.age_from}\u00a0лет"
        return f"до\u00a0{self.age_to}\u00a0лет" if self.age_to is not None else ""


class MaterialTopic(Owned):
    """A topic of a working programme or a stage of a project, in its order, with its hours."""

    loaded_with = ("material",)

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="topics")
    order = models.PositiveSmallIntegerField("№", default=1)
    title = models.CharField("тема, этап", max_length=300)
    hours = models.DecimalField("часов", max_digits=4, decimal_places=1, default=1)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "тема программы"
        verbose_name_plural = "темы программы"
        ordering = ["material", "order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=200), name="hours_of_a_topic")]

    def __str__(self) -> str:
        return self.title


class MaterialFile(Owned):
    """A file of a material."""

    loaded_with = ("material", "file")

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MaterialFileQuerySet.as_manager()

    class Meta:
        verbose_name = "файл материала"
        verbose_name_plural = "файлы материала"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
