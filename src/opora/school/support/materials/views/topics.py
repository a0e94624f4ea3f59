"""The outline of a programme: Enter adds a topic, a pasted list adds them all, changed fields are saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import typed

from .. import services
from ..forms import TopicForm
from ..models import Material, MaterialTopic
from ..outline import topics_of
from .page import outline_context, page

LONGEST = 60_000


def _answer(
    request: ActorRequest, material: Material, deed: Callable[[], Any], *, adding: bool = False
) -> HttpResponse:
    refused = ""
    try:
        with transaction.atomic():
            deed()
    except Refusal as refusal:
        refused = str(refusal)
    except ValidationError as error:
        refused = " ".join(error.messages)
    if request.htmx and refused:
        return HttpResponse(refused, status=422, content_type="text/plain; charset=utf-8")
    if request.htmx:
        return render(request, "materials/outline.html", outline_context(request, material) | {"adding": adding})
    if refused:
        messages.error(request, refused)
        return page(request, material, status=422)
    return HttpResponseRedirect(f"{reverse('materials:material', args=[material.public_id])}#outline")


@route("material.write", Material, methods=("POST",))
def topic_add(request: ActorRequest, material: Material) -> HttpResponse:
    """One topic, or as many as there are lines."""
    text = typed(request, "text", LONGEST)
    return _answer(
        request, material,
        lambda: services.topics_add(actor=request.actor, material=material, topics=topics_of(text)), adding=True,
    )  # fmt: skip


@route("material.write", MaterialTopic, methods=("POST",))
def topic_deed(request: ActorRequest, topic: MaterialTopic) -> HttpResponse:
    """Saved, moved, taken out."""
    deed = request.POST.get("tool" if request.htmx else "deed", "save")
    actor = request.actor
    if deed in ("up", "down"):
        return _answer(request, topic.material, lambda: services.topic_move(actor=actor, topic=topic, up=deed == "up"))
    if deed == "remove":
        return _answer(request, topic.material, lambda: services.topic_remove(actor=actor, topic=topic))
    if deed != "save":
        raise Http404
    form = TopicForm(request.POST)
    if not form.is_valid():
        words = " ".join(str(message) for found in form.errors.values() for message in found)
        return _answer(request, topic.material, lambda: _refuse(words))
    given = form.cleaned_data
    return _answer(request, topic.material, lambda: services.topic_change(actor=actor, topic=topic, **given))


def _refuse(words: str) -> None:
    raise Refusal("bad", words)
