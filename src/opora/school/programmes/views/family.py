"""The family: what it sees, proposes, answers; versions side by side."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import carried_out
from opora.foundation.ui.forms import attempt

from .. import services
from ..comparing import compared
from ..events import FAMILY_OPENED, VERSIONS_OPENED
from ..flow import Status
from ..forms import AgreementForm, AnswerForm, ProposalForm, ReasonForm
from ..models import Agreement, Programme, ProgrammeVersion, Proposal
from ..plan import findings_of
from .addresses import family_url, programme_url, sheet_url
from .drafting import leads_require


@route("programme.send_to_family", Programme, methods=("POST",))
def send(request: ActorRequest, programme: Programme) -> HttpResponse:
    """«Показать семье»."""
    return carried_out(
        request,
        lambda: services.programme_send_to_family(actor=request.actor, programme=programme, on=timezone.localdate()),
        sheet_url(programme),
        done="Проект сохранён как версия для семьи: распечатайте его или покажите на экране.",
        onwards=family_url(programme),
        anchor="",
    )


@route("programme.take_back", Programme, methods=("GET", "POST"))
def take_back(request: ActorRequest, programme: Programme) -> HttpResponse:
    """Back to the draft, after the talk."""
    if request.method == "GET":
        return render(request, "programmes/take_back.html", {"programme": programme})
    return carried_out(
        request,
        lambda: services.programme_take_back(actor=request.actor, programme=programme, on=timezone.localdate()),
        programme_url(programme),
        onwards=sheet_url(programme),
    )


def _context(request: ActorRequest, programme: Programme, **forms_: forms.Form | bool) -> dict[str, Any]:
    actor, today = request.actor, timezone.localdate()
    proposals = Proposal.objects.visible_to(actor).filter(programme=programme).select_related("guardian", "activity")
    kept = ProgrammeVersion.objects.visible_to(actor).filter(programme=programme).select_related("kept_by")
    findings = findings_of(actor, programme, today, final=True)
    return {
        "programme": programme,
        "child": programme.child,
        "proposals": [
            (one, AnswerForm(programme=programme, auto_id=f"answer-{one.public_id}-%s")) for one in proposals
        ],
        "agreements": list(
            Agreement.objects.visible_to(actor).filter(programme=programme).select_related("guardian", "version")
        ),
        "versions": list(kept),
        "findings": findings,
        "blocks": [one for one in findings if one.is_block],
        "warnings": [one for one in findings if one.is_warning],
        "with_family": programme.status == Status.FAMILY,
        "may_propose": programme.status in (Status.DRAFT, Status.FAMILY),
        "proposal_form": ProposalForm(programme=programme, initial={"made_on": today}, auto_id="proposal-%s"),
        "agreement_form": AgreementForm(programme=programme, initial={"signed_on": today}, auto_id="agreement-%s"),
        "agree_form": ReasonForm(auto_id="agree-%s"),
        **forms_,
    }  # fmt: skip


@route("programme.agree", Programme, opens=FAMILY_OPENED)
def family_page(request: ActorRequest, programme: Programme) -> HttpResponse:
    """Proposals with answers, the word of each representative, what is left before the programme is agreed."""
    leads_require(request, programme)
    return render(request, "programmes/family.html", _context(request, programme))


def _refused(request: ActorRequest, programme: Programme, **forms_: forms.Form | bool) -> HttpResponse:
    return render(request, "programmes/family.html", _context(request, programme, **forms_), status=422)


@route("programme.write", Programme, methods=("POST",))
def proposal_add(request: ActorRequest, programme: Programme) -> HttpResponse:
    """What the family proposes."""
    leads_require(request, programme)
    form = ProposalForm(request.POST, programme=programme, auto_id="proposal-%s")
    if form.is_valid():
        made = attempt(
            form,
            lambda: services.proposal_record(
                actor=request.actor, programme=programme, on=timezone.localdate(), **form.cleaned_data
            ),
        )
        if made is not None:
            return HttpResponseRedirect(f"{family_url(programme)}#proposals")
    return _refused(request, programme, proposal_form=form, may_propose=True)  # what was typed stays


@route("programme.write", Proposal, methods=("POST",))
def proposal_answer(request: ActorRequest, proposal: Proposal) -> HttpResponse:
    """Taken into the plan, or declined with a reason."""
    programme = proposal.programme
    leads_require(request, programme)
    form = AnswerForm(request.POST, programme=programme, auto_id=f"answer-{proposal.public_id}-%s")
    if form.is_valid():
        done = attempt(
            form,
            lambda: services.proposal_answer(
                actor=request.actor, proposal=proposal, taken=request.POST.get("taken") == "1",
                answer=form.cleaned_data["answer"], activity=form.cleaned_data["activity"], on=timezone.localdate(),
            ),
        )  # fmt: skip
        if done is not None:
            return HttpResponseRedirect(f"{family_url(programme)}#proposals")
    context = _context(request, programme)
    context["proposals"] = [(one, form if one.pk == proposal.pk else own) for one, own in context["proposals"]]
    return render(request, "programmes/family.html", context, status=422)


@route("programme.agree", Programme, methods=("POST",))
def agreement_add(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The answer of one representative."""
    leads_require(request, programme)
    form = AgreementForm(request.POST, programme=programme, auto_id="agreement-%s")
    if form.is_valid():
        made = attempt(
            form,
            lambda: services.agreement_record(
                actor=request.actor, programme=programme, on=timezone.localdate(), **form.cleaned_data
            ),
        )
        if made is not None:
            return HttpResponseRedirect(f"{family_url(programme)}#agreements")
    return _refused(request, programme, agreement_form=form)


@route("programme.agree", Programme, methods=("POST",))
def agree(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The programme is agreed; warnings are passed over with a reason."""
    leads_require(request, programme)
    form = ReasonForm(request.POST, auto_id="agree-%s")
    if form.is_valid():
        moved = attempt(
            form,
            lambda: services.programme_agree(
                actor=request.actor, programme=programme, on=timezone.localdate(), reason=form.cleaned_data["reason"]
            ),
        )
        if moved is not None:
            messages.success(request, "Программа согласована и ждёт утверждения директором.")
            return HttpResponseRedirect(programme_url(programme))
    return _refused(request, programme, agree_form=form)


@route("programme.read", Programme, opens=VERSIONS_OPENED)
def versions_page(request: ActorRequest, programme: Programme) -> HttpResponse:
    """Two versions side by side, differences marked by words."""
    rows = ProgrammeVersion.objects.visible_to(request.actor).filter(programme=programme).select_related("kept_by")
    versions = list(rows)
    if not versions and not Programme.objects.read_whole_by(request.actor).filter(pk=programme.pk).exists():
        raise PermissionDenied("Версии программы читают её куратор, специалисты и руководство.")
    by_number = {str(one.number): one for one in versions}
    new = by_number.get(request.GET.get("new", "")) or (versions[-1] if versions else None)
    old = by_number.get(request.GET.get("old", "")) or (versions[-2] if len(versions) > 1 else None)
    context = {
        "programme": programme,
        "child": programme.child,
        "versions": versions,
        "old": old,
        "new": new,
        "pairs": compared(old.content, new.content) if old and new else [],
    }
    return render(request, "programmes/versions.html", context)
