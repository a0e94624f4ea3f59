"""Files as they are kept: a random name, a hash, an owner."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet


class StoredFile(Owned):
    """A file that was checked on its way in (security: allow-list, caps, images written anew)."""

    title = models.CharField("имя", max_length=200)
    content_type = models.CharField("вид", max_length=80)
    size = models.PositiveIntegerField("размер, байт")
    sha256 = models.CharField("отпечаток", max_length=64)
    content = models.FileField(upload_to="kept")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("загружен", auto_now_add=True)

    objects = OwnedQuerySet["StoredFile"].as_manager()

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"

    def __str__(self) -> str:
        return self.title
