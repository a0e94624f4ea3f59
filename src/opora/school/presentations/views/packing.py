"""The characteristic into the parent's hands; the package for ПМПК."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.panels import shown
from opora.people.children.models import Child

from .. import events, services
from ..forms import HandoverForm, PackageForm
from ..listing import packages_listing
from ..models import CommissionPackage, Presentation
from ..packing import candidates, contents_of, package_is_whole, package_lacks
from ..services.packages import CLOSED_CHANNEL
from ..sheet import paper_of
from .sheets import child_url, sheet_url


@route("characteristic.hand_over", Presentation, methods=("GET", "POST"))
def hand_over(request: ActorRequest, presentation: Presentation) -> HttpResponse:
    """Who signed for the characteristic, and when; for a presentation of a specialist the page says why not."""
    form = HandoverForm(request.POST or None, child=presentation.child)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: services.characteristic_hand(
                actor=request.actor, presentation=presentation, guardian=form.cleaned_data["guardian"],
                on=form.cleaned_data["handed_on"], today=timezone.localdate(),
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, "Выдача отмечена.")
            return redirect(sheet_url(presentation))
    context = {
        "form": form,
        "presentation": presentation,
        "child": presentation.child,
        "forbidden": "" if paper_of(presentation).to_parent else CLOSED_CHANNEL,
        "back": sheet_url(presentation),
    }
    return render(request, "presentations/hand_over.html", context, status=422 if form.is_bound else 200)


@route("package.view")
def package_list(request: ActorRequest) -> HttpResponse:
    read_note(events.PACKAGES_LISTED, actor=request.actor)
    rows = CommissionPackage.objects.visible_to(request.actor).select_related("child", "commission")
    return list_response(request, packages_listing(), rows.defer("archive"))


@route("package.prepare", Child, methods=("GET", "POST"))
def package_new(request: ActorRequest, child: Child) -> HttpResponse:
    """What is ready goes in; what is missing is said before."""
    offered = candidates(request.actor, child)
    form = PackageForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: services.package_prepare(
                actor=request.actor, child=child, commission=given["commission"], presentations=form.chosen,
                on=timezone.localdate(), informed_on=given["informed_on"],
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, "Пакет подготовлен и опечатан.")
            return redirect("presentations:package", public_id=made.public_id)
    context = {
        "form": form,
        "child": child,
        "offered": offered,
        "lacks": package_lacks(child, [one.presentation for one in offered]),
        "back": child_url(child),
        "closed_channel": CLOSED_CHANNEL,
    }
    return render(request, "presentations/package_new.html", context, status=422 if form.is_bound else 200)


@route("package.view", CommissionPackage, opens=events.PACKAGE_OPENED)
def package(request: ActorRequest, package: CommissionPackage) -> HttpResponse:
    """What is inside, what is missing, whether the seal is whole."""
    inside = contents_of(package)
    context = {
        "package": package,
        "child": package.child,
        "contents": [(one, paper_of(one)) for one in inside],
        "lacks": package_lacks(package.child, inside, package),
        "is_whole": package_is_whole(package),
        "closed_channel": CLOSED_CHANNEL,
        "panels": shown("package", request.actor, package),
    }
    return render(request, "presentations/package.html", context)
