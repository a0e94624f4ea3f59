"""What of conclusions on ГИА waits on the desk: drafts to be signed, copies to be handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties

from .models import AttestationConclusion
from .services.drafting import WRITTEN_IN


def _to_sign(actor: Actor, today: date) -> Iterator[Duty]:
    drafts = AttestationConclusion.objects.visible_to(actor).filter(state="draft", case__status__in=WRITTEN_IN)
    for one in drafts.select_related("case__child").order_by("pk")[:ENOUGH]:
        yield Duty(
            who=one.case.child.full_name,
            todo=f"Закончить и подписать заключение ГИА, дело {one.case.title}",
            on=None,
            address=reverse("attestation:sheet", args=[one.public_id]),
        )


def _to_hand_over(actor: Actor, today: date) -> Iterator[Duty]:
    waiting = AttestationConclusion.objects.visible_to(actor).filter(state="signed", handed_on=None)
    for one in waiting.select_related("case__child").order_by("due_on")[:ENOUGH]:
        yield Duty(
            who=one.case.child.full_name,
            todo="Выдать заключение ГИА",
            on=one.due_on,
            address=reverse("attestation:hand_over", args=[one.public_id]),
        )


duties("attestation.sign", _to_sign)
duties("attestation.hand_over", _to_hand_over)
