"""The psychologist's page of an additional examination; it keeps what is typed as it is typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.people.law import law_on
from opora.regulations.signals.asking import first_steps

from .. import events, services
from ..forms import ExaminationForm
from ..models import AdditionalExamination, Concern
from ..services.examining import consent_for
from ..shown import examines, reads_mark, signs_of


@route("concern.examine", Concern, methods=("GET", "POST"), opens=events.CONCERN_OPENED)
def examination(request: ActorRequest, found: Concern) -> HttpResponse:
    """Write the examination; «draft» keeps it, the main button says how it ended."""
    if not examines(request.actor, found) or found.state != Concern.State.EXAMINATION:
        return redirect("signals:concern", public_id=found.public_id)
    if request.method == "POST":
        return _save(request, found)
    kept = AdditionalExamination.objects.visible_to(request.actor).filter(concern=found).first()
    start: dict[str, Any] = {"held_on": timezone.localdate()}
    if kept is not None:
        start = {"held_on": kept.held_on, "methods": kept.methods, "findings": kept.findings}
    return _page(request, found, ExaminationForm(initial=start))


def _save(request: ActorRequest, found: Concern) -> HttpResponse:
    form, actor, draft = ExaminationForm(request.POST), request.actor, "draft" in request.POST
    if form.is_valid():
        done: object = attempt(
            form,
            (lambda: services.examination_draft(actor=actor, concern=found, **form.written))
            if draft
            else (lambda: services.examination_record(actor=actor, concern=found, **form.details)),
        )
        if done is not None and request.htmx:
            return render(request, "signals/saved.html", {"at": timezone.now()})
        if done is not None:
            messages.success(request, "Сохранено." if draft else "Итоги внесены. Автор сигнала увидит ваш ответ.")
            return redirect("signals:examination" if draft else "signals:concern", public_id=found.public_id)
    if draft and request.htmx:
        errors = [str(error) for each in form.errors.values() for error in each]
        return render(request, "signals/saved.html", {"errors": errors})
    return _page(request, found, form, status=422)


def _page(request: ActorRequest, found: Concern, form: ExaminationForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "concern": found, "child": found.child, "form": form, "signs": signs_of(found),
        "is_marked": reads_mark(request.actor, found), "consent": consent_for(found, today),
        "steps": first_steps(law_on(today)),
    }  # fmt: skip
    return render(request, "signals/examination.html", context, status=status)
