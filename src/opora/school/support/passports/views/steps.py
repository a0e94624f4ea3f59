"""Steps of the paths: one press, or a few words with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import filled, taken

from .. import services
from ..forms import RemarksForm
from ..models import SocialPassport
from .passport import passport_page

BOTH = ("GET", "POST")
Step = Callable[..., SocialPassport]


def _address(passport: SocialPassport) -> str:
    return reverse("passports:passport", args=[passport.public_id])


def _step(request: ActorRequest, found: SocialPassport, deed: Step, done: str) -> HttpResponse:
    def otherwise(refusal: Refusal) -> HttpResponse:
        found.refresh_from_db()
        return passport_page(request, found, refusal=str(refusal), status=422)

    step = partial(deed, actor=request.actor, passport=found)
    return taken(request, step, done, _address(found), otherwise=otherwise)


def _return(request: ActorRequest, found: SocialPassport, deed: Step) -> HttpResponse:
    form, back = RemarksForm(request.POST or None), _address(found)
    context = {"form": form, "passport": found, "back": back}
    return filled(
        request, form, partial(deed, actor=request.actor, passport=found), "Паспорт возвращён на доработку.", back,
        lambda: render(request, "passports/return.html", context, status=422 if form.errors else 200),
    )  # fmt: skip


@route("class_passport.submit", SocialPassport, methods=("POST",))
def submit_class(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """«Готово»."""
    return _step(request, found, services.class_passport_submit, "Паспорт класса сдан.")


@route("class_passport.accept", SocialPassport, methods=("POST",))
def accept(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """The service accepts a class passport."""
    return _step(request, found, services.class_passport_accept, "Паспорт класса принят, цифры больше не меняются.")


@route("class_passport.return", SocialPassport, methods=BOTH)
def return_class(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """Back to the teacher."""
    return _return(request, found, services.class_passport_return)


@route("passport.submit", SocialPassport, methods=("POST",))
def submit_school(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """To the director."""
    return _step(request, found, services.passport_submit, "Паспорт учреждения у директора.")


@route("passport.approve", SocialPassport, methods=("POST",))
def approve(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """The director approves."""
    return _step(request, found, services.passport_approve, "Паспорт утверждён, цифры больше не меняются.")


@route("passport.return", SocialPassport, methods=BOTH)
def return_school(request: ActorRequest, found: SocialPassport) -> HttpResponse:
    """Back to the service."""
    return _return(request, found, services.passport_return)
