"""Steps of the path with their reason: one small page for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from opora.commission.cases.flow import transition
from opora.commission.cases.models import Case
from opora.commission.cases.services import step_require
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt

from .. import services
from ..facts import edition_of
from ..forms.steps import ReasonForm
from ..missing import wanted_papers
from .answers import shown_again, to_case

Deed = Callable[[str], object]


def _step(
    request: ActorRequest, case: Case, action: str, deed: Deed, *, usual: tuple[str, ...] = (), ask: bool = True,
    hint: str = "", **context: Any,
) -> HttpResponse:  # fmt: skip
    try:
        row = step_require(case, action)
    except Refusal as refusal:
        return refused(request, refusal)
    form = ReasonForm(request.POST if request.method == "POST" else None, usual=usual, ask=ask)
    if form.is_valid() and attempt(form, lambda: deed(form.words)) is not None:
        return to_case(case)
    context |= {"form": form, "case": case, "child": case.child, "row": row, "hint": hint}
    return shown_again(request, "intake/step.html", context)


@route("case.accept_papers", Case, methods=("GET", "POST"))
def accept_papers(request: ActorRequest, case: Case) -> HttpResponse:
    """All obligatory papers are there, or the head says why he goes on without."""
    missing = wanted_papers(case)["missing"]
    may_insist = request.actor.has(Role.COMMISSION_HEAD)
    return _step(
        request, case, "case.accept_papers",
        lambda words: services.papers_accept(actor=request.actor, case=case, on=timezone.localdate(), reason=words),
        ask=bool(missing) and may_insist, missing=missing, blocked=bool(missing) and not may_insist,
        hint="Почему дело ведут без этих документов" if missing else "Все обязательные документы получены.",
    )  # fmt: skip


@route("case.refuse", Case, methods=("GET", "POST"))
def refuse(request: ActorRequest, case: Case) -> HttpResponse:
    """Refuse the examination: the package is incomplete or wrongly drawn (2.12)."""
    reasons = edition_of(case).vocabulary("refusal_reason").choices
    return _step(
        request, case, "case.refuse",
        lambda words: services.case_refuse(actor=request.actor, case=case, on=timezone.localdate(), reason=words),
        usual=tuple(choice.title for choice in reasons if not choice.detail),
        hint="Эти слова прочтёт родитель.", missing=wanted_papers(case)["missing"],
    )  # fmt: skip


@route("case.reopen_papers", Case, methods=("GET", "POST"))
def reopen_papers(request: ActorRequest, case: Case) -> HttpResponse:
    """Go back to collecting papers."""
    return _step(
        request, case, "case.reopen_papers",
        lambda words: services.papers_reopen(actor=request.actor, case=case, on=timezone.localdate()),
        ask=False, hint="Полученные документы останутся отмеченными.",
    )  # fmt: skip


@route("case.withdraw", Case, methods=("GET", "POST"))
def withdraw(request: ActorRequest, case: Case) -> HttpResponse:
    """The parent takes the application back."""
    return _step(
        request, case, "case.withdraw",
        lambda words: services.case_withdraw(actor=request.actor, case=case, on=timezone.localdate(), reason=words),
        usual=("родитель передумал", "обследование проведёт другая комиссия", "семья переехала"),
        hint="Дело завершится, запись на приём освободится.",
    )  # fmt: skip


@route("case.unbook", Case, methods=("GET", "POST"))
def unbook(request: ActorRequest, case: Case) -> HttpResponse:
    """Cancel the booking."""
    return _booked_step(
        request, case, "case.unbook", services.booking_cancel,
        ("ребёнок болен", "просьба родителя", "приём отменён комиссией"),
    )  # fmt: skip


@route("case.miss", Case, methods=("GET", "POST"))
def miss(request: ActorRequest, case: Case) -> HttpResponse:
    """Mark a no-show."""
    usual = ("не пришли, причина неизвестна", "ребёнок болен", "предупредили по телефону")
    return _booked_step(request, case, "case.miss", services.booking_miss, usual)


def _booked_step(
    request: ActorRequest, case: Case, action: str, deed: Callable[..., object], usual: tuple[str, ...]
) -> HttpResponse:
    booking = services.booking_of(case)

    def carry_out(words: str) -> object:
        if booking is None:
            raise Refusal("not_booked", "Ребёнок не записан на приём.", transition(action).clause)
        return deed(actor=request.actor, booking=booking, reason=words, on=timezone.localdate())

    hint = f"Запись: {booking.slot.when}, {booking.slot.place}. Причина войдёт в журнал записи." if booking else ""
    return _step(request, case, action, carry_out, usual=usual, hint=hint)
