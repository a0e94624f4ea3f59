"""The work sheet of a programme: texts saved as typed, the plan edited in place, the checks beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.fields import sees
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.answers import carried_out
from opora.foundation.ui.forms import attempt
from opora.foundation.worksheets.views import earlier, respond

from .. import services
from ..events import EARLIER_TEXTS_OPENED, PROGRAMME_OPENED
from ..flow import Status
from ..forms import LINE_FORMS, TermForm, line_values, staff_of
from ..models import Activity, Criterion, Goal, Programme, ProgrammeSection, Task
from ..outline import Typed, sheet_context, state_context
from ..plan import Line, anchor, is_untouched
from .addresses import programme_url, sheet_url
from .bank import side_context

AUDIENCE_DEED = "copy-"


def leads_require(request: ActorRequest, programme: Programme) -> None:
    if not services.may_lead(request.actor, programme):
        raise PermissionDenied("Программу ведут её куратор и председатель ППк.")


@route("programme.write", Programme, opens=PROGRAMME_OPENED)
def draft_page(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The sheet of a draft; of a running programme, for changes with their reason."""
    leads_require(request, programme)
    if programme.status not in (Status.DRAFT, Status.RUNNING):
        return HttpResponseRedirect(programme_url(programme))
    return _sheet(request, sheet_context(request.actor, programme, timezone.localdate()))


def _sheet(request: ActorRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The whole page with the bank beside it."""
    return render(
        request, "programmes/draft.html", context | side_context(request, context["programme"]), status=status
    )


@route("programme.write", ProgrammeSection, methods=("POST",))
def section_save(request: ActorRequest, section: ProgrammeSection) -> HttpResponse:
    """Save a text as it is typed."""
    leads_require(request, section.programme)
    return respond(request, section, services.section_write)


@route("programme.write", ProgrammeSection, opens=EARLIER_TEXTS_OPENED)
def section_earlier(request: ActorRequest, section: ProgrammeSection) -> HttpResponse:
    """What stood in the text before another person wrote over it."""
    return earlier(request, section, back_url=sheet_url(section.programme, f"section-{section.code}"))


@route("programme.write", Programme)
def draft_checks(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The checks alone, asked for again after a text was saved."""
    leads_require(request, programme)
    context = state_context(request.actor, programme, timezone.localdate())
    return render(request, "programmes/checks.html", context)


@route("programme.write", Programme, methods=("POST",))
def term_save(request: ActorRequest, programme: Programme) -> HttpResponse:
    """Kind and term."""
    actor, today = request.actor, timezone.localdate()
    form = TermForm(request.POST, with_kind=sees(actor, "risk_marks"))
    if form.is_valid():
        typed = form.cleaned_data
        saved = attempt(
            form,
            lambda: services.term_set(
                actor=actor, programme=programme, on=today, kind=typed.get("kind", ""), starts_on=typed["starts_on"],
                ends_on=typed["ends_on"], for_all_study=typed["for_all_study"], reason=_reason(request),
            ),
        )  # fmt: skip
        if saved is not None and not request.htmx:
            return HttpResponseRedirect(sheet_url(programme, "term"))
        if saved is not None:
            context = sheet_context(actor, saved, today)
            return render(request, "programmes/term_saved.html", context)
    context = sheet_context(actor, programme, today) | {"term_form": form}
    if not request.htmx:
        return _sheet(request, context, 422)
    return render(request, "programmes/term.html", context, status=422)


def _reason(request: ActorRequest) -> str:
    """Why a running programme changes: one field of the page, sent along with every row."""
    return next((text for text in request.POST.getlist("reason") if text.strip()), "")


@route("programme.write", Programme, methods=("POST",))
def line_add(request: ActorRequest, programme: Programme) -> HttpResponse:
    """A new row of the plan; the whole plan comes back, with the cursor in the new row."""
    part = request.POST.get("part", "")
    if part not in LINE_FORMS:
        raise Http404
    parent = _parent(request, programme, part)
    values: dict[str, Any] = {"title": request.POST.get("title", "")}
    for name in ("audience", "direction", "scale"):
        if request.POST.get(name):
            values[name] = request.POST[name]
    form = LINE_FORMS[part](request.POST)
    form.full_clean()
    values |= {name: value for name, value in form.cleaned_data.items() if name in request.POST and value}
    if part == "activity":
        values = line_values(part, values, staff_of(request.actor, timezone.localdate()))

    def add() -> Line:
        if set(form.errors) & set(request.POST) - {"responsible"}:
            raise Refusal("bad", " ".join(str(message) for errors in form.errors.values() for message in errors))
        return services.line_add(
            actor=request.actor, programme=programme, part=part, values=values, on=timezone.localdate(),
            parent=parent, reason=_reason(request),
        )  # fmt: skip

    return _plan_answer(request, programme, add)


def _parent(request: ActorRequest, programme: Programme, part: str) -> Goal | Task | None:
    wanted = request.POST.get("parent", "")
    if part == "task":
        return Goal.objects.visible_to(request.actor).filter(programme=programme, public_id=wanted).first()
    rows = Task.objects.visible_to(request.actor).filter(programme=programme, public_id=wanted)
    return rows.first() if wanted else None


def _plan_answer(request: ActorRequest, programme: Programme, deed: Callable[[], Line | None]) -> HttpResponse:
    """Carry out what changes the shape of the plan, and answer with the plan (htmx) or go back to it."""
    refused, made = "", None
    try:
        with transaction.atomic():
            made = deed()
    except Refusal as refusal:
        refused = str(refusal)
    except ValidationError as error:
        refused = " ".join(error.messages)
    if not request.htmx:
        if refused:
            messages.error(request, refused)
        return HttpResponseRedirect(sheet_url(programme, anchor(made) if made is not None else "plan"))
    if refused:
        return HttpResponse(refused, status=422, content_type="text/plain; charset=utf-8")
    context = sheet_context(request.actor, programme, timezone.localdate(), fresh=made)
    return render(request, "programmes/plan_fragment.html", context)


def line_deed(request: ActorRequest, line: Line) -> HttpResponse:
    """One row: saved, moved, copied, taken off, brought back."""
    leads_require(request, line.programme)
    actor, today, reason = request.actor, timezone.localdate(), _reason(request)
    # A script sends the name of whatever button has the focus along with a save: it says `tool` when it means one.
    deed = request.POST.get("tool" if request.htmx else "deed", "save")
    if deed == "save":
        return _line_save(request, line, reason)
    programme = line.programme
    if deed in ("up", "down"):
        return _plan_answer(
            request, programme,
            lambda: services.line_move(actor=actor, line=line, up=deed == "up", on=today, reason=reason),
        )  # fmt: skip
    if deed == "remove":
        return _plan_answer(request, programme, lambda: _removed(request, line, reason))
    if deed.startswith(AUDIENCE_DEED) and isinstance(line, Activity):
        audience = deed.removeprefix(AUDIENCE_DEED)
        if audience not in ("pupil", "parents", "staff"):
            raise Http404
        return _plan_answer(
            request, programme,
            lambda: services.activity_copy(actor=actor, activity=line, audience=audience, on=today, reason=reason),
        )  # fmt: skip
    raise Http404


def _removed(request: ActorRequest, line: Line, reason: str) -> None:
    services.line_remove(actor=request.actor, line=line, on=timezone.localdate(), reason=reason)


def _line_save(request: ActorRequest, line: Line, reason: str) -> HttpResponse:
    """The row as it was typed; what is wrong stands beside its field, what another changed stands beside mine."""
    actor, today, part = request.actor, timezone.localdate(), services.part_of(line)
    form = LINE_FORMS[part](request.POST)
    version = request.POST.get("version", "")
    saved = None
    if form.is_valid():
        values = line_values(part, form.cleaned_data, staff_of(actor, today), line)
        saved = attempt(
            form,
            lambda: services.line_change(
                actor=actor, line=line, values=values, on=today, reason=reason,
                base_version=int(version) if version.isdecimal() and len(version) < 10 else -1,
                settled=request.POST.get("settled") == "1",
            ),
        )  # fmt: skip
    conflict = saved is not None and saved.conflict
    if saved is not None and not conflict:
        if not request.htmx:
            messages.success(request, "Строка сохранена.")
            return HttpResponseRedirect(sheet_url(line.programme, anchor(line)))
        context = state_context(actor, line.programme, today) | {
            "line": saved.line,
            "untouched": is_untouched(saved.line),
        }
        return render(request, "programmes/line_saved.html", context)
    typed = Typed(form, saved.line if saved is not None and conflict else None)
    context = sheet_context(actor, line.programme, today, typed={anchor(line): typed})
    status = 409 if conflict else 422
    if not request.htmx:
        return _sheet(request, context, status)
    context |= {"row": context["rows"][anchor(line)]}
    return render(request, f"programmes/row_{part}.html", context, status=status)


@route("programme.write", Goal, methods=("POST",))
def goal_deed(request: ActorRequest, goal: Goal) -> HttpResponse:
    return line_deed(request, goal)


@route("programme.write", Task, methods=("POST",))
def task_deed(request: ActorRequest, task: Task) -> HttpResponse:
    return line_deed(request, task)


@route("programme.write", Activity, methods=("POST",))
def activity_deed(request: ActorRequest, activity: Activity) -> HttpResponse:
    return line_deed(request, activity)


@route("programme.write", Criterion, methods=("POST",))
def criterion_deed(request: ActorRequest, criterion: Criterion) -> HttpResponse:
    return line_deed(request, criterion)


@route("programme.write", Programme, methods=("POST",))
def plan_take(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The plan of the programme before this one, copied to be changed."""
    rows = Programme.objects.visible_to(request.actor).filter(child=programme.child).exclude(pk=programme.pk)
    source = rows.filter(public_id=request.POST.get("source", "")).first()
    if source is None:
        messages.error(request, "Этой прежней программы у ребёнка нет: обновите страницу.")
        return HttpResponseRedirect(sheet_url(programme, "plan"))
    return carried_out(
        request,
        lambda: services.plan_copy(actor=request.actor, programme=programme, source=source, on=timezone.localdate()),
        sheet_url(programme, "plan"),
        done="План прежней программы перенесён: измените то, что изменилось.",
    )
