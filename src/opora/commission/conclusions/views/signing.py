"""Signing and annulling."""

from __future__ import annotations

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
    """Read all once more, see what is in the way, sign."""
    conclusion = in_force(request, case)
    if conclusion is None:
        raise Http404
    today = timezone.localdate()
    session_day = conclusion.visit.session.day if conclusion.visit else today
    form = SignForm(request.POST or None, today=today, session_day=session_day, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        signed = attempt(form, lambda: services.conclusion_sign(actor=request.actor, conclusion=conclusion, on=on))
        if signed is not None:
            messages.success(request, f"Заключение подписано: №\u00a0{signed.number}. Теперь его можно выдать семье.")
            return _to_sheet(signed)
    elif conclusion.state != Conclusion.State.DRAFT:
        return _to_sheet(conclusion)
    content = conclusion_content(conclusion)
    context = {
        "form": form,
        "case": case,
        "child": case.child,
        "conclusion": conclusion,
        "problems": problems_of(conclusion, today) if conclusion.state == Conclusion.State.DRAFT else [],
        "lines": parts_to_read(edition_of(case), content),
        "content": content,
        "present": present_positions(conclusion.visit),
    }
    return render(request, "conclusions/sign.html", context, status=422 if form.errors else 200)


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
