"""How a save answers. Concrete apps declare the route and call `respond`; there are no routes here.

POST fields: `text`, `version`, `settled=1` after a conflict was looked at, `discard=1` when one's own text is given up
for the other; or `ping=1` with `version`, or `leave=1`. `typed_by` is the public id of whoever opened the page.
Answers to a background save: 200 JSON, 409 JSON with both texts, 422 a sentence; 401 comes from the route itself.
A plain form (no JavaScript) is answered with a redirect or with the page of the conflict.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest
from opora.foundation.accounts.actors import Actor

from .models import EarlierText, Section
from .services import SaveResult, presence_end, presence_touch, section_discard, section_save


class Save(Protocol):
    """What an app gives to `respond`: its own check of right and state, then `section_save`."""

    def __call__(
        self, *, actor: Actor, section: Any, text: str, base_version: int, settled: bool
    ) -> SaveResult[Any]: ...


def respond(request: ActorRequest, section: Section, save: Save = section_save) -> HttpResponse:
    """Carry out a POST to the address of one section."""
    if request.POST.get("typed_by", request.actor.person.public_id) != request.actor.person.public_id:
        return HttpResponse("В другой вкладке вошёл другой сотрудник. Войдите под своим именем.", status=401)
    if "leave" in request.POST:
        presence_end(section.public_id, request.actor.person)
        return HttpResponse(status=204)
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        return HttpResponse("Обновите страницу: версия раздела не указана.", status=422)
    if "ping" in request.POST:
        return JsonResponse(_presence(request, section, int(version)))
    try:
        if "discard" in request.POST:
            section_discard(actor=request.actor, section=section, text=request.POST.get("text", ""))
            return JsonResponse({"version": section.version, "at": _time(section)})
        result = save(
            actor=request.actor,
            section=section,
            text=request.POST.get("text", ""),
            base_version=int(version),
            settled=request.POST.get("settled") == "1",
        )
    except Refusal as refusal:
        return _refused(request, refusal)
    return _in_background(request, result) if is_background(request) else _plainly(request, result)


def earlier(request: ActorRequest, section: Section, *, back_url: str) -> HttpResponse:
    """The page of texts that were written over, the newest first."""
    texts = EarlierText.objects.visible_to(request.actor).filter(section_id=section.public_id)
    context = {"section": section, "texts": texts.select_related("user").order_by("-pk")[:100], "back_url": back_url}
    return render(request, "worksheets/earlier.html", context)


def is_background(request: ActorRequest) -> bool:
    """Whether a script waits for the answer."""
    return request.headers.get("X-Requested-With") == "fetch" or request.POST.get("background") == "1"


def _presence(request: ActorRequest, section: Section, version: int) -> dict[str, Any]:
    others = presence_touch(section, request.actor.person)
    answer: dict[str, Any] = {"others": [user.short_name for user in others], "version": section.version}
    if section.version > version:
        answer |= {"text": section.text, "by": str(section.user or ""), "at": _time(section)}
    return answer


def _in_background(request: ActorRequest, result: SaveResult[Any]) -> HttpResponse:
    section = result.section
    answer = {"version": section.version, "at": _time(section)}
    if not result.conflict:
        return JsonResponse(answer)
    answer |= {
        "theirs": result.theirs,
        "html": render_to_string("worksheets/conflict.html", {"result": result}, request),
    }
    return JsonResponse(answer, status=409)


def _plainly(request: ActorRequest, result: SaveResult[Any]) -> HttpResponse:
    if result.conflict:
        context = {"result": result, "section": result.section, "url": request.path, "next": _next(request)}
        return render(request, "worksheets/conflict_page.html", context, status=409)
    messages.success(request, f"Сохранено в {_time(result.section)}")
    return HttpResponseRedirect(_next(request))


def _refused(request: ActorRequest, refusal: Refusal) -> HttpResponse:
    if is_background(request):
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    context = {"message": str(refusal), "text": request.POST.get("text", ""), "next": _next(request)}
    return render(request, "worksheets/refused_page.html", context, status=422)


def _next(request: ActorRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else "/"


def _time(section: Section) -> str:
    return f"{timezone.localtime(section.at):%H:%M}"
