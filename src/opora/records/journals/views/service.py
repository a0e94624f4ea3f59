"""The service: its journals of work by period and keeper, its statistics; on paper and as table files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.access.step_up import require_proof
from opora.foundation.ui.errors import refused
from opora.foundation.ui.exports import Written
from opora.records.documents.views import respond_pdf

from .. import services, statistics
from ..forms import LogForm, PeriodForm
from ..periods import month, previous_month, quarter
from ..worklog import JOURNALS


@route("work_journal.print")
def choose(request: ActorRequest) -> HttpResponse:
    """Which journal, whose, of which period; this month and the first post are offered."""
    return _chosen(request, _form(request))


def _form(request: ActorRequest) -> LogForm:
    since, until = month(timezone.localdate())
    posts = services.posts_to_print(request.actor)
    return LogForm(
        request.GET if "since" in request.GET else None, posts=posts, reads_all=services.reads_all(request.actor),
        initial={"journal": request.GET.get("journal", "individual"), "since": since, "until": until},
    )  # fmt: skip


def _chosen(request: ActorRequest, form: LogForm) -> HttpResponse:
    context = {
        "form": form, "pdf_url": reverse("journals:log_pdf"), "xlsx_url": reverse("journals:log_xlsx"),
        "oversees": services.oversees(request.actor),
    }  # fmt: skip
    return render(request, "journals/log.html", context, status=422 if form.errors else 200)


@route("work_journal.print")
def log_pdf(request: ActorRequest) -> HttpResponse:
    """The chosen journal as PDF; what was chosen badly is asked anew."""
    form = _form(request)
    if not form.is_valid():
        return _chosen(request, form)
    chosen = form.cleaned_data
    return respond_pdf(
        request,
        lambda: services.log_print(
            actor=request.actor, journal=JOURNALS[chosen["journal"]], since=chosen["since"], until=chosen["until"],
            keeper=form.keeper_post, on=timezone.localdate(),
        ),
    )  # fmt: skip


@route("work_journal.print")
def log_xlsx(request: ActorRequest) -> HttpResponse:
    """The chosen journal as a table file, for whoever has just proved himself."""
    form = _form(request)
    if not form.is_valid():
        return _chosen(request, form)
    require_proof(request)
    chosen = form.cleaned_data
    try:
        written = services.log_export(
            actor=request.actor, journal=JOURNALS[chosen["journal"]], since=chosen["since"], until=chosen["until"],
            keeper=form.keeper_post,
        )  # fmt: skip
    except Refusal as refusal:
        return refused(request, refusal)
    return _file(written, f"journal-{chosen['journal']}.xlsx")


@route("service_statistics.view")
def figures(request: ActorRequest) -> HttpResponse:
    """Figures of a period beside the same period a year before."""
    form, since, until = _period(request)
    context: dict[str, Any] = {"form": form, "spans": _spans(timezone.localdate())}
    if not form.errors:
        context["found"] = statistics.statistics_of(request.actor, since, until)
        context["query"] = f"since={since.isoformat()}&until={until.isoformat()}"
    return render(request, "journals/statistics.html", context, status=422 if form.errors else 200)


@route("service_statistics.view")
def figures_pdf(request: ActorRequest) -> HttpResponse:
    """The same on paper."""
    form, since, until = _period(request)
    if form.errors:
        return figures(request)
    return respond_pdf(
        request,
        lambda: services.statistics_print(
            actor=request.actor, since=since, until=until, on=timezone.localdate()
        ),
    )  # fmt: skip


@route("service_statistics.view")
def figures_xlsx(request: ActorRequest) -> HttpResponse:
    """The same as a table file."""
    form, since, until = _period(request)
    if form.errors:
        return figures(request)
    require_proof(request)
    return _file(services.statistics_export(actor=request.actor, since=since, until=until), "statistics.xlsx")


def _period(request: ActorRequest) -> tuple[PeriodForm, date, date]:
    """The period asked for, else this month."""
    since, until = month(timezone.localdate())
    form = PeriodForm(request.GET if "since" in request.GET else None, initial={"since": since, "until": until})
    if form.is_bound and form.is_valid():
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
        form = PeriodForm(initial={"since": since, "until": until})  # the fields show days as people write them
    return form, since, until


def _spans(today: date) -> list[tuple[str, str]]:
    """Usual periods: a title and the query of its address."""
    spans = (("этот месяц", month(today)), ("прошлый месяц", previous_month(today)), ("этот квартал", quarter(today)))
    return [(title, f"since={first.isoformat()}&until={last.isoformat()}") for title, (first, last) in spans]


def _file(written: Written, name: str) -> HttpResponse:
    response = HttpResponse(written.content, content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
