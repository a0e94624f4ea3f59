"""Numbers without gaps, journals that cannot be rewritten, and frozen papers (decisions 6 and 7)."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedJSONField, SealedTextField

from .querysets import EntryQuerySet, SnapshotQuerySet


class Series(models.Model):
    """The counter of one kind of number, of one organisation, in one year (C-13)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("серия", max_length=40)
    year = models.PositiveSmallIntegerField("год")
    last = models.PositiveIntegerField("последний номер", default=0)
    lines = models.PositiveIntegerField("строк", default=0)
    head = models.CharField("отпечаток последней записи", max_length=64, blank=True)

    objects = OwnedQuerySet["Series"].as_manager()

    class Meta:
        verbose_name = "серия номеров"
        verbose_name_plural = "серии номеров"
        constraints = [models.UniqueConstraint(fields=["organisation", "code", "year"], name="one_counter_per_year")]

    def __str__(self) -> str:
        return f"{self.code}/{self.year}: {self.last}"


class Entry(Owned):
    """A line of a register. Its hash covers the line before it; a mistake is mended by a new line that names the old.

    `number` is the number of the act or blank: each entry takes the next one, a correction or an annulment bears the
    number of the line that it corrects. `line` counts all lines of the series without a gap.
    `content` holds the columns of the paper journal. The hash covers `commitment`, the salted hash of the content,
    so that the content can be erased by law without breaking the chain; the salt is sealed with it and goes with it.
    """

    cleared_on_erasure = {
        "content": {}, "salt": "",
    }  # fmt: skip
    kept_on_erasure = {
        "kind": "a code", "subject_type": "a code", "day": "a day of work, without a name",
        "at": "a day of work, without a name", "subject_id": "a random id", "person_id": "a random id",
        "commitment": "a salted hash, its salt is gone", "previous": "a hash", "digest": "a hash",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.12, 2.13: журналы"

    class Kind(models.TextChoices):
        ENTRY = "entry", "запись"
        CORRECTION = "correction", "исправление"
        ANNULMENT = "annulment", "аннулирование"

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="entries")
    line = models.PositiveIntegerField("строка")
    number = models.PositiveIntegerField("номер")
    year = models.PositiveSmallIntegerField("год номера")
    kind = models.CharField("вид записи", max_length=12, choices=Kind.choices, default=Kind.ENTRY)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    day = models.DateField("дата")
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    person_id = models.CharField("карта", max_length=40, blank=True)
    content = SealedJSONField("содержание", default=dict)
    salt = SealedTextField(limit=32, one_line=True)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "записи журналов"
        ordering = ["series", "line"]
        constraints = [
            models.UniqueConstraint(fields=["series", "line"], name="a_line_is_written_once"),
            models.UniqueConstraint(
                fields=["series", "number"], condition=models.Q(kind="entry"), name="a_number_is_taken_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="entry", corrects__isnull=True) | ~models.Q(kind="entry"),
                name="an_entry_corrects_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "subject_type", "subject_id"], name="register_subject"),
            models.Index(fields=["organisation", "series", "line"], name="register_lines"),
        ]

    def __str__(self) -> str:
        return f"№\u00a0{self.number}"


class Snapshot(Owned):
    """A paper as it was signed: canonical JSON and its SHA-256. Written once, never changed."""

    person_path = "person_id"
    called_in_acts = "Подписанные документы"
    cleared_on_erasure = {
        "content": {},
    }  # fmt: skip
    kept_on_erasure = {
        "form": "a code", "subject_type": "a code", "at": "a day of work, without a name",
        "subject_id": "a random id", "person_id": "a random id", "sha256": "the hash of a long text",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.14: подписанные документы"

    form = models.CharField("бланк", max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    person_id = models.CharField(max_length=40, blank=True)
    content = SealedJSONField("содержание")
    sha256 = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("заморожено", auto_now_add=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "замороженный документ"
        verbose_name_plural = "замороженные документы"
        indexes = [models.Index(fields=["organisation", "subject_type", "subject_id"], name="snapshot_subject")]

    def __str__(self) -> str:
        return f"{self.form} {self.sha256[:8]}"
