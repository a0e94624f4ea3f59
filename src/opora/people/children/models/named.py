"""People with names that papers put into grammatical cases."""

from __future__ import annotations

from django.db import models

from opora.foundation.organisations.models import Owned

NBSP = "\u00a0"


class Sex(models.TextChoices):
    FEMALE = "female", "женский"
    MALE = "male", "мужской"


class Named(Owned):
    """A person with a name that papers put into grammatical cases; `declined` overrides the rules where they fail."""

    last_name = models.CharField("фамилия", max_length=80)
    first_name = models.CharField("имя", max_length=80)
    middle_name = models.CharField("отчество", max_length=80, blank=True)
    declined = models.JSONField("имя по падежам", default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """«Иванова Анна Борисовна»."""
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))

    @property
    def short_name(self) -> str:
        """«Иванова А. Б.», with spaces that do not break."""
        initials = [f"{name[0]}." for name in (self.first_name, self.middle_name) if name]
        return NBSP.join([self.last_name, *initials])
