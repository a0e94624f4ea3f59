"""A card is proposed; all are asked; each says his word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural
from opora.people.children.models import Child
from opora.school.pupils.selectors import consent_state

from .. import services
from ..deciding import CLAUSE
from ..forms import AnewForm, CloseForm, ExcuseForm, ProposeForm, ReviewForm, VoteForm
from ..grounds import grounds_of
from ..models import CardDecision, DecisionVote, SupportCard
from ..services.deciding import may_ask, own_post, specialists_of
from .file import card_page, card_url

BOTH = ("GET", "POST")
Kind, Outcome = CardDecision.Kind, CardDecision.Outcome
SAID = {
    Outcome.WAITING: "Ваше слово записано. Ждём остальных.",
    Outcome.TAKEN: "Решение принято: никто не против.",
    Outcome.REJECTED: "Ответили все. Решение не принято: есть те, кто против.",
}


@route("card.propose", Child, methods=BOTH)
def propose(request: ActorRequest, child: Child) -> HttpResponse:
    """Ground, words, lead; the others are asked at once."""
    today = timezone.localdate()
    posts = specialists_of(request.actor, today)
    own = own_post(request.actor, today)
    form = ProposeForm(grounds_of(request.actor, child, today), posts, request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.card_propose(actor=request.actor, child=child, **form.given))
        if made is not None:
            words = "Карта открыта." if made.state == SupportCard.State.OPEN else "Специалистов спросили."
            messages.success(request, words)
            return redirect(card_url(made))
    others = [one for one in posts if own is None or one.pk != own.pk]
    context = {
        "form": form, "child": child, "others": others, "clause": CLAUSE, "consent": consent_state(child),
        "back": f"{reverse('children:child', args=[child.public_id])}#child_cards",
    }  # fmt: skip
    return render(request, "cards/propose.html", context, status=422 if form.errors else 200)


@route("card.write", SupportCard, methods=BOTH)
def review(request: ActorRequest, found: SupportCard) -> HttpResponse:
    """Ask whether to go on."""
    return _ask(request, found, ReviewForm, Kind.REVIEW, "Пересмотр: продолжать сопровождение")


@route("card.write", SupportCard, methods=BOTH)
def close(request: ActorRequest, found: SupportCard) -> HttpResponse:
    """Ask whether to close."""
    return _ask(request, found, CloseForm, Kind.CLOSE, "Закрыть карту")


@route("card.write", SupportCard, methods=BOTH)
def anew(request: ActorRequest, found: SupportCard) -> HttpResponse:
    """Ask anew about a card that was not opened."""
    return _ask(request, found, AnewForm, Kind.OPEN, "Спросить ещё раз: открыть карту")


def _ask(request: ActorRequest, found: SupportCard, kind: type[forms.Form], code: str, title: str) -> HttpResponse:
    if not may_ask(request.actor, found):
        raise PermissionDenied("Специалистов спрашивает тот, кто ведёт карту, или руководитель Службы.")
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        asked = attempt(
            form, lambda: services.decision_ask(actor=request.actor, card=found, kind=code, **given)
        )  # fmt: skip
        if asked is not None:
            count = plural(asked.votes.count(), "специалиста,специалистов,специалистов")
            messages.success(request, f"Спросили {count}.")
            return redirect(card_url(found, "decision"))
    context = {
        "form": form, "card": found, "child": found.child, "title": title, "clause": CLAUSE, "back": card_url(found),
        "others": specialists_of(request.actor, timezone.localdate()),
    }  # fmt: skip
    return render(request, "cards/ask.html", context, status=422 if form.errors else 200)


@route("card.vote", DecisionVote, methods=("POST",))
def vote(request: ActorRequest, found: DecisionVote) -> HttpResponse:
    """One press; «против» asks why, and a refused word keeps what was typed."""
    form = VoteForm(request.POST)
    card = found.decision.card
    said = None
    if form.is_valid():
        said = attempt(form, lambda: services.vote_give(actor=request.actor, vote=found, **form.cleaned_data))
    if said is not None:
        messages.success(request, SAID[Outcome(said.decision.outcome)])
        return _answered(request, card)
    return _told(request, card, form, "words")


@route("card.head", DecisionVote, methods=("POST",))
def excuse(request: ActorRequest, found: DecisionVote) -> HttpResponse:
    """Somebody who is away for long does not take part."""
    form = ExcuseForm(request.POST)
    card = found.decision.card
    done = None
    if form.is_valid():
        done = attempt(form, lambda: services.vote_excuse(actor=request.actor, vote=found, **form.cleaned_data))
    if done is not None:
        return redirect(card_url(card, "decision"))
    return _told(request, card, form, "reason", excused=found.public_id)


def _answered(request: ActorRequest, card: SupportCard) -> HttpResponse:
    """The card, unless the word was the last reason to know the child: then the desk."""
    if SupportCard.objects.visible_to(request.actor).filter(pk=card.pk).exists():
        return redirect(card_url(card, "decision"))
    return redirect("desk")


def _told(request: ActorRequest, card: SupportCard, form: forms.Form, box: str, **extra: Any) -> HttpResponse:
    """The page of the card with what was refused beside its box."""
    refusal = " ".join(str(one) for errors in form.errors.values() for one in errors)
    typed = request.POST.get(box, "")[:2000]
    fresh = SupportCard.objects.select_related("child", "lead__user").get(pk=card.pk)
    return card_page(request, fresh, 422, **{f"{box}_refusal": refusal, f"{box}_typed": typed}, **extra)
