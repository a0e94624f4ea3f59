"""What the pages of this room answer in the same way."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from opora.commission.cases.models import Case
from opora.foundation.access.routes import ActorRequest


def case_address(case: Case) -> str:
    return reverse("cases:case", args=[case.public_id])


def to_case(case: Case) -> HttpResponseRedirect:
    return HttpResponseRedirect(case_address(case))


def shown_again(request: ActorRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A form: 200 at first, 422 when it comes back with its errors and the typed values."""
    form = context["form"]
    return render(request, template, context, status=422 if form.is_bound else 200)
