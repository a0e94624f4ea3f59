"""Samples of quality: drawn, looked at, mended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.answers import taken
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.typography import plural

from ...worklog.listing import spans
from .. import events, services
from ..forms import DrawForm, ReviewForm
from ..listing import quality_listing
from ..models import QualityReview
from ..querysets import READ_ALL
from ..services.quality import CLAUSE
from .desk import MONTHS


@route("quality.view")
def quality(request: ActorRequest) -> HttpResponse:
    """All samples for those who lead; remarks to one's own entries for a specialist."""
    read_note(events.QUALITY_LISTED, actor=request.actor)
    leads = bool(request.actor.roles & READ_ALL)
    rows = QualityReview.objects.visible_to(request.actor).select_related("entry__position__user")
    listing = quality_listing(request.actor, timezone.localdate(), leads=leads)
    return list_response(
        request, listing, rows.defer("entry__content", "entry__outcome"), template="leading/quality.html",
        draws=may(request.actor, "quality.draw"), clause=CLAUSE,
    )  # fmt: skip


@route("quality.draw", methods=("GET", "POST"))
def draw(request: ActorRequest) -> HttpResponse:
    """The machine draws entries of each specialist."""
    form = DrawForm([one for one in spans(timezone.localdate()) if one.code in MONTHS], request.POST or None)
    if request.method == "POST" and form.is_valid():
        span = form.months[form.cleaned_data["month"]]
        drawn = attempt(
            form,
            lambda: services.sample_draw(
                actor=request.actor, start=span.start, end=span.end, count=form.cleaned_data["count"]
            ),
        )
        if drawn is not None:
            messages.success(request, f"Выбрано: {plural(len(drawn), 'запись,записи,записей')}.")
            return redirect(f"{reverse('leading:quality')}?state=unseen")
    context = {"form": form, "clause": CLAUSE, "back": reverse("leading:quality")}
    return render(request, "leading/draw.html", context, status=422 if form.errors else 200)


@route("quality.view", QualityReview, opens=events.REVIEW_OPENED)
def review(request: ActorRequest, found: QualityReview) -> HttpResponse:
    """The entry and what the head says of it."""
    return _page(request, found, ReviewForm(initial={"verdict": found.verdict or "good", "words": found.words}))


@route("quality.draw", QualityReview, methods=("POST",))
def judge(request: ActorRequest, found: QualityReview) -> HttpResponse:
    """Say how the entry is kept; the next one follows by itself."""
    form = ReviewForm(request.POST)
    if form.is_valid():
        attempt(form, lambda: services.review_save(actor=request.actor, review=found, **form.cleaned_data))
    if not form.is_valid():
        return _page(request, found, form, 422)
    following = QualityReview.objects.visible_to(request.actor).unseen().order_by("drawn_on", "pk").first()
    if following is None:
        messages.success(request, "Оценка записана. Все выбранные записи просмотрены.")
        return redirect("leading:quality")
    messages.success(request, "Оценка записана. Следующая запись:")
    return redirect("leading:review", public_id=following.public_id)


def _page(request: ActorRequest, found: QualityReview, form: ReviewForm, status: int = 200) -> HttpResponse:
    own = request.actor.user is not None and found.entry.position.user_id == request.actor.user.pk
    history = Event.objects.visible_to(request.actor).about(found).select_related("user")
    judges = may(request.actor, "quality.draw") and not own
    context = {
        "review": found, "entry": found.entry, "form": form if judges else None, "clause": CLAUSE,
        "mends": own and found.waits_for_mending, "events": list(history[:20]),
        "children": found.entry.children.count(), "opens_entry": may(request.actor, "work.view"),
    }  # fmt: skip
    return render(request, "leading/review.html", context, status=status)


@route("quality.mend", QualityReview, methods=("POST",))
def mended(request: ActorRequest, found: QualityReview) -> HttpResponse:
    """The author says that it is mended."""
    to = reverse("leading:review", args=[found.public_id])
    return taken(
        request, lambda: services.review_mend(actor=request.actor, review=found), "Отмечено: исправлено.", to
    )  # fmt: skip
