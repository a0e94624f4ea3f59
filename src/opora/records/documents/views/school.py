"""Papers of the school: as PDF for signature or as signed, and as an editable copy."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.organisations.models import Owned
from opora.people.children.models import Child
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting
from opora.school.presentations.models import Presentation
from opora.school.programmes.models import Programme

from .. import services
from ..builders.school import school_form
from .answers import respond_docx, respond_pdf

View = Callable[..., HttpResponse]


def _printed(model: type[Model]) -> View:
    @route("school_paper.print", model)
    def printed(request: ActorRequest, subject: Owned, code: str) -> HttpResponse:
        """A paper of this row: what is signed as it was signed, the rest from today's data."""
        if school_form(subject, code) is None:
            raise Http404
        return respond_pdf(
            request,
            lambda: services.school_paper_open(
                actor=request.actor, code=code, subject=subject, on=timezone.localdate()
            ),
        )

    return printed


def _copied(model: type[Model]) -> View:
    @route("school_paper.print", model)
    def copied(request: ActorRequest, subject: Owned, code: str) -> HttpResponse:
        """An editable copy of a paper, marked as one."""
        form = school_form(subject, code)
        if form is None or not form.editable:
            raise Http404
        return respond_docx(
            request,
            lambda: services.paper_copy(actor=request.actor, code=code, subject=subject, on=timezone.localdate()),
        )

    return copied


programme_paper, programme_copy = _printed(Programme), _copied(Programme)
meeting_paper, meeting_copy = _printed(ConsiliumMeeting), _copied(ConsiliumMeeting)
agenda_paper, agenda_copy = _printed(AgendaItem), _copied(AgendaItem)
presentation_paper, presentation_copy = _printed(Presentation), _copied(Presentation)
pupil_paper = _printed(Child)
