"""The list of sessions, the session of a day with its board, arrivals and members."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.answers import carried_out
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response

from .. import services
from ..board import board_rows, member_rows, waits_for_session
from ..events import SESSION_OPENED, SESSIONS_LISTED
from ..forms import MissForm, SessionForm, VisitAddForm
from ..listing import session_listing
from ..models import Session, Visit
from .addresses import session_url


@route("session.view")
def session_list(request: ActorRequest) -> HttpResponse:
    """All sessions; above them the days with bookings that have none yet."""
    today = timezone.localdate()
    read_note(SESSIONS_LISTED, actor=request.actor)
    may_plan = may(request.actor, "session.plan")
    return list_response(
        request,
        session_listing(request.actor, today),
        Session.objects.visible_to(request.actor).with_counts(),
        template="examinations/session_list.html",
        waiting=waits_for_session(request.actor, today) if may_plan and not request.htmx else [],
    )


@route("session.plan", methods=("GET", "POST"))
def session_plan(request: ActorRequest) -> HttpResponse:
    """Plan a session: usually one click on the list, here for any day and place."""
    today = timezone.localdate()
    form = SessionForm(request.POST if request.method == "POST" else None, actor=request.actor, initial={"day": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        session = attempt(
            form,
            lambda: services.session_plan(
                actor=request.actor, day=data["day"], place=data["place"], kind=data["kind"], on=today
            ),
        )
        if session is not None:
            return HttpResponseRedirect(session_url(session))
    status = 422 if request.method == "POST" else 200
    waiting = waits_for_session(request.actor, today)
    return render(request, "examinations/session_plan.html", {"form": form, "waiting": waiting}, status=status)


@route("session.view", Session, opens=SESSION_OPENED)
def session_page(request: ActorRequest, session: Session) -> HttpResponse:
    """The session: the board of the day, members, history."""
    services.day_list_sync(actor=request.actor, session=session)
    return render(request, "examinations/session.html", _page(request, session))


def _page(request: ActorRequest, session: Session) -> dict[str, object]:
    actor, today = request.actor, timezone.localdate()
    rows = board_rows(actor, session)
    deeds = Event.objects.visible_to(actor).about(session).exclude(code=SESSION_OPENED.code)
    runs = session.state != Session.State.CLOSED
    may_run = may(actor, "session.plan") and runs
    return {
        "session": session,
        "rows": rows,
        "members": member_rows(actor, session),
        "may_run": may_run,
        "may_close": may_run and session.day <= today and not any(_is_open(row.visit) for row in rows),
        "is_today": session.day <= today,
        "history": deeds.select_related("user")[:15],
    }


def _is_open(visit: Visit) -> bool:
    return visit.state in (Visit.State.EXPECTED, Visit.State.WAITING, Visit.State.WITH)


@route("session.view", Session)
def session_board(request: ActorRequest, session: Session) -> HttpResponse:
    """The board alone: asked for again every ten seconds."""
    services.day_list_sync(actor=request.actor, session=session)
    rows = board_rows(request.actor, session)
    context = {"session": session, "rows": rows, "is_today": session.day <= timezone.localdate()}
    return render(request, "examinations/board.html", context)


@route("session.plan", Session, methods=("POST",))
def session_start(request: ActorRequest, session: Session) -> HttpResponse:
    return carried_out(
        request, lambda: services.session_start(actor=request.actor, session=session), session_url(session)
    )


@route("session.plan", Session, methods=("POST",))
def session_close(request: ActorRequest, session: Session) -> HttpResponse:
    return carried_out(
        request, lambda: services.session_close(actor=request.actor, session=session), session_url(session)
    )


@route("session.reopen", Session, methods=("POST",))
def session_reopen(request: ActorRequest, session: Session) -> HttpResponse:
    return carried_out(
        request, lambda: services.session_reopen(actor=request.actor, session=session), session_url(session)
    )


@route("session.plan", Session, methods=("POST",))
def member_mark(request: ActorRequest, session: Session) -> HttpResponse:
    """One click: present or absent."""
    wanted = request.POST.get("position", "")
    position = Position.objects.visible_to(request.actor).filter(public_id=wanted).first()
    if position is None:
        raise Http404
    present = request.POST.get("present") == "1"
    return carried_out(
        request,
        lambda: services.member_set_present(
            actor=request.actor, session=session, position=position, is_present=present
        ),
        f"{session_url(session)}#members",
    )


@route("session.plan", Session, methods=("GET", "POST"))
def visit_add(request: ActorRequest, session: Session) -> HttpResponse:
    """Add a child to the day list late."""
    form = VisitAddForm(request.POST if request.method == "POST" else None, actor=request.actor, session=session)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        visit = attempt(
            form,
            lambda: services.visit_add(
                actor=request.actor,
                session=session,
                case=data["case"],
                on=timezone.localdate(),
                starts=data["starts"],
            ),
        )
        if visit is not None:
            return HttpResponseRedirect(session_url(session))
    status = 422 if request.method == "POST" else 200
    return render(request, "examinations/visit_add.html", {"form": form, "session": session}, status=status)


@route("case.arrive", Visit, methods=("POST",))
def visit_arrive(request: ActorRequest, visit: Visit) -> HttpResponse:
    return carried_out(
        request,
        lambda: services.visit_arrive(actor=request.actor, visit=visit, on=timezone.localdate()),
        session_url(visit.session),
    )


@route("visit.release", Visit, methods=("POST",))
def visit_release(request: ActorRequest, visit: Visit) -> HttpResponse:
    return carried_out(
        request, lambda: services.visit_release(actor=request.actor, visit=visit), session_url(visit.session)
    )


@route("case.miss", Visit, methods=("GET", "POST"))
def visit_miss(request: ActorRequest, visit: Visit) -> HttpResponse:
    """The child has not come: the reason goes to the journal of booking."""
    form = MissForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: services.visit_miss(
                actor=request.actor, visit=visit, reason=form.cleaned_data["reason"], on=timezone.localdate()
            ),
        )
        if done is not None:
            return HttpResponseRedirect(session_url(visit.session))
    status = 422 if request.method == "POST" else 200
    return render(request, "examinations/visit_miss.html", {"form": form, "visit": visit}, status=status)
