"""Sessions of people and their tries to get in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from opora.foundation.identifiers import PublicIdField

from .querysets import AccountSessionQuerySet, SignInTryQuerySet


class AccountSession(models.Model):
    """One browser in which a person is signed in. The server's own session lives and ends with it."""

    public_id = PublicIdField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account_sessions", verbose_name="кто"
    )
    session_key = models.CharField(max_length=40)
    address = models.CharField("откуда", max_length=45, blank=True)
    browser = models.CharField("браузер", max_length=80, blank=True)
    started_at = models.DateTimeField("вход", default=timezone.now)
    seen_at = models.DateTimeField("последнее действие", default=timezone.now)
    ended_at = models.DateTimeField("завершён", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="кто завершил",
    )  # fmt: skip

    objects = AccountSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "сеанс"
        verbose_name_plural = "сеансы"
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["user", "ended_at"], name="sessions_of_user")]

    def __str__(self) -> str:
        return f"{self.browser or 'браузер'}, {self.started_at:%d.%m.%Y}"


class SignInTry(models.Model):
    """A try that has not succeeded: what the throttle counts. The typed login is kept as a keyed digest only."""

    login_digest = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = SignInTryQuerySet.as_manager()

    class Meta:
        verbose_name = "попытка входа"
        verbose_name_plural = "попытки входа"
        indexes = [
            models.Index(fields=["login_digest", "at"], name="tries_of_login"),
            models.Index(fields=["address", "at"], name="tries_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.at:%d.%m.%Y %H:%M}"
