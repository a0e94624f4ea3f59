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
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.cards.models import SupportCard
from opora.school.support.groups.models import Group
from opora.school.support.passports.models import SocialPassport
from opora.school.support.plans.models import WorkPlan
from opora.school.support.schedules.models import WorkSchedule

from .. import services
from ..builders.school import school_form
from .answers import respond_docx, respond_pdf

View = Callable[..., HttpResponse]


def _printed(model: type[Model], action: str = "school_paper.print") -> View:
    @route(action, model)
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


def _copied(model: type[Model], action: str = "school_paper.print") -> View:
    @route(action, model)
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
plan_paper, plan_copy = _printed(WorkPlan, "plan.view"), _copied(WorkPlan, "plan.view")
schedule_paper, schedule_copy = _printed(WorkSchedule, "schedule.view"), _copied(WorkSchedule, "schedule.view")
card_paper, card_copy = _printed(SupportCard, "card.view"), _copied(SupportCard, "card.view")
passport_paper, passport_copy = _printed(SocialPassport, "passport.view"), _copied(SocialPassport, "passport.view")
analysis_paper, analysis_copy = _printed(YearAnalysis, "analysis.view"), _copied(YearAnalysis, "analysis.view")
group_paper = _printed(Group, "group.list")
