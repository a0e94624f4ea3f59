"""Addresses that the pages of this room go back to."""

from __future__ import annotations

from django.urls import reverse

from ..models import WorkSchedule


def address_of(schedule: WorkSchedule) -> str:
    return reverse("schedules:schedule", args=[schedule.public_id])
