"""How a one-click deed answers: back to the page, with what was refused said on top of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest

from ..models import AgendaItem, ConsiliumMeeting, ReferralToCommission


def meeting_url(meeting: ConsiliumMeeting) -> str:
    return reverse("consilium:meeting", args=[meeting.public_id])


def item_url(item: AgendaItem) -> str:
    return reverse("consilium:item", args=[item.public_id])


def prepare_url(item: AgendaItem) -> str:
    return reverse("consilium:prepare", args=[item.public_id])


def referral_url(referral: ReferralToCommission) -> str:
    return reverse("consilium:referral", args=[referral.public_id])


def carried_out(request: ActorRequest, deed: Callable[[], Any], back: str, *, done: str = "") -> HttpResponse:
    """Do it and go back; a refusal is said there, at the section that it names."""
    try:
        with transaction.atomic():
            deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        plain = back.split("#", 1)[0]
        return HttpResponseRedirect(f"{plain}#section-{refusal.field}" if refusal.field else back)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(back)
