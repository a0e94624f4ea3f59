"""Offering the opinion, signing it, telling of it, annulling it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt

from .. import services
from ..content import members_of
from ..forms import AnnulForm, SignForm, ToldForm
from ..models import AgendaItem
from ..readiness import obstacles
from .answers import carried_out, item_url
from .talk import talk_page, teachers_form


@route("meeting.run", AgendaItem, methods=("POST",))
def offer(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """What is missing stands on top of the page, all of it at once, each with the way to its place."""
    try:
        with transaction.atomic():
            services.opinion_offer(actor=request.actor, item=item, on=timezone.localdate())
    except Refusal as refusal:
        every = obstacles(item) if item.state == AgendaItem.State.TALK else []
        return talk_page(request, item, refused=every or [refusal])
    return HttpResponseRedirect(f"{item_url(item)}#signing")


@route("meeting.run", AgendaItem, methods=("POST",))
def withdraw(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    return carried_out(request, lambda: services.opinion_withdraw(actor=request.actor, item=item), item_url(item))


@route("opinion.sign", AgendaItem, methods=("POST",))
def sign(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """One click, or one click and a dissent."""
    form = SignForm(request.POST)
    if form.is_valid():
        dissent = form.cleaned_data["dissent"]
        done = attempt(
            form,
            lambda: services.opinion_sign(actor=request.actor, item=item, on=timezone.localdate(), dissent=dissent),
        )
        if done is not None:
            return HttpResponseRedirect(f"{item_url(item)}#signing")
    return talk_page(request, item, sign_form=form)


@route("meeting.run", AgendaItem, methods=("POST",))
def sign_paper(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """The printed paper bears all signatures; a dissent is typed from it."""
    posts = members_of(item.meeting, present=True)
    dissents = {one.public_id: request.POST.get(f"dissent-{one.public_id}", "")[:5000] for one in posts}
    return carried_out(
        request,
        lambda: services.opinion_sign_paper(actor=request.actor, item=item, on=timezone.localdate(), dissents=dissents),
        f"{item_url(item)}#signing",
    )


@route("meeting.run", AgendaItem, methods=("POST",))
def parents_told(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    form = ToldForm(request.POST, item=item)
    if form.is_valid():
        done = attempt(form, lambda: services.parents_tell(actor=request.actor, item=item, **form.cleaned_data))
        if done is not None:
            return HttpResponseRedirect(f"{item_url(item)}#told")
    return talk_page(request, item, told_form=form)


@route("meeting.run", AgendaItem, methods=("POST",))
def teachers_told(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    form = teachers_form(request, item, request.POST)
    if form.is_valid():
        chosen, on = list(form.cleaned_data["teachers"]), form.cleaned_data["on"]
        done = attempt(form, lambda: services.teachers_tell(actor=request.actor, item=item, teachers=chosen, on=on))
        if done is not None:
            return HttpResponseRedirect(f"{item_url(item)}#told")
    return talk_page(request, item, teachers_form=form)


@route("opinion.annul", AgendaItem, methods=("GET", "POST"))
def annul(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """Annul a signed opinion with a reason; the talk opens again."""
    form = AnnulForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.opinion_annul(actor=request.actor, item=item, **form.cleaned_data))
        if done is not None:
            return HttpResponseRedirect(item_url(item))
    title = "Аннулировать коллегиальное заключение"
    context = {"form": form, "title": title, "what": item.opinion or "", "back": item_url(item)}
    return render(request, "consilium/annul.html", context, status=422 if form.is_bound else 200)
