"""A lead asks colleagues to write of a child; the sheet of each is ready at once, so that one click opens it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.models import Child

from .. import events
from ..models import Presentation, PresentationRequest
from ..sheet import paper_of
from .sheets import sheet_make


@transaction.atomic
def presentation_request(
    *, actor: Actor, child: Child, asked: Iterable[tuple[Position, str]], due_on: date, on: date, purpose: str = "",
    note: str = "",
) -> list[PresentationRequest]:  # fmt: skip
    """Ask the holders of posts for papers (position, kind) by a day; whoever writes already keeps his sheet.

    A second request for the same sheet moves its day. Raises PermissionDenied, Refusal: nobody, a day that is past,
    somebody who left.
    """
    require(actor, "presentation.request")
    require_own(actor, child)
    pairs = list(asked)
    if not pairs:
        raise Refusal("nobody", "Отметьте, кого попросить.", field="asked")
    if due_on < on:
        raise Refusal("past", "Этот день уже прошёл: назовите сегодняшний или следующий.", field="due_on")
    return [_ask(actor, child, position, kind, due_on, on, purpose, note) for position, kind in pairs]


def _ask(
    actor: Actor, child: Child, position: Position, kind: str, due_on: date, on: date, purpose: str, note: str
) -> PresentationRequest:
    drafts = Presentation.objects.drafts().filter(child=child, kind=kind, author=position)
    sheet = drafts.first() or sheet_make(actor=actor, child=child, kind=kind, author=position, on=on, purpose=purpose)
    waiting = PresentationRequest.objects.in_force().filter(presentation=sheet).first()
    made = waiting or PresentationRequest(
        organisation=actor.at, child=child, presentation=sheet, asked_by=actor.person, asked_on=on
    )
    made.due_on, made.note = due_on, note or made.note
    made.full_clean()
    made.save()
    record(
        events.PRESENTATION_REQUESTED, actor=actor, subject=made, person_id=made.person_id,
        due_on=f"{due_on:%d.%m.%Y}", title=paper_of(sheet).title,
    )  # fmt: skip
    return made


@transaction.atomic
def request_cancel(*, actor: Actor, request: PresentationRequest, on: date) -> PresentationRequest:
    """The paper is not needed any more. A sheet in which nobody wrote closes; what was written stays its author's."""
    require(actor, "presentation.request")
    require_own(actor, request)
    fresh = (
        PresentationRequest.objects.select_for_update(of=("self",)).select_related("presentation").get(pk=request.pk)
    )
    if fresh.cancelled_on is not None:
        return fresh
    if fresh.presentation.is_finished:
        raise Refusal("finished", "Документ уже готов: снимать нечего.")
    return _cancel(actor, fresh, on)


@transaction.atomic
def requests_leave(*, actor: Actor, child: Child, on: date) -> None:
    """The pupil has left: nobody waits for what was asked of him. What was written stays its author's.

    It follows from the child's leaving and so does the right to it; called by `leaving.py` inside that deed. Raises
    PermissionDenied.
    """
    require(actor, "class.keep")
    require_own(actor, child)
    rows = PresentationRequest.objects.of(actor.at).select_for_update(of=("self",)).select_related("presentation")
    for one in rows.filter(child=child).waiting():
        _cancel(actor, one, on)


def _cancel(actor: Actor, fresh: PresentationRequest, on: date) -> PresentationRequest:
    sheet = fresh.presentation
    fresh.cancelled_on = on
    fresh.save(update_fields=["cancelled_on"])
    if not sheet.sections.filter(version__gt=0).exists():
        sheet.state = Presentation.State.CANCELLED
        sheet.save(update_fields=["state"])
    record(
        events.REQUEST_CANCELLED, actor=actor, subject=fresh, person_id=fresh.person_id, title=paper_of(sheet).title
    )  # fmt: skip
    return fresh
