"""Methods of a sheet: searched, ticked, said how they were used."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import may_write
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route

from .. import services
from ..choice import choice_of, used_in
from ..events import METHODS_OPENED
from ..models import MethodUse


@route("examination.view", Examination, opens=METHODS_OPENED)
def sheet_methods(request: ActorRequest, examination: Examination) -> HttpResponse:
    """The choice on a page of its own, which works without JavaScript; its list alone for the search box."""
    writable = may_write(request.actor, examination) and examination.is_writable
    context = {"sheet": examination, "on_page": True, "case": examination.case}
    if writable:
        asked = request.GET
        context["choice"] = choice_of(request.actor, examination, asked.get("q", ""), asked.get("all") == "1")
    else:
        context["used"] = used_in(request.actor, examination)
    part = writable and request.htmx and request.htmx.target == "method-choice"
    return render(request, "methods/choice.html" if part else "methods/sheet_page.html", context)


@route("examination.write", Examination, methods=("POST",))
def method_choose(request: ActorRequest, examination: Examination) -> HttpResponse:
    """Tick a method or take it out; what that changes on the page comes back piece by piece."""
    added, gone, said = None, "", ""
    code = request.POST.get("use", "")[:40]
    try:
        if code:
            added = services.method_use(actor=request.actor, examination=examination, code=code)
        else:
            gone, code = _dropped(request, examination)
    except Refusal as refusal:
        said = str(refusal)
    if not request.htmx:
        if said:
            messages.error(request, said)
        return HttpResponseRedirect(_back(request, examination))
    choice = choice_of(request.actor, examination, request.POST.get("q", ""), request.POST.get("all") == "1")
    context = {"choice": choice, "sheet": examination, "row": choice.row(code), "said": said, "added": added}
    context |= {"gone": gone or (added.public_id if added else ""), "on_page": request.POST.get("back") == "page"}
    return render(request, "methods/answer.html", context)


def _dropped(request: ActorRequest, examination: Examination) -> tuple[str, str]:
    """Take a method out; its line and the code of the method. One that is gone already only leaves the page."""
    asked = request.POST.get("drop", "")[:40]
    uses = MethodUse.objects.visible_to(request.actor).of_sheet(examination.pk).select_related("own")
    use = uses.filter(public_id=asked).first()
    if use is None:
        return asked, ""
    services.method_drop(actor=request.actor, use=use)
    return asked, use.own.public_id if use.own else use.code


@route("examination.write", MethodUse, methods=("POST",))
def method_note(request: ActorRequest, use: MethodUse) -> HttpResponse:
    """How the method was used, saved when the line is left."""
    status, said = 200, "Сохранено"
    try:
        services.method_note(actor=request.actor, use=use, note=request.POST.get("note", ""))
    except Refusal as refusal:
        status, said = 422, str(refusal)
    except ValidationError as error:
        status, said = 422, " ".join(error.messages)
    if request.htmx:
        return render(request, "methods/note_state.html", {"said": said, "wrong": status != 200}, status=200)
    if status != 200:
        messages.error(request, said)
    return HttpResponseRedirect(_back(request, use.examination))


def _back(request: ActorRequest, examination: Examination) -> str:
    """Where the button stood: the page of methods, or the panel of the sheet."""
    if request.POST.get("back") == "page":
        return reverse("methods:sheet", args=[examination.public_id])
    return f"{reverse('examinations:sheet', args=[examination.public_id])}?methods=open#sheet_methods"
