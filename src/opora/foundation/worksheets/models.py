"""Long forms that save by section while people type (decision 8)."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField

SECTION_LIMIT = 50_000  # characters


class Section(Owned):
    """One section of a work sheet: text with a version. Concrete sheets add the foreign key to their subject."""

    code = models.CharField("раздел", max_length=60)
    text = SealedTextField("текст", blank=True, limit=SECTION_LIMIT)
    version = models.PositiveIntegerField("версия", default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("сохранено", auto_now=True)

    objects = OwnedQuerySet["Section"].as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def caption(self) -> str:
        """What the section is called on the screen and in the log; concrete sheets ask their edition."""
        return self.code


class EarlierText(Owned):
    """What stood in a section before another person wrote over it: nothing typed is lost."""

    called_in_acts = "Прежние тексты листов"
    cleared_on_erasure = {"text": ""}
    kept_on_erasure = {
        "section_id": "a random id", "person_id": "a random id", "at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("text",)

    person_id = models.CharField(max_length=40, blank=True)
    section_id = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = SealedTextField("текст", limit=SECTION_LIMIT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["EarlierText"].as_manager()

    class Meta:
        verbose_name = "прежний текст"
        verbose_name_plural = "прежние тексты"
        indexes = [models.Index(fields=["section_id", "-version"], name="earlier_text_section")]

    def __str__(self) -> str:
        return f"{self.section_id} v{self.version}"


class Presence(models.Model):
    """Who has a section open now; renewed while the page is open."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    section_id = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = OwnedQuerySet["Presence"].as_manager()

    class Meta:
        verbose_name = "присутствие"
        verbose_name_plural = "присутствие"
        constraints = [models.UniqueConstraint(fields=["section_id", "user"], name="one_presence_per_person")]

    def __str__(self) -> str:
        return self.section_id
