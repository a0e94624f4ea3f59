"""How the pages of this room answer: where they go back to, and at which section a refusal is said."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from opora.foundation.ui import answers

from ..models import AgendaItem, ConsiliumMeeting, ReferralToCommission

carried_out = partial(answers.carried_out, anchor="section-")


def meeting_url(meeting: ConsiliumMeeting) -> str:
    return reverse("consilium:meeting", args=[meeting.public_id])


def item_url(item: AgendaItem) -> str:
    return reverse("consilium:item", args=[item.public_id])


def prepare_url(item: AgendaItem) -> str:
    return reverse("consilium:prepare", args=[item.public_id])


def referral_url(referral: ReferralToCommission) -> str:
    return reverse("consilium:referral", args=[referral.public_id])
