"""The steps of a material: used, examined, approved, returned, opened, taken out, put back, reviewed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import filled, taken

from .. import services
from ..forms import RemarksForm, ReviewForm
from ..models import Material
from .page import page

POST = ("POST",)


def _address(material: Material) -> str:
    return reverse("materials:material", args=[material.public_id])


def _taken(
    request: ActorRequest, material: Material, deed: Callable[..., Any], done: str, **told: Any
) -> HttpResponse:  # fmt: skip
    return taken(request, lambda: deed(actor=request.actor, material=material, **told), done, _address(material))


@route("material.use", Material, methods=POST)
def use(request: ActorRequest, material: Material) -> HttpResponse:
    return _taken(request, material, services.material_use, "Материал в работе: его предлагает журнал.")


@route("material.submit", Material, methods=POST)
def submit(request: ActorRequest, material: Material) -> HttpResponse:
    return _taken(request, material, services.material_submit, "Отдано на рассмотрение.", on=timezone.localdate())


@route("material.examine", Material, methods=POST)
def examine(request: ActorRequest, material: Material) -> HttpResponse:
    done = "Рассмотрено и отдано директору."
    return _taken(request, material, services.material_examine, done, on=timezone.localdate())


@route("material.approve", Material, methods=POST)
def approve(request: ActorRequest, material: Material) -> HttpResponse:
    return _taken(request, material, services.material_approve, "Утверждено.", on=timezone.localdate())


@route("material.change", Material, methods=POST)
def change(request: ActorRequest, material: Material) -> HttpResponse:
    return _taken(request, material, services.material_change, "Открыто для изменений: потом утвердите заново.")


@route("material.retire", Material, methods=POST)
def retire(request: ActorRequest, material: Material) -> HttpResponse:
    done = "Больше не предлагается. Прежние записи не изменились."
    return _taken(request, material, services.material_retire, done)


@route("material.restore", Material, methods=POST)
def restore(request: ActorRequest, material: Material) -> HttpResponse:
    return _taken(request, material, services.material_restore, "Снова в работе.")


@route("material.return", Material, methods=POST)
def give_back(request: ActorRequest, material: Material) -> HttpResponse:
    """Back to the author with remarks."""
    form = RemarksForm(request.POST)
    return filled(
        request, form, partial(services.material_return, actor=request.actor, material=material),
        "Возвращено с замечаниями.", _address(material),
        lambda: page(request, material, remarks_form=form, status=422),
    )  # fmt: skip


@route("material.write", Material, methods=POST)
def review(request: ActorRequest, material: Material) -> HttpResponse:
    """Still good; the next time on a day."""
    form = ReviewForm(request.POST)
    return filled(
        request, form,
        partial(services.material_review, actor=request.actor, material=material, on=timezone.localdate()),
        "Пересмотрено.", _address(material), lambda: page(request, material, review_form=form, status=422),
    )  # fmt: skip
