"""What of conclusions waits on the desk: discussions to be finished, copies to be handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .models import Conclusion, Handover


def _discussed(actor: Actor, today: date) -> Iterator[Duty]:
    cases = Case.objects.visible_to(actor).filter(status=Status.DISCUSSION).select_related("child")
    begun = set(Conclusion.objects.visible_to(actor).filter(state="draft").values_list("case_id", flat=True))
    for case in cases.order_by("status_since")[:ENOUGH]:
        todo = "Закончить и подписать заключение" if case.pk in begun else "Составить заключение"
        yield Duty(
            who=case.child.full_name,
            todo=f"{todo}, дело {case.title}",
            on=None,
            address=reverse("conclusions:of_case", args=[case.public_id]),
            note=f"на обсуждении с {case.status_since:%d.%m.%Y}",
        )


def _own_discussions(actor: Actor, today: date) -> Iterator[Duty]:
    """For a specialist who examined the child; the head has the same cases among those to be signed."""
    cases = Case.objects.visible_to(actor).filter(
        status=Status.DISCUSSION, examinations__specialist=actor.user, organisation=actor.at
    )
    for case in cases.select_related("child").distinct().order_by("status_since")[:ENOUGH]:
        yield Duty(
            who=case.child.full_name,
            todo=f"Обсудить заключение, дело {case.title}",
            on=None,
            address=reverse("conclusions:of_case", args=[case.public_id]),
        )


def _to_hand_over(actor: Actor, today: date) -> Iterator[Duty]:
    waiting = Handover.objects.visible_to(actor).filter(received_on=None, conclusion__state=Conclusion.State.SIGNED)
    for handover in waiting.select_related("conclusion__case__child").order_by("due_on")[:ENOUGH]:
        case = handover.conclusion.case
        posted = f"отправлено почтой {handover.sent_on:%d.%m.%Y}" if handover.sent_on else ""
        yield Duty(
            who=case.child.full_name,
            todo="Отметить получение" if handover.sent_on else "Выдать заключение семье",
            on=handover.due_on,
            address=reverse("conclusions:handover", args=[case.public_id]),
            note=posted,
        )


def _specialist_only(actor: Actor, today: date) -> Iterator[Duty]:
    return iter(()) if may(actor, "case.sign") else _own_discussions(actor, today)


duties("case.sign", _discussed)
duties("conclusion.edit", _specialist_only)
duties("case.hand_over", _to_hand_over)
