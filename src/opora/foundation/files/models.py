"""Files as they are kept: a random name, a hash, an owner."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField


class StoredFile(Owned):
    """A file that was checked on its way in (security: allow-list, caps, images written anew).

    The bytes are sealed with the key of `person_id`, or of the organisation; size and hash are those of the clear ones.
    """

    cleared_on_erasure = {
        "title": "", "content": "",
    }  # fmt: skip
    kept_on_erasure = {
        "content_type": "a code", "at": "a day of work, without a name", "sha256": "the hash of a long text",
        "person_id": "a random id",
    }  # fmt: skip

    person_id = models.CharField("карта", max_length=40, blank=True)
    title = SealedTextField("имя", limit=200, one_line=True)
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
