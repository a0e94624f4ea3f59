"""Sections are saved as they are typed; a computed sentence is taken into the text with one press."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.errors import refused
from opora.foundation.worksheets.views import earlier, respond

from .. import services
from ..forms import SentenceForm
from ..models import AnalysisSection


def _address(section: AnalysisSection) -> str:
    return f"{reverse('analysis:analysis', args=[section.analysis.public_id])}#part-{section.code}"


@route("analysis.write", AnalysisSection, methods=("POST",))
def section(request: ActorRequest, found: AnalysisSection) -> HttpResponse:
    """Save what was typed."""
    return respond(request, found, services.section_write)


@route("analysis.view", AnalysisSection)
def section_earlier(request: ActorRequest, found: AnalysisSection) -> HttpResponse:
    """Texts that were written over."""
    return earlier(request, found, back_url=_address(found))


@route("analysis.write", AnalysisSection, methods=("POST",))
def sentence(request: ActorRequest, found: AnalysisSection) -> HttpResponse:
    """Put an offered sentence at the end of the text."""
    form = SentenceForm(request.POST)
    if form.is_valid():
        try:
            services.sentence_take(actor=request.actor, section=found, sentence=form.cleaned_data["sentence"])
        except Refusal as refusal:
            return refused(request, refusal)
    return HttpResponseRedirect(_address(found))
