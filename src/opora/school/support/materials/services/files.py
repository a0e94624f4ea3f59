"""Files of a material: checked and sealed by `foundation.files`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_store
from opora.people.clearing import files_erase

from .. import events
from ..models import Material, MaterialFile
from .steps import OWNER_WRITES, material_lock, may_write, open_require

MOST_FILES = 20


def _kept(actor: Actor, material: Material) -> Material:
    """The material, locked; of a programme or a project the files are a part of what is approved."""
    require(actor, "material.write")
    fresh = material_lock(actor, material)
    if not may_write(actor, fresh):
        raise PermissionDenied(OWNER_WRITES)
    return open_require(actor, fresh) if fresh.needs_approval else fresh


@transaction.atomic
def file_add(*, actor: Actor, material: Material, upload: UploadedFile[Any]) -> MaterialFile:
    """Keep a file with a material. Raises PermissionDenied, Refusal for what is no document or not open."""
    fresh = _kept(actor, material)
    if fresh.files.count() >= MOST_FILES:
        raise Refusal("too_many", f"Больше {MOST_FILES} файлов у одного материала не хранится.", field="upload")
    kept = MaterialFile(organisation=actor.at, material=fresh, file=file_store(actor=actor, upload=upload))
    kept.full_clean()
    kept.save()
    record(events.FILE_ADDED, actor=actor, subject=fresh)
    return kept


@transaction.atomic
def file_remove(*, actor: Actor, kept: MaterialFile) -> None:
    """Take a file away; its content is erased. Raises PermissionDenied, Refusal for what is not open."""
    fresh = _kept(actor, kept.material)
    stored = kept.file_id
    record(events.FILE_REMOVED, actor=actor, subject=fresh)
    kept.delete()
    files_erase(StoredFile.objects.filter(pk=stored))
