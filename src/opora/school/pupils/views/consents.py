"""Answers of the families whether the specialists of the school may examine: one child, a whole class."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from opora.foundation.access.fields import field_class, sees
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.files.views import respond_file
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural
from opora.people.children.models import Child

from .. import clauses, services
from ..forms import ClassConsentsForm, ConsentForm, ScanForm, WithdrawForm
from ..models import ExaminationConsent, Placement, SchoolClass
from ..selectors import consent_state
from .classes import class_context
from .placing import card_of


@route("examination_consent.record", Child, methods=("GET", "POST"))
def consent_new(request: ActorRequest, child: Child) -> HttpResponse:
    """A consent or a refusal, with the scan if it is at hand."""
    form = ConsentForm(child, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: services.examination_consent_record(actor=request.actor, child=child, **form.cleaned_data)
        )
        if done is not None:
            messages.success(request, f"Записано: {done.get_answer_display()}, {done.signed_on:%d.%m.%Y}.")
            return redirect(card_of(child))
    context = {
        "form": form, "child": child, "back": card_of(child), "clause": clauses.CONSENT,
        "nobody": not form.fields["guardian"].queryset.exists(),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "pupils/consent.html", context, status=422 if form.is_bound else 200)


@route("examination_consent.record", SchoolClass, methods=("POST",))
def class_consents(request: ActorRequest, room: SchoolClass) -> HttpResponse:
    """The papers that the class brought back: one day, ticks."""
    form = ClassConsentsForm(request.POST)
    ticked = request.POST.getlist("child")
    places = Placement.objects.visible_to(request.actor).present().filter(school_class=room)
    children = [one.child for one in places.filter(child__public_id__in=ticked).select_related("child")]
    if form.is_valid() and not children:
        form.add_error(None, "Отметьте детей, чьи родители подписали согласие.")
    if form.is_valid():
        day = form.cleaned_data["signed_on"]
        done = attempt(
            form,
            lambda: services.examination_consents_record(actor=request.actor, children=children, signed_on=day),
        )
        if done is not None:
            messages.success(request, f"Записано: {plural(len(done), 'согласие,согласия,согласий')}.")
            return redirect("pupils:class", room.public_id)
    context = {**class_context(request, room, form), "ticked": ticked}
    return render(request, "pupils/class.html", context, status=422)


@route("examination_consent.record", ExaminationConsent, methods=("GET", "POST"))
def consent_withdraw(request: ActorRequest, consent: ExaminationConsent) -> HttpResponse:
    """The consent is taken back; or its scan comes later."""
    form = WithdrawForm(request.POST if "withdrawn_on" in request.POST else None)
    paper = ScanForm(request.POST if request.FILES else None, request.FILES or None)
    back = card_of(consent.child)
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["withdrawn_on"]
        done = attempt(
            form, lambda: services.examination_consent_withdraw(actor=request.actor, consent=consent, on=day)
        )
        if done is not None:
            messages.warning(request, "Отзыв записан: с этого дня ребёнка не обследуют.")
            return redirect(back)
    if paper.is_bound and paper.is_valid():
        scan = paper.cleaned_data["scan"]
        kept = attempt(
            paper, lambda: services.examination_consent_attach(actor=request.actor, consent=consent, scan=scan)
        )
        if kept is not None:
            messages.success(request, "Скан приложен.")
            return redirect(back)
    context = {
        "form": paper if paper.is_bound else form, "withdraw": form, "paper": paper, "consent": consent,
        "child": consent.child, "back": back, "clause": clauses.WITHDRAWAL, "state": consent_state(consent.child),
    }  # fmt: skip
    return render(
        request, "pupils/consent_withdraw.html", context, status=422 if form.is_bound or paper.is_bound else 200
    )


@route("pupil.view", ExaminationConsent)
def consent_scan(request: ActorRequest, consent: ExaminationConsent) -> HttpResponse:
    """The signed paper, with the documents of the family on it."""
    if not sees(request.actor, "identity"):
        raise PermissionDenied(field_class("identity").who_for(request.actor))
    if consent.scan is None:
        raise Http404
    try:
        return respond_file(consent.scan, actor=request.actor, person_id=consent.person_id)
    except Refusal as refusal:
        return refused(request, refusal)
