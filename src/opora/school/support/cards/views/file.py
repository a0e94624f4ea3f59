"""The list of cards and the page of one: its words, its notes, who leads it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.answers import taken
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.worksheets.views import earlier, respond

from .. import events, services
from ..forms import LeadForm, NoteForm
from ..listing import card_listing
from ..models import CardNote, CardSection, SupportCard
from ..page import card_context
from ..services.deciding import may_ask, specialists_of


@route("card.view")
def card_list(request: ActorRequest) -> HttpResponse:
    """Cards of the children whom the person may know."""
    read_note(events.CARDS_LISTED, actor=request.actor)
    rows = SupportCard.objects.visible_to(request.actor).select_related("child", "lead__user")
    return list_response(
        request, card_listing(request.actor, timezone.localdate()), rows, template="cards/list.html"
    )  # fmt: skip


@route("card.view", SupportCard, opens=events.CARD_OPENED)
def card(request: ActorRequest, found: SupportCard) -> HttpResponse:
    """The whole card."""
    return card_page(request, found)


def card_page(request: ActorRequest, found: SupportCard, status: int = 200, **extra: Any) -> HttpResponse:
    """The page; `extra` holds a form that was refused, with what was typed."""
    typed = {"words_typed": ""} | extra
    context = card_context(request.actor, found, timezone.localdate(), **typed)
    return render(request, "cards/card.html", context, status=status)


def card_url(found: SupportCard, anchor: str = "") -> str:
    return f"{reverse('cards:card', args=[found.public_id])}{f'#{anchor}' if anchor else ''}"


@route("card.write", CardSection, methods=("POST",))
def section_save(request: ActorRequest, section: CardSection) -> HttpResponse:
    """Save difficulties or aims as they are typed."""
    _lead_require(request, section)
    return respond(request, section, services.section_write)


@route("card.write", CardSection, opens=events.EARLIER_OPENED)
def section_earlier(request: ActorRequest, section: CardSection) -> HttpResponse:
    """What stood in the text before another person wrote over it."""
    _lead_require(request, section)
    return earlier(request, section, back_url=card_url(section.card, f"section-{section.code}"))


def _lead_require(request: ActorRequest, section: CardSection) -> None:
    if not may_ask(request.actor, section.card):
        raise PermissionDenied("Карту пишет тот, кто её ведёт, или руководитель Службы.")


@route("card.write", SupportCard, methods=("POST",))
def note_add(request: ActorRequest, found: SupportCard) -> HttpResponse:
    """What is seen in one sphere; a refused note keeps what was typed."""
    form = NoteForm(request.POST)
    if form.is_valid():
        attempt(form, lambda: services.note_add(actor=request.actor, card=found, **form.cleaned_data))
    if form.is_valid():
        messages.success(request, "Записано.")
        return redirect(card_url(found, "notes"))
    return card_page(request, found, 422, note_form=form)


@route("card.write", CardNote, methods=("POST",))
def note_remove(request: ActorRequest, note: CardNote) -> HttpResponse:
    """Take back a note made by mistake."""
    deed = partial(services.note_remove, actor=request.actor, note=note)
    return taken(request, deed, "Запись убрана.", card_url(note.card, "notes"))


@route("card.head", SupportCard, methods=("GET", "POST"))
def lead(request: ActorRequest, found: SupportCard) -> HttpResponse:
    """The head gives the card to another specialist."""
    posts = specialists_of(request.actor, timezone.localdate())
    form = LeadForm(posts, request.POST or None, initial={"lead": found.lead.public_id})
    if request.method == "POST" and form.is_valid():
        attempt(
            form, lambda: services.lead_change(actor=request.actor, card=found, lead=form.cleaned_data["lead"])
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, "Карту ведёт другой специалист.")
            return redirect(card_url(found))
    context = {"form": form, "card": found, "child": found.child, "back": card_url(found)}
    return render(request, "cards/lead.html", context, status=422 if form.errors else 200)
