"""Pages of requests for help to other bodies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.files.services import file_store
from opora.foundation.files.views import respond_file
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.people.children.models import Child
from opora.people.children.search import children_find

from . import events, services
from .clauses import HELP, SECRECY
from .forms import BODIES, AnswerForm, ChangeForm, ContactForm, bodies
from .listing import contact_listing, state_of, state_words
from .models import OutsideContact

BOTH = ("GET", "POST")
FEW = 8


@route("contact.view")
def contact_list(request: ActorRequest) -> HttpResponse:
    """One's own requests; for those who lead all of them."""
    read_note(events.CONTACTS_LISTED, actor=request.actor)
    rows = OutsideContact.objects.visible_to(request.actor).select_related("child", "body", "position__user")
    return list_response(
        request, contact_listing(request.actor, timezone.localdate()), rows, template="contacts/list.html"
    )  # fmt: skip


@route("contact.keep", methods=BOTH)
def new(request: ActorRequest) -> HttpResponse:
    """A request about nobody; a child is looked up by the first letters of its name."""
    return _new(request, None)


@route("contact.keep", Child, methods=BOTH)
def new_about(request: ActorRequest, child: Child) -> HttpResponse:
    """A request about a child, with the ground on which it may be told."""
    return _new(request, child)


def _new(request: ActorRequest, child: Child | None) -> HttpResponse:
    form = ContactForm(request.actor, child, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.contact_make(actor=request.actor, **form.given))
        if made is not None:
            messages.success(request, "Обращение записано.")
            return redirect("contacts:contact", public_id=made.public_id)
    who = request.GET.get("who", "")[:80] if child is None else ""
    back = f"{reverse('children:child', args=[child.public_id])}#child_contacts" if child else reverse("contacts:list")
    context = {
        "form": form, "child": child, "back": back, "datalists": {BODIES: bodies()}, "clause": SECRECY, "help": HELP,
        "who": who, "found": _found(request, who), "records": may(request.actor, "disclosure.receive"),
    }  # fmt: skip
    return render(request, "contacts/new.html", context, status=422 if form.errors else 200)


def _found(request: ActorRequest, who: str) -> list[Child]:
    """Known children whom the letters mean."""
    if not who.strip():
        return []
    read_note(events.CHILD_LOOKED_UP, actor=request.actor)
    return children_find(request.actor, who, today=timezone.localdate(), limit=FEW)


@route("contact.view", OutsideContact, opens=events.CONTACT_OPENED)
def contact(request: ActorRequest, found: OutsideContact) -> HttpResponse:
    """What was asked, on what ground, what came back."""
    return _page(request, found)


def _page(request: ActorRequest, found: OutsideContact, status: int = 200, **extra: Any) -> HttpResponse:
    today = timezone.localdate()
    history = Event.objects.visible_to(request.actor).about(found).select_related("user")
    keeps = services.may_keep(request.actor, found)
    context = {
        "contact": found, "child": found.child, "state": state_of(found, today), "clause": SECRECY,
        "state_words": state_words(found, today), "may_answer": keeps and found.outcome in ("waiting", "silent"),
        "may_change": keeps and found.is_waiting, "answer_form": AnswerForm(), "events": list(history[:20]),
        "may_disclosure": found.disclosure_id is not None and may(request.actor, "disclosure.view"),
    }  # fmt: skip
    return render(request, "contacts/contact.html", context | extra, status=status)


@route("contact.keep", OutsideContact, methods=("POST",))
def answer(request: ActorRequest, found: OutsideContact) -> HttpResponse:
    """The answer with its scan; a refused one keeps what was typed."""
    form = AnswerForm(request.POST, request.FILES)
    done = None
    if form.is_valid():
        done = attempt(form, lambda: _answered(request, found, form))
    if done is not None:
        messages.success(request, "Ответ записан.")
        return _after(request, found)
    return _page(request, found, 422, answer_form=form)


def _after(request: ActorRequest, found: OutsideContact) -> HttpResponse:
    """The page of the request, unless its answer was the last reason to know the child: then the list."""
    if OutsideContact.objects.visible_to(request.actor).filter(pk=found.pk).exists():
        return redirect("contacts:contact", public_id=found.public_id)
    return redirect("contacts:list")


def _answered(request: ActorRequest, found: OutsideContact, form: AnswerForm) -> OutsideContact:
    given = dict(form.cleaned_data)
    upload = given.pop("scan")
    scan = file_store(actor=request.actor, upload=upload, person_id=found.person_id) if upload else None
    return services.contact_answer(actor=request.actor, contact=found, scan=scan, **given)


@route("contact.keep", OutsideContact, methods=BOTH)
def change(request: ActorRequest, found: OutsideContact) -> HttpResponse:
    """Other words, another term."""
    if not services.may_keep(request.actor, found):
        raise PermissionDenied("Обращение ведёт тот, кто его сделал, или руководитель Службы.")
    form = ChangeForm(request.POST or None, initial={"asked": found.asked, "due_on": found.due_on})
    if request.method == "POST" and form.is_valid():
        attempt(
            form, lambda: services.contact_change(actor=request.actor, contact=found, **form.cleaned_data)
        )  # fmt: skip
        if form.is_valid():
            return redirect("contacts:contact", public_id=found.public_id)
    context = {"form": form, "contact": found, "back": reverse("contacts:contact", args=[found.public_id])}
    return render(request, "contacts/change.html", context, status=422 if form.errors else 200)


@route("contact.view", OutsideContact)
def scan(request: ActorRequest, found: OutsideContact) -> HttpResponse:
    """The scan of the answer."""
    if found.scan is None:
        raise Http404
    try:
        return respond_file(found.scan, actor=request.actor, person_id=found.person_id)
    except Refusal as refusal:
        return refused(request, refusal)
