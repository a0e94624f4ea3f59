"""Files for the check of uploads, made on the spot: hostile ones and good ones. None is kept in the repository."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .good import GOOD
from .hostile_documents import DOCUMENTS
from .hostile_pdf import PDF
from .hostile_pictures import PICTURES
from .hostile_types import TYPES

__all__ = ["GOOD", "HOSTILE", "Hostile"]


@dataclass(frozen=True)
class Hostile:
    """`code` is that of the refusal; «clean» means: accepted, and nothing of the payload is left."""

    kind: str
    name: str
    make: Callable[[], bytes]
    code: str


HOSTILE = [Hostile(kind, *row) for rows in (TYPES, PDF, DOCUMENTS, PICTURES) for kind, *row in rows]
