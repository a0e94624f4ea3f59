"""One page for the settings of the service; each part of it is a form of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural, plural_word
from opora.people.law import law_on
from opora.regulations.service.reading import group_limits, hour_norms

from . import services
from .forms import CabinetForm, DayOffForm, NormsForm, RatesForm, SettingsForm
from .models import Cabinet, DayOff, Workload
from .reading import YearSpan, full_rates, school_year, school_year_of, settings_of
from .standing import standing_on
from .vacations import usual_vacations

VIEW, KEEP = "schoolyear.view", "schoolyear.keep"


@route(VIEW)
def settings_page(request: ActorRequest) -> HttpResponse:
    """Everything on which the year rests; whoever keeps it changes it here."""
    return _page(request, _span(request))


def _span(request: ActorRequest) -> YearSpan:
    """The school year that the page shows: the present one or its neighbour."""
    today = school_year_of(timezone.localdate())
    wanted = request.POST.get("year", "") or request.GET.get("year", "")
    near = {str(today.year + step): today.year + step for step in (-1, 0, 1)}
    return school_year(near.get(wanted, today.year))


def _posts(request: ActorRequest, span: YearSpan) -> list[Position]:
    """Specialists who work in the year, also those who come later in it."""
    rows = Position.objects.visible_to(request.actor).filter(role=Role.SCHOOL_SPECIALIST, started_on__lte=span.ends_on)
    rows = rows.exclude(ended_on__lt=span.starts_on).select_related("user")
    return list(rows.order_by("user__last_name", "user__first_name", "pk"))


def _rates(request: ActorRequest, span: YearSpan) -> dict[int, Decimal]:
    rows = Workload.objects.visible_to(request.actor).filter(year=span.year)
    return dict(rows.values_list("position", "rate"))


def _page(request: ActorRequest, span: YearSpan, **forms: Any) -> HttpResponse:
    """The page; a form that was refused is handed in, the rest are fresh."""
    today = timezone.localdate()
    law, at = law_on(today), request.actor.at
    days = DayOff.objects.visible_to(request.actor)
    days = days.filter(starts_on__lte=span.ends_on, ends_on__gte=span.starts_on)
    known = [(one.starts_on, one.ends_on) for one in days if not one.works]
    missing = [
        one for one in usual_vacations(span.year) if not any(s <= one[2] and e >= one[1] for s, e in known)
    ]  # fmt: skip
    context: dict[str, Any] = {
        "span": span, "years": [school_year(school_year_of(today).year + step) for step in (-1, 0, 1)],
        "days": list(days), "missing": missing,
        "cabinets": list(Cabinet.objects.visible_to(request.actor).order_by("is_retired", "title")),
        "settings_form": SettingsForm(instance=settings_of(at)), "day_form": DayOffForm(),
        "cabinet_form": CabinetForm(), "norms_form": NormsForm(full_rates(at, today)),
        "rates_form": RatesForm(_posts(request, span), _rates(request, span)),
        "norm_rule": next(iter(hour_norms(law)), None), "limits": group_limits(law), "keeps": may(request.actor, KEEP),
    }  # fmt: skip
    bad = any(form.errors for form in forms.values())
    return render(request, "schoolyear/settings.html", context | forms, status=422 if bad else 200)


def _back(span: YearSpan, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('schoolyear:settings')}?year={span.year}#{anchor}")


@route(KEEP, methods=("POST",))
def settings_save(request: ActorRequest) -> HttpResponse:
    """Lesson, group, days to log."""
    span = _span(request)
    form = SettingsForm(request.POST, instance=settings_of(request.actor.at))
    if form.is_valid():
        attempt(form, lambda: services.settings_save(actor=request.actor, **form.cleaned_data))
    if form.errors:
        return _page(request, span, settings_form=form)
    messages.success(request, "Настройки сохранены.")
    return _back(span, "work")


@route(KEEP, methods=("POST",))
def day_off_add(request: ActorRequest) -> HttpResponse:
    """A range of days, or the usual vacations of the year."""
    span = _span(request)
    if "usual" in request.POST:
        added = services.vacations_add(actor=request.actor, year=span.year)
        messages.success(request, f"Внесены каникулы: {len(added)}. Поправьте даты под приказ.")
        _standing_told(request, added)
        return _back(span, "days")
    form = DayOffForm(request.POST)
    if form.is_valid():
        made = attempt(form, lambda: services.day_off_add(actor=request.actor, **form.cleaned_data))
        _standing_told(request, [made] if made else [])
    if form.errors:
        return _page(request, span, day_form=form)
    return _back(_year_of(form.cleaned_data["starts_on"], span), "days")


def _standing_told(request: ActorRequest, added: Sequence[DayOff]) -> None:
    """Say what was planned on the new days off, with the way to it."""
    for one in standing_on(request.actor.at, added):
        told = format_html(
            'На эти дни {} <a href="{}">{}</a>: перенесите или отмените.',
            plural_word(one.count, "стоит,стоят,стоят"), one.page, plural(one.count, one.noun),
        )  # fmt: skip
        messages.warning(request, told)


def _year_of(day: date, span: YearSpan) -> YearSpan:
    return span if day in span else school_year_of(day)


@route(KEEP, DayOff, methods=("POST",))
def day_off_remove(request: ActorRequest, found: DayOff) -> HttpResponse:
    """Take a range back."""
    services.day_off_remove(actor=request.actor, day_off=found)
    messages.success(request, f"«{found.title}» убрано: дни считаются по производственному календарю.")
    return _back(_span(request), "days")


@route(KEEP, methods=("POST",))
def cabinet_add(request: ActorRequest) -> HttpResponse:
    """A cabinet by its title."""
    form = CabinetForm(request.POST)
    if form.is_valid():
        attempt(form, lambda: services.cabinet_save(actor=request.actor, **form.cleaned_data))
    return _page(request, _span(request), cabinet_form=form) if form.errors else _back(_span(request), "cabinets")


@route(KEEP, Cabinet, methods=("GET", "POST"))
def cabinet(request: ActorRequest, found: Cabinet) -> HttpResponse:
    """Another title, another number of seats, used no more."""
    given = {"title": found.title, "seats": found.seats, "is_retired": found.is_retired}
    form = CabinetForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.cabinet_save(actor=request.actor, cabinet=found, **form.cleaned_data))
        if form.is_valid():
            return _back(_span(request), "cabinets")
    context = {"form": form, "cabinet": found}
    return render(request, "schoolyear/cabinet.html", context, status=422 if form.errors else 200)


@route(KEEP, methods=("POST",))
def norms_save(request: ActorRequest) -> HttpResponse:
    """Hours of a full rate."""
    today, span = timezone.localdate(), _span(request)
    form = NormsForm(full_rates(request.actor.at, today), request.POST)
    if form.is_valid():
        attempt(form, lambda: services.norms_save(actor=request.actor, norms=form.given()))
    if form.errors:
        return _page(request, span, norms_form=form)
    messages.success(request, "Нормы часов сохранены как нормы школы.")
    return _back(span, "norms")


@route(KEEP, methods=("POST",))
def rates_save(request: ActorRequest) -> HttpResponse:
    """Rates of the year."""
    span = _span(request)
    form = RatesForm(_posts(request, span), _rates(request, span), request.POST)
    if form.is_valid():
        attempt(form, lambda: services.rates_save(actor=request.actor, year=span.year, rates=form.given()))
    if form.errors:
        return _page(request, span, rates_form=form)
    messages.success(request, "Ставки сохранены.")
    return _back(span, "rates")
