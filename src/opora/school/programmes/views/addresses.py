"""Addresses that the pages of this room go back to."""

from __future__ import annotations

from django.urls import reverse

from ..models import Programme


def programme_url(programme: Programme) -> str:
    return reverse("programmes:programme", args=[programme.public_id])


def sheet_url(programme: Programme, anchor: str = "") -> str:
    address = reverse("programmes:draft", args=[programme.public_id])
    return f"{address}#{anchor}" if anchor else address


def family_url(programme: Programme) -> str:
    return reverse("programmes:family", args=[programme.public_id])
