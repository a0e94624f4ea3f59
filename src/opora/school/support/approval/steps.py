"""One step of a path: who may take it, from which state, what is saved and what the log says. Rooms add their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied

from opora.foundation.access.actions import require
from opora.foundation.access.flow import Flow, Transition
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType

Paper = TypeVar("Paper", bound=Any)  # a model with a `status`
Row = Transition[Any]


def _told(paper: Any, row: Row) -> dict[str, str]:
    return {"action": row.action, "deed": row.deed, "status": str(row.target)}


@dataclass(frozen=True)
class Path(Generic[Paper]):
    """The way of one kind of paper through its table.

    `noun` stands after «состояние»: «плана». `lock` reads the paper anew and locked, and raises PermissionDenied for
    one of another organisation. A row that names whose step it is asks `may_write`; `owner_writes` is said to others.
    `told` are the details of the event.
    """

    flow: Flow[Any]
    event: EventType
    noun: str
    lock: Callable[[Actor, Paper], Paper]
    may_write: Callable[[Actor, Paper], bool] = lambda actor, paper: True
    owner_writes: str = ""
    told: Callable[[Paper, Row], dict[str, str]] = _told

    def step(self, actor: Actor, paper: Paper, action: str) -> tuple[Paper, Row]:
        """The locked paper and the row that may be carried out on it now. Raises PermissionDenied, Refusal."""
        require(actor, action)
        fresh, row = self.lock(actor, paper), self.flow.transition(action)
        if row.whose and not self.may_write(actor, fresh):
            raise PermissionDenied(self.owner_writes)
        if fresh.status not in row.source:
            raise self.impossible(fresh, row)
        return fresh, row

    def impossible(self, paper: Paper, row: Row) -> Refusal:
        state = paper.get_status_display()
        words = f"«{row.title}» сейчас невозможно: состояние {self.noun} — «{state}»."
        return Refusal("wrong_status", words, row.clause)

    def take(self, actor: Actor, paper: Paper, row: Row, *fields: str, **values: Any) -> Paper:
        """Move a locked paper on, with `values` and other `fields` changed before; write the event."""
        for name, value in (values | {"status": row.target}).items():
            setattr(paper, name, value)
        paper.full_clean(validate_unique=False, validate_constraints=False)
        paper.save(update_fields=["status", *fields, *values])
        record(self.event, actor=actor, subject=paper, **self.told(paper, row))
        return paper


def remarks_of(words: str, row: Row) -> str:
    """What has to be mended before the paper comes again. Raises Refusal for nothing but spaces."""
    remarks = words.replace("\r\n", "\n").replace("\x00", "").strip()
    if not remarks:
        raise Refusal("no_remarks", "Напишите, что исправить: без этого не вернуть.", row.clause, "remarks")
    return remarks


def reason_of(words: str, row: Row, field: str = "reason") -> str:
    """Why an approved paper is opened again, in one line. Raises Refusal for nothing but spaces."""
    reason = " ".join(words.replace("\x00", "").split())
    if not reason:
        raise Refusal("no_reason", "Напишите, что меняется и почему.", row.clause, field)
    return reason
