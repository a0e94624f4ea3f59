"""The people who sign in. What they may do is in `access`."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from opora.foundation.identifiers import PublicIdField

NBSP = "\u00a0"


class User(AbstractUser):
    """A person with a login. Superuser and group rights of the framework are never consulted."""

    public_id = PublicIdField()
    middle_name = models.CharField("отчество", max_length=80, blank=True)
    low_vision = models.BooleanField("версия для слабовидящих", default=False)
    shows_keys = models.BooleanField("подсказки клавиш", default=True)
    shows_advice = models.BooleanField("советы рядом с работой", default=True)
    must_change_password = models.BooleanField("пароль выдан и ещё не сменён", default=False)

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        """«Иванова Анна Борисовна»."""
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name))) or self.username

    @property
    def short_name(self) -> str:
        """«Иванова А. Б.», with spaces that do not break."""
        initials = [f"{name[0]}." for name in (self.first_name, self.middle_name) if name]
        return NBSP.join(filter(None, [self.last_name, *initials])) or self.username
