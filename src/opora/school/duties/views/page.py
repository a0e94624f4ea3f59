"""What the page of a brought conclusion shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest
from opora.foundation.audit.models import Event
from opora.people.law import law_on

from ..checking import SCHOOL_CREATES
from ..listing import duty_words, state_of
from ..models import BroughtConclusion, DutyMark, SchoolDuty
from ..offers import programme_words
from ..services.duties import may_mark


@dataclass(frozen=True)
class Row:
    """A duty with its marks, ready for the table; `typed` and `refusal` are of a mark that was not taken."""

    duty: SchoolDuty
    words: str
    state: str
    marks: list[DutyMark]
    may_mark: bool
    refusal: str = ""
    typed: str = ""

    @property
    def last(self) -> DutyMark | None:
        return self.marks[-1] if self.marks else None

    @property
    def is_abandoned(self) -> bool:
        """The colleague who answered works here no more."""
        person = self.duty.responsible
        return person is not None and person.ended_on is not None and person.ended_on < timezone.localdate()


def row_of(request: ActorRequest, duty: SchoolDuty, *, refusal: str = "", typed: str = "") -> Row:
    """One line of the table."""
    open_ = duty.brought.ended_on is None
    return Row(
        duty=duty,
        words=duty_words(duty),
        state=state_of(duty, timezone.localdate()),
        marks=sorted(duty.marks.all(), key=lambda one: (one.on, one.pk)),
        may_mark=open_ and may_mark(request.actor, duty),
        refusal=refusal,
        typed=typed,
    )


def brought_page(
    request: ActorRequest, brought: BroughtConclusion, *, refused: SchoolDuty | None = None, refusal: str = "",
    typed: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The conclusion with its conditions; a fixed number of queries."""
    duties = brought.duties.select_related("brought", "responsible__user").prefetch_related("marks")
    rows = []
    for one in duties:
        is_refused = refused is not None and one.pk == refused.pk
        rows.append(row_of(request, one, refusal=refusal if is_refused else "", typed=typed if is_refused else ""))
    today = timezone.localdate()
    history = Event.objects.visible_to(request.actor).about(brought).select_related("user")
    context: dict[str, Any] = {
        "brought": brought,
        "child": brought.child,
        "rows": rows,
        "created": sum(1 for one in rows if one.duty.state == SchoolDuty.State.CREATED),
        "late": sum(1 for one in rows if one.state == "late"),
        "programme": programme_words(
            law_on(brought.brought_on), brought.programme, brought.orientation, brought.programme_title
        ),
        "in_force": brought.is_in_force(today),
        "may_keep": may(request.actor, "duty.keep") and brought.ended_on is None,
        "clause": SCHOOL_CREATES,
        "events": list(history[:20]),
    }
    return render(request, "duties/brought.html", context, status=status)
