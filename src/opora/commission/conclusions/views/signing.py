"""Signing and annulling."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt

from .. import services
from ..checks import problems_of
from ..content import conclusion_content
from ..forms import AnnulForm, SignForm
from ..models import Conclusion
from ..reading import parts_to_read
from ..sources import edition_of, present_positions
from .sheet import in_force


def _to_sheet(conclusion: Conclusion) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("conclusions:sheet", args=[conclusion.public_id]))


@route("case.sign", Case, methods=("GET", "POST"))
def sign(request: ActorRequest, case: Case) -> HttpResponse:
    """Read all once more, see what is in the way, give a reason for each warning, sign."""
    conclusion = in_force(request, case)
    if conclusion is None:
        raise Http404
    today, is_draft = timezone.localdate(), conclusion.state == Conclusion.State.DRAFT
    if not is_draft and request.method != "POST":
        return _to_sheet(conclusion)
    found = problems_of(conclusion, _day_of(request, today)) if is_draft else ()
    form = SignForm(
        request.POST or None, today=today, session_day=conclusion.visit.session.day if conclusion.visit else today,
        warnings=[one for one in found if one.warns], initial={"on": today},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        signed = attempt(form, lambda: _sign(request, conclusion, form))
        if signed is not None:
            messages.success(request, f"Заключение подписано: №\u00a0{signed.number}. Теперь его можно выдать семье.")
            return _to_sheet(signed)
    content = conclusion_content(conclusion)
    context = {
        "form": form,
        "case": case,
        "child": case.child,
        "conclusion": conclusion,
        "sheet_url": reverse("conclusions:sheet", args=[conclusion.public_id]),
        "problems": found,
        "blocks": [one for one in found if one.blocks],
        "notes": [one for one in found if not one.blocks and not one.warns],
        "lines": parts_to_read(edition_of(case), content),
        "content": content,
        "present": present_positions(conclusion.visit),
    }
    return render(request, "conclusions/sign.html", context, status=422 if form.errors else 200)


def _sign(request: ActorRequest, conclusion: Conclusion, form: SignForm) -> Conclusion:
    return services.conclusion_sign(
        actor=request.actor, conclusion=conclusion, on=form.cleaned_data["on"], reasons=form.reasons
    )


def _day_of(request: ActorRequest, today: date) -> date:
    """The day that the checks look at: the typed one, or today while it is no day."""
    try:
        typed: date = forms.DateField().clean(request.POST.get("on", ""))
    except forms.ValidationError:
        return today
    return min(typed, today)


@route("case.annul", Case, methods=("GET", "POST"))
def annul(request: ActorRequest, case: Case) -> HttpResponse:
    """Annul the signed conclusion; a new draft with the same texts opens."""
    conclusion = in_force(request, case)
    if conclusion is None or conclusion.state != Conclusion.State.SIGNED:
        raise Http404
    form = AnnulForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        draft = attempt(
            form,
            lambda: services.conclusion_annul(
                actor=request.actor, conclusion=conclusion, on=timezone.localdate(), reason=reason
            ),
        )
        if draft is not None:
            return _to_sheet(draft)
    context = {"form": form, "case": case, "child": case.child, "conclusion": conclusion}
    return render(request, "conclusions/annul.html", context, status=422 if form.errors else 200)
