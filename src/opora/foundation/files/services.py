"""Keeping a file and reading it back."""

from __future__ import annotations

import hashlib
import logging
import weakref
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.identifiers import public_id
from opora.foundation.vault.cipher import SealBroken
from opora.foundation.vault.sealing import bytes_opened, bytes_sealed

from . import events
from .inspection import Inspected, clean_title, inspect
from .models import StoredFile
from .scanning import scan

NBSP = "\u00a0"
CONTENT = "content"
logger = logging.getLogger("opora.incidents")


class _UntilCommit:
    """Removes a file unless its transaction commits.

    The only reference is the hook that waits for the commit: a rollback, also of a savepoint, drops the hook
    and with it this object, whose finaliser removes the file; a commit detaches the finaliser.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        self._finaliser = weakref.finalize(self, storage.delete, name)

    def keep(self) -> None:
        self._finaliser.detach()


@transaction.atomic
def file_store(*, actor: Actor, upload: UploadedFile[Any], person_id: str = "") -> StoredFile:
    """Check an upload, ask the antivirus of the place, keep it sealed under a random name (security rules, item 6).

    `person_id` is the public id of the child's file: its key seals the bytes, its history shows the event. Raises
    Refusal for an empty or too large file, and for content that is not on the list.
    """
    require(actor, "file.store")
    title = clean_title(upload.name or "")
    _require_size(upload.size or 0, title)
    data = upload.read()
    inspected = inspect(data, title)
    scan(data, title)
    return _keep(actor, inspected, title, person_id)


@transaction.atomic
def file_keep(*, actor: Actor, data: bytes, title: str, person_id: str = "") -> StoredFile:
    """Check bytes that are at hand already and keep them sealed; the product's own papers come this way."""
    require(actor, "file.store")
    _require_size(len(data), title)
    return _keep(actor, inspect(data, title), title, person_id)


def _keep(actor: Actor, inspected: Inspected, title: str, person_id: str) -> StoredFile:
    stored = StoredFile(
        organisation=actor.at,
        person_id=person_id,
        title=f"{title}.{inspected.extension}",
        content_type=inspected.content_type,
        size=len(inspected.data),
        sha256=hashlib.sha256(inspected.data).hexdigest(),
        user=actor.user,
    )
    sealed = bytes_sealed(stored, CONTENT, inspected.data)
    stored.content.save(f"{public_id()}.{inspected.extension}", ContentFile(sealed), save=False)
    transaction.on_commit(_UntilCommit(stored.content.storage, str(stored.content.name)).keep)
    stored.full_clean()
    stored.save()
    record(
        events.FILE_STORED, actor=actor, subject=stored, person_id=person_id,
        content_type=stored.content_type, size=stored.size,
    )  # fmt: skip
    return stored


def file_read(stored: StoredFile) -> bytes:
    """Return the content. Raises Refusal when it is gone, is not what was kept, or was erased by law."""
    if not stored.content:
        raise Refusal("erased", "Файл стёрт по закону вместе с данными ребёнка.")
    try:
        with stored.content.storage.open(str(stored.content.name)) as kept:
            data = bytes_opened(stored, CONTENT, kept.read())
    except (OSError, SealBroken):
        data = b""
    if data is None:
        raise Refusal("erased", "Файл стёрт по закону вместе с данными ребёнка.")
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        logger.error("Stored file %s does not match its hash", stored.public_id)
        raise Refusal("file_broken", "Файл повреждён в хранилище и не открыт. Сообщите администратору системы.")
    return data


def _require_size(size: int, title: str) -> None:
    if size == 0:
        raise Refusal("empty_file", f"Файл «{title}» пуст. Приложите его заново.")
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // 1024 // 1024
        raise Refusal(
            "too_large",
            f"Файл «{title}» ({_megabytes(size)}) больше допустимых {limit}{NBSP}МБ. "
            "Отсканируйте его с меньшим разрешением или разделите на части.",
        )


def _megabytes(size: int) -> str:
    return f"{-(-size // 1024 // 1024)}{NBSP}МБ"
