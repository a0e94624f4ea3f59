"""Addresses that the pages of this room go back to."""

from __future__ import annotations

from django.urls import reverse

from opora.commission.cases.models import Case

from ..models import Examination, Session


def session_url(session: Session) -> str:
    return reverse("examinations:session", args=[session.public_id])


def sheet_url(examination: Examination) -> str:
    return reverse("examinations:sheet", args=[examination.public_id])


def case_url(case: Case) -> str:
    return reverse("cases:case", args=[case.public_id])
