"""Files of a material: brought in, opened, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.files.views import respond_file
from opora.foundation.ui.answers import taken
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt

from .. import services
from ..forms import FileForm
from ..models import Material, MaterialFile
from .page import page


@route("material.write", Material, methods=("POST",))
def file_add(request: ActorRequest, material: Material) -> HttpResponse:
    """Keep a file."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        attempt(form, lambda: services.file_add(actor=request.actor, material=material, upload=upload))
    if form.errors:
        return page(request, material, file_form=form, status=422)
    messages.success(request, "Файл приложен.")
    return redirect("materials:material", public_id=material.public_id)


@route("material.view", MaterialFile)
def file_download(request: ActorRequest, kept: MaterialFile) -> HttpResponse:
    """The file itself."""
    try:
        return respond_file(kept.file, actor=request.actor)
    except Refusal as refusal:
        return refused(request, refusal)


@route("material.write", MaterialFile, methods=("POST",))
def file_remove(request: ActorRequest, kept: MaterialFile) -> HttpResponse:
    """Take it away."""
    to = reverse("materials:material", args=[kept.material.public_id])
    return taken(request, lambda: services.file_remove(actor=request.actor, kept=kept), "Файл убран.", to)
