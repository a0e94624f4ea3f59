"""The sheet of a paper: texts and wordings on the left, what it lacks and what is known on the right."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.panels import shown
from opora.foundation.worksheets.views import earlier, is_background, respond
from opora.people.children.models import Child

from .. import events, services
from ..forms import DetailsForm
from ..models import Presentation, PresentationSection
from ..page import parts_of
from ..sheet import has_consent, lacks_of, paper_of


def sheet_url(presentation: Presentation) -> str:
    return reverse("presentations:sheet", args=[presentation.public_id])


def child_url(child: Child) -> str:
    return f"{reverse('children:child', args=[child.public_id])}#child_presentations"


@route("presentation.write", Child, methods=("POST",))
def start(request: ActorRequest, child: Child) -> HttpResponse:
    """Begin an own paper in one click, or come back to it."""
    posts = Position.objects.visible_to(request.actor).filter(user=request.actor.person)
    position = posts.filter(public_id=request.POST.get("position", "")).first()
    if position is None:
        raise Http404
    try:
        made = services.presentation_start(
            actor=request.actor, child=child, kind=request.POST.get("kind", ""), position=position,
            on=timezone.localdate(),
        )  # fmt: skip
    except (Refusal, KeyError) as refusal:
        said = str(refusal) if isinstance(refusal, Refusal) else "Такого документа нет."
        messages.error(request, said)
        return HttpResponseRedirect(child_url(child))
    return HttpResponseRedirect(sheet_url(made))


@route("presentation.view", Presentation, opens=events.PRESENTATION_OPENED)
def sheet(request: ActorRequest, presentation: Presentation) -> HttpResponse:
    return _sheet(request, presentation)


def _sheet(
    request: ActorRequest, presentation: Presentation, *, form: DetailsForm | None = None, asks: bool = False
) -> HttpResponse:
    actor, paper = request.actor, paper_of(presentation)
    child = presentation.child
    own = presentation.author.user_id == actor.person.pk
    writable = services.is_writable(actor, presentation)
    before = Presentation.objects.visible_to(actor).before(presentation).with_people().first()
    missing_consent = paper.needs_consent and not has_consent(child)
    context = {
        "presentation": presentation,
        "paper": paper,
        "child": child,
        "study": child.present_enrolment,
        "guardianships": list(child.guardianships.filter(ended_on=None).select_related("guardian")),
        "parts": parts_of(presentation),
        "writable": writable and not missing_consent,
        "missing_consent": writable and missing_consent,
        "own": own,
        "form": form or DetailsForm(instance=presentation, timed=paper.timed),
        "lacks": lacks_of(presentation) if writable else (),
        "asks": asks,
        "before": before,
        "waiting": presentation.requests.filter(cancelled_on=None).select_related("asked_by").first(),
        "handovers": list(presentation.handovers.select_related("guardian")) if paper.to_parent else [],
        "colleagues": _colleagues(request, presentation),
        "panels": shown("presentation", actor, presentation),
    }
    bad = asks or (form is not None and bool(form.errors))
    return render(request, "presentations/sheet.html", context, status=422 if bad else 200)


def _colleagues(request: ActorRequest, presentation: Presentation) -> list[tuple[Presentation, str]]:
    rows = Presentation.objects.visible_to(request.actor).filter(child=presentation.child)
    others = rows.exclude(pk=presentation.pk).exclude(state=Presentation.State.CANCELLED).with_people()
    return [(one, paper_of(one).title) for one in others[:20]]


@route("presentation.view", Presentation)
def lacks(request: ActorRequest, presentation: Presentation) -> HttpResponse:
    """What the paper lacks, asked for again after each save."""
    found = lacks_of(presentation) if services.is_writable(request.actor, presentation) else ()
    return render(request, "presentations/lacks.html", {"lacks": found, "presentation": presentation})


@route("presentation.write", Presentation, methods=("POST",))
def details(request: ActorRequest, presentation: Presentation) -> HttpResponse:
    """Purpose, day, hours, third person; saved as they are filled in."""
    form = DetailsForm(request.POST, instance=presentation, timed=paper_of(presentation).timed)
    if form.is_valid():
        given = dict(form.cleaned_data)
        fresh = Presentation.objects.get(pk=presentation.pk)
        attempt(form, lambda: services.details_set(actor=request.actor, presentation=fresh, **given))
    if request.htmx:
        context = {"form": form, "presentation": presentation, "saved": form.is_valid(), "writable": True}
        return render(request, "presentations/details.html", context, status=200 if form.is_valid() else 422)
    if form.is_valid():
        return HttpResponseRedirect(sheet_url(presentation))
    return _sheet(request, presentation, form=form)


@route("presentation.write", PresentationSection, methods=("POST",))
def section_save(request: ActorRequest, section: PresentationSection) -> HttpResponse:
    """Save a section as it is typed; say who else has it open."""
    _require_author(request, section)
    return respond(request, section, services.section_write)


@route("presentation.write", PresentationSection, methods=("POST",))
def choices_save(request: ActorRequest, section: PresentationSection) -> HttpResponse:
    """Keep what is ticked; its sentences go into the text."""
    _require_author(request, section)
    try:
        saved = services.choices_write(actor=request.actor, section=section, wanted=request.POST.getlist("chosen"))
    except Refusal as refusal:
        if is_background(request):
            return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
        messages.error(request, str(refusal))
        return HttpResponseRedirect(f"{sheet_url(section.presentation)}#section-{section.code}")
    if is_background(request):
        return JsonResponse({"version": saved.version, "chosen": saved.chosen})
    return HttpResponseRedirect(f"{sheet_url(section.presentation)}#section-{section.code}")


def _require_author(request: ActorRequest, section: PresentationSection) -> None:
    if section.presentation.author.user_id != request.actor.person.pk:
        raise PermissionDenied("В этот лист пишет тот, кто его составляет.")


@route("presentation.view", PresentationSection, opens=events.EARLIER_TEXTS_OPENED)
def section_earlier(request: ActorRequest, section: PresentationSection) -> HttpResponse:
    """What stood in the section before."""
    return earlier(request, section, back_url=f"{sheet_url(section.presentation)}#section-{section.code}")


@route("presentation.write", Presentation, methods=("POST",))
def carry(request: ActorRequest, presentation: Presentation) -> HttpResponse:
    """«Взять из прошлого»."""
    try:
        count = services.earlier_carry(actor=request.actor, presentation=presentation)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Взято разделов: {count}. Они отмечены, пока вы их не измените.")
    return HttpResponseRedirect(sheet_url(presentation))


@route("presentation.write", Presentation, methods=("POST",))
def finish(request: ActorRequest, presentation: Presentation) -> HttpResponse:
    """Finish; what the paper lacks is shown first, once."""
    found = lacks_of(presentation) if services.is_writable(request.actor, presentation) else ()
    if found and request.POST.get("anyway") != "1" and not any(one.blocks for one in found):
        return _sheet(request, presentation, asks=True)
    try:
        services.presentation_finish(actor=request.actor, presentation=presentation, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Готово: документ оформлен сегодняшним днём.")
    return HttpResponseRedirect(sheet_url(presentation))


@route("presentation.write", Presentation, methods=("POST",))
def reopen(request: ActorRequest, presentation: Presentation) -> HttpResponse:
    try:
        services.presentation_reopen(actor=request.actor, presentation=presentation)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(sheet_url(presentation))
