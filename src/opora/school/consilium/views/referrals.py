"""The referral to ПМПК: made, handed over or refused, annulled."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.panels import shown

from .. import services
from ..content import texts_of
from ..events import REFERRAL_OPENED
from ..forms import AnnulForm, AnswerForm, ReferralForm, purposes
from ..models import AgendaItem, ReferralToCommission
from ..services.locking import is_keeper
from .answers import item_url, referral_url


@route("meeting.run", AgendaItem, methods=("GET", "POST"))
def refer(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """Reasons are offered from the problems of the talk."""
    today = timezone.localdate()
    offered = {"reasons": texts_of(item).get("problems", ""), "purpose": purposes(today)[0]}
    form = ReferralForm(request.POST or None, initial=offered)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, lambda: services.referral_make(actor=request.actor, item=item, on=today, **form.cleaned_data)
        )
        if made is not None:
            return HttpResponseRedirect(referral_url(made))
    context = {"form": form, "item": item, "child": item.child, "purposes": purposes(today)}
    return render(request, "consilium/refer.html", context, status=422 if form.is_bound else 200)


@route("meeting.view", ReferralToCommission, opens=REFERRAL_OPENED)
def referral_page(request: ActorRequest, referral: ReferralToCommission) -> HttpResponse:
    """The referral and the parent's answer."""
    return _page(request, referral, None)


def _page(request: ActorRequest, referral: ReferralToCommission, form: AnswerForm | None) -> HttpResponse:
    item = referral.item
    keeps = is_keeper(request.actor, item.meeting) and referral.annulled_on is None
    context = {
        "referral": referral,
        "item": item,
        "child": item.child,
        "keeps": keeps,
        "form": form or AnswerForm(child=item.child, initial={"on": timezone.localdate()}),
        "panels": shown("referral", request.actor, referral),
    }
    return render(request, "consilium/referral.html", context, status=422 if form is not None else 200)


@route("meeting.run", ReferralToCommission, methods=("POST",))
def referral_answer(request: ActorRequest, referral: ReferralToCommission) -> HttpResponse:
    """Received against a signature, or not agreed."""
    form = AnswerForm(request.POST, child=referral.item.child)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: services.referral_answer(actor=request.actor, referral=referral, **given))
        if done is not None:
            return HttpResponseRedirect(referral_url(referral))
    return _page(request, referral, form)


@route("opinion.annul", ReferralToCommission, methods=("GET", "POST"))
def referral_annul(request: ActorRequest, referral: ReferralToCommission) -> HttpResponse:
    form = AnnulForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: services.referral_annul(actor=request.actor, referral=referral, **given))
        if done is not None:
            return HttpResponseRedirect(item_url(referral.item))
    context = {
        "form": form, "title": "Аннулировать направление", "what": referral, "back": referral_url(referral),
    }  # fmt: skip
    return render(request, "consilium/annul.html", context, status=422 if form.is_bound else 200)
