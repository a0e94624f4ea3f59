"""Signing, annulling and handing over a conclusion on ГИА."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.conclusions.forms import AnnulForm, SignForm
from opora.commission.conclusions.sources import applicant_of, guardians_of, present_positions
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt

from .. import services
from ..content import conclusion_content
from ..forms import HandOverForm
from ..models import AttestationConclusion
from ..reading import parts_to_read
from ..sources import problems_of
from .sheet import address

State = AttestationConclusion.State


def _about(conclusion: AttestationConclusion, form: forms.Form) -> dict[str, Any]:
    return {"conclusion": conclusion, "case": conclusion.case, "child": conclusion.case.child, "form": form}


@route("attestation.sign", AttestationConclusion, methods=("GET", "POST"))
def sign(request: ActorRequest, conclusion: AttestationConclusion) -> HttpResponse:
    """Read all once more, see what is in the way, give a reason for each warning, sign."""
    today, is_draft = timezone.localdate(), conclusion.state == State.DRAFT
    if not is_draft and request.method != "POST":
        return HttpResponseRedirect(address(conclusion))
    found = problems_of(conclusion, _day_of(request, today)) if is_draft else ()
    form = SignForm(
        request.POST or None, today=today, session_day=conclusion.visit.session.day if conclusion.visit else today,
        warnings=[one for one in found if one.warns], initial={"on": today},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        signed = attempt(
            form,
            lambda: services.attestation_sign(
                actor=request.actor, conclusion=conclusion, on=form.cleaned_data["on"], reasons=form.reasons
            ),
        )
        if signed is not None:
            messages.success(request, f"Заключение ГИА подписано: №\u00a0{signed.number}. Теперь его можно выдать.")
            return HttpResponseRedirect(address(signed))
    content = conclusion_content(conclusion)
    context = _about(conclusion, form) | {
        "sheet_url": reverse("attestation:sheet", args=[conclusion.public_id]),
        "problems": found,
        "blocks": [one for one in found if one.blocks],
        "notes": [one for one in found if not one.blocks and not one.warns],
        "content": content,
        "lines": parts_to_read(content),
        "present": present_positions(conclusion.visit),
    }
    return render(request, "attestation/sign.html", context, status=422 if form.errors else 200)


def _day_of(request: ActorRequest, today: date) -> date:
    """The day that the checks look at: the typed one, or today while it is no day."""
    try:
        typed: date = forms.DateField().clean(request.POST.get("on", ""))
        return min(typed, today)
    except forms.ValidationError:
        return today


@route("attestation.annul", AttestationConclusion, methods=("GET", "POST"))
def annul(request: ActorRequest, conclusion: AttestationConclusion) -> HttpResponse:
    """Annul the signed conclusion; a new draft with the same answers opens."""
    if conclusion.state != State.SIGNED:
        return HttpResponseRedirect(address(conclusion))
    form = AnnulForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        draft = attempt(
            form,
            lambda: services.attestation_annul(
                actor=request.actor, conclusion=conclusion, on=timezone.localdate(), reason=reason
            ),
        )
        if draft is not None:
            return HttpResponseRedirect(address(draft))
    return render(request, "attestation/annul.html", _about(conclusion, form), status=422 if form.errors else 200)


@route("attestation.hand_over", AttestationConclusion, methods=("GET", "POST"))
def hand_over(request: ActorRequest, conclusion: AttestationConclusion) -> HttpResponse:
    """Record whom the conclusion was given to."""
    if conclusion.state != State.SIGNED or conclusion.handed_on is not None:
        return HttpResponseRedirect(address(conclusion))
    today, guardians = timezone.localdate(), guardians_of(conclusion.case.child)
    usual = {"recipient": applicant_of(conclusion.case), "way": AttestationConclusion.Way.IN_PERSON, "on": today}
    form = HandOverForm(request.POST or None, guardians=guardians, initial=usual)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        handed = attempt(
            form,
            lambda: services.attestation_hand_over(
                actor=request.actor, conclusion=conclusion, recipient=given["recipient"], way=given["way"],
                on=given["on"], today=today,
            ),
        )  # fmt: skip
        if handed is not None:
            messages.success(request, "Выдача заключения ГИА записана.")
            return HttpResponseRedirect(address(handed))
    return render(request, "attestation/hand_over.html", _about(conclusion, form), status=422 if form.errors else 200)


@route("case.finish_attestation", Case, methods=("GET", "POST"))
def finish(request: ActorRequest, case: Case) -> HttpResponse:
    """Finish a case that was opened for ГИА alone."""
    if request.method != "POST":
        return render(request, "attestation/finish.html", {"case": case, "child": case.child, "form": forms.Form()})
    try:
        services.attestation_finish(actor=request.actor, case=case, on=timezone.localdate())
        messages.success(request, "Дело завершено заключением ГИА.")
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(reverse("cases:case", args=[case.public_id]))
