"""Issued papers: the file that was made of a frozen snapshot, once, and is given out ever after."""

from django.db import models

from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Snapshot


class IssuedPaper(Owned):
    """The PDF of a snapshot."""

    person_path = "snapshot__person_id"
    kept_on_erasure = {
        "issued_at": "a day of work, without a name",
    }  # fmt: skip

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="issued")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["IssuedPaper"].as_manager()

    class Meta:
        verbose_name = "выпущенный документ"
        verbose_name_plural = "выпущенные документы"

    def __str__(self) -> str:
        return str(self.snapshot)

    @property
    def person_id(self) -> str:
        return self.snapshot.person_id
