"""What the school writes of a child for its consilium and ПМПК: characteristic 2.6, presentations 2.9 (P-07, P-09)."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Snapshot
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.foundation.worksheets.models import Section
from opora.people.children.models import Child, Guardian

from .querysets import PackageQuerySet, PresentationQuerySet, PresentationSectionQuerySet, RequestQuerySet

ARCHIVE_LIMIT = 2_000_000  # characters


class Presentation(Owned):
    """One paper about one child by one author. `kind` and `stage` are codes of the edition, which has their rules."""

    loaded_with = ("child", "author__user", "snapshot")
    person_path = "child__public_id"
    field_classes = {"third_person_words": "support_texts"}
    cleared_on_erasure = {"third_person_words": ""}
    kept_on_erasure = {
        "kind": "a code", "edition": "a code", "stage": "a code", "purpose": "a code", "state": "a code",
        "third_person": "a code", "examined_on": "a day of work, without a name",
        "time_from": "a day of work, without a name", "time_to": "a day of work, without a name",
        "started_on": "a day of work, without a name", "finished_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("third_person_words",)

    class Kind(models.TextChoices):
        CHARACTERISTIC = "characteristic", "характеристика"
        PSYCHOLOGIST = "psychologist", "представление педагога-психолога"
        SPEECH_THERAPIST = "speech_therapist", "представление учителя-логопеда"
        DEFECTOLOGIST = "defectologist", "представление учителя-дефектолога"
        SOCIAL_PEDAGOGUE = "social_pedagogue", "представление социального педагога"
        SUPPOSITION = "supposition", "общий вывод консилиума"

    class Stage(models.TextChoices):
        PRESCHOOL = "preschool", "дошкольник"
        PRIMARY = "primary", "младший школьник"
        TEENAGER = "teenager", "подросток"

    class Purpose(models.TextChoices):
        CONSILIUM = "consilium", "для заседания консилиума"
        COMMISSION = "commission", "для представления на ПМПК"
        PROGRAMME = "programme", "для программы сопровождения"

    class State(models.TextChoices):
        DRAFT = "draft", "пишется"
        FINISHED = "finished", "готово"
        CANCELLED = "cancelled", "больше не нужно"

    class ThirdPerson(models.TextChoices):
        NOBODY = "nobody", "не присутствовали"
        PARENT = "parent", "родитель (законный представитель)"
        OTHER = "other", "другое лицо"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="presentations")
    kind = models.CharField("вид", max_length=20, choices=Kind.choices)
    edition = models.CharField("редакция", max_length=20)
    stage = models.CharField("возраст", max_length=10, choices=Stage.choices)
    author = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="составляет")
    purpose = models.CharField("цель", max_length=12, choices=Purpose.choices, blank=True)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    examined_on = models.DateField("дата обследования", null=True, blank=True)
    time_from = models.TimeField("с", null=True, blank=True)
    time_to = models.TimeField("до", null=True, blank=True)
    third_person = models.CharField("третьи лица", max_length=8, choices=ThirdPerson.choices, blank=True)
    third_person_words = SealedTextField("кто именно", limit=200, one_line=True, blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_on = models.DateField("начато")
    finished_on = models.DateField("дата оформления", null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PresentationQuerySet.as_manager()

    class Meta:
        verbose_name = "представление"
        verbose_name_plural = "представления"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "author"], condition=Q(state="draft"), name="one_draft_of_a_kind_per_author"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled"), finished_on__isnull=True, snapshot__isnull=True)
                | Q(state="finished", finished_on__isnull=False, snapshot__isnull=False),
                name="a_finished_presentation_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(time_from__isnull=True) | Q(time_to__isnull=True) | Q(time_to__gt=F("time_from")),
                name="an_examination_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "-started_on"], name="presentation_by_state")]

    def __str__(self) -> str:
        return f"{self.author.caption}, {self.started_on:%d.%m.%Y}"

    def clean(self) -> None:
        if self.time_from and self.time_to and self.time_to <= self.time_from:
            raise ValidationError({"time_to": "Обследование заканчивается позже, чем начинается."})

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_finished(self) -> bool:
        return self.state == self.State.FINISHED

    @property
    def author_words(self) -> str:
        """«Титова Т. Т., классный руководитель»."""
        caption = self.author.caption
        return f"{self.author.user.short_name}, {caption[:1].lower()}{caption[1:]}"


class PresentationSection(Section):
    """A section of a presentation: text, and the wordings of the letter chosen in it as «choice.wording»."""

    loaded_with = ("presentation__child", "presentation__author__user")
    person_path = "presentation__child__public_id"
    field_classes = {"text": "support_texts", "chosen": "support_texts"}
    cleared_on_erasure = {"text": "", "chosen": []}
    kept_on_erasure = {"code": "a code", "at": "a day of work, without a name"}
    cleared_on_withdrawal = ("text", "chosen")

    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="sections")
    chosen = SealedJSONField("выбранные формулировки", default=list, blank=True)
    is_carried = models.BooleanField("взято из прошлого, не изменено", default=False)

    objects = PresentationSectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "раздел представления"
        verbose_name_plural = "разделы представлений"
        constraints = [models.UniqueConstraint(fields=["presentation", "code"], name="presentation_section_once")]

    @property
    def person_id(self) -> str:
        return self.presentation.person_id

    @property
    def caption(self) -> str:
        from .sheet import section_title

        return section_title(self.presentation, self.code)


class PresentationRequest(Owned):
    """A lead asks a colleague to write of a child by a day; the sheet is ready from that moment."""

    loaded_with = ("child", "presentation__author__user", "asked_by")
    person_path = "child__public_id"
    field_classes = {"note": "support_texts"}
    cleared_on_erasure = {"note": ""}
    kept_on_erasure = {
        "due_on": "a day of work, without a name", "asked_on": "a day of work, without a name",
        "cancelled_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("note",)

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="presentation_requests")
    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="requests")
    due_on = models.DateField("нужно к")
    note = SealedTextField("на что обратить внимание", limit=500, one_line=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("когда попросили")
    cancelled_on = models.DateField("больше не нужно", null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "просьба о представлении"
        verbose_name_plural = "просьбы о представлениях"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="a_request_is_due_after_it_is_made"),
            models.UniqueConstraint(
                fields=["presentation"], condition=Q(cancelled_on__isnull=True), name="one_request_in_force_per_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"просьба к {self.due_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class CharacteristicHandover(Owned):
    """The characteristic given to a representative against a signature: its original goes to ПМПК with him (2.6)."""

    loaded_with = ("presentation__child", "guardian", "snapshot")
    person_path = "presentation__child__public_id"
    kept_on_erasure = {"handed_on": "a day of work, without a name", "recorded_at": "a day of work, without a name"}
    stays_by_law = "письмо ВК-1074/07, прил. 2.6, 2.14: оригинал характеристики передан родителю"

    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="handovers")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField("получено")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["CharacteristicHandover"].as_manager()

    class Meta:
        verbose_name = "выдача характеристики"
        verbose_name_plural = "выдачи характеристик"
        ordering = ["-handed_on", "-pk"]

    def __str__(self) -> str:
        return f"выдано {self.handed_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.presentation.person_id


class CommissionPackage(Owned):
    """What goes to ПМПК over a closed channel: frozen presentations in a sealed archive with its hash (2.9).

    Prepared here; the exchange between organisations sends it (`sent_on`).
    """

    loaded_with = ("child", "commission", "prepared_by")
    person_path = "child__public_id"
    field_classes = {"archive": "support_texts"}
    cleared_on_erasure = {"archive": ""}
    kept_on_erasure = {
        "state": "a code", "sha256": "the hash of a long text", "prepared_on": "a day of work, without a name",
        "informed_on": "a day of work, without a name", "sent_on": "a day of work, without a name",
        "prepared_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("archive",)

    class State(models.TextChoices):
        PREPARED = "prepared", "подготовлен"
        SENT = "sent", "передан"
        REPLACED = "replaced", "заменён новым"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="commission_packages")
    commission = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="ПМПК")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.PREPARED)
    prepared_on = models.DateField("подготовлен")
    informed_on = models.DateField("родители предупреждены о передаче", null=True, blank=True)
    archive = SealedTextField("архив", limit=ARCHIVE_LIMIT)
    sha256 = models.CharField("отпечаток", max_length=64)
    sent_on = models.DateField("передан", null=True, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = "пакет для ПМПК"
        verbose_name_plural = "пакеты для ПМПК"
        ordering = ["-prepared_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "commission"],
                condition=Q(state="prepared"),
                name="one_prepared_package_per_commission",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_on__isnull=False), name="a_sent_package_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"пакет от {self.prepared_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class PackagedPresentation(Owned):
    """One frozen presentation inside a package."""

    loaded_with = ("package__child", "presentation__author__user", "snapshot")
    person_path = "package__child__public_id"

    package = models.ForeignKey(CommissionPackage, on_delete=models.PROTECT, related_name="contents")
    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["PackagedPresentation"].as_manager()

    class Meta:
        verbose_name = "представление в пакете"
        verbose_name_plural = "представления в пакетах"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["package", "presentation"], name="presentation_once_per_package")
        ]

    def __str__(self) -> str:
        return str(self.presentation)

    @property
    def person_id(self) -> str:
        return self.package.person_id
