"""What a paper of the school is: the row that it is printed from, who reads it, what of it is frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.models import Snapshot

from .printed import PrintedForm

NOT_HIS = "Этот документ печатают те, кто читает его целиком: председатель ППк, куратор, участники и директор."


def _always(*_: Any) -> bool:
    return True


def _nothing(_: Any) -> Snapshot | None:
    return None


@dataclass(frozen=True, kw_only=True)
class SchoolForm(PrintedForm):
    """`signed` finds the frozen paper of the row.

    `reads` says whether the actor may read the whole paper, `offered` whether the page of the row shows it.
    `editable`: there is an editable copy of it too. `refused` says who prints it instead of this actor.
    """

    model: type[Model]
    action: str = "school_paper.print"
    reads: Callable[[Actor, Any], bool] = _always
    signed: Callable[[Any], Snapshot | None] = _nothing
    offered: Callable[[Any], bool] = _always
    editable: bool = True
    refused: str = NOT_HIS
    frozen_word: str = "подписано"

    @property
    def is_issued(self) -> bool:
        """Whether one frozen paper is the whole of it: a protocol is frozen in parts, others are not signed here."""
        return self.signed is not _nothing

    def withheld_from(self, actor: Actor, subject: Any) -> str:
        if not self.reads(actor, subject):
            return self.refused
        return super().withheld_from(actor, subject)
