"""Every route says what it does and to what: `@route("case.view", Case)`.

The wrapper is the same for all: sign-in, the wall of the organisation (404), the right (403), the need to know
(404), one transaction, a form accepted once, the event of opening. A view that is not declared fails
`tests/permissions`, and so the build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import resolve_url

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType

from .actions import require
from .models import AcceptedForm

FORM_KEY = "form_key"


class ActorRequest(HttpRequest):
    """A request of a signed-in person (typing only)."""

    actor: Actor
    htmx: Any


@dataclass(frozen=True)
class Route:
    """What the build knows of a view. `action` is None for pages open to everyone."""

    action: str | None
    model: type[models.Model] | None = None
    methods: tuple[str, ...] = ("GET",)
    signed_in: bool = True


View = Callable[..., HttpResponse]


def public_route(*methods: str) -> Callable[[View], View]:
    """A page for everyone: nothing personal, no sign-in."""
    return _declare(Route(None, methods=methods or ("GET",), signed_in=False))


def own_route(*methods: str) -> Callable[[View], View]:
    """A page of the signed-in person about himself and his own settings."""
    return _declare(Route(None, methods=methods or ("GET",)))


def route(
    action: str,
    model: type[models.Model] | None = None,
    *,
    methods: tuple[str, ...] = ("GET",),
    opens: EventType | None = None,
) -> Callable[[View], View]:
    """Declare a route.

    With a `model` the view is called with the loaded object after the request; the object is found by the keyword
    `public_id` of its address. `opens` is the event written when the page is read. POST requests that carry a
    `form_key` are carried out once.
    """
    return _declare(Route(action, model, methods), opens)


def _declare(declared: Route, opens: EventType | None = None) -> Callable[[View], View]:
    allowed = (*declared.methods, "HEAD") if "GET" in declared.methods else declared.methods

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:  # HEAD is a reading: on a page for POST alone it would slip by CSRF
                return HttpResponseNotAllowed(allowed)
            if not declared.signed_in:
                return view(request, **kwargs)
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            with transaction.atomic():
                return _carry_out(view, declared, opens, cast(ActorRequest, request), kwargs)

        guarded.route = declared  # type: ignore[attr-defined]
        return guarded

    return wrap


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page; a background save gets 401, so that the page keeps what was typed."""
    if getattr(request, "htmx", False) or request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse("Сеанс закончился. Войдите снова: набранное сохранено в этом окне.", status=401)
    return HttpResponseRedirect(f"{resolve_url('account_login')}?next={quote(request.get_full_path())}")


def _carry_out(
    view: View, declared: Route, opens: EventType | None, request: ActorRequest, kwargs: dict[str, Any]
) -> HttpResponse:
    if declared.action is None:
        return view(request, **kwargs)
    if declared.model is None:
        require(request.actor, declared.action)
        return _once(request, lambda: view(request, **kwargs))
    found = load(request.actor, declared.model, declared.action, kwargs.pop("public_id"))
    if opens is not None and request.method == "GET":
        record(opens, actor=request.actor, subject=found, person_id=person_of(found))
    return _once(request, lambda: view(request, found, **kwargs))


def load(actor: Actor, model: type[models.Model], action: str, public_id: str) -> Any:
    """Return the object: 404 for a stranger, 403 for a colleague without the right, 404 without need to know."""
    rows: Any = model._default_manager.all()
    found = (
        rows.visible_to(actor).select_related(*getattr(model, "loaded_with", ())).filter(public_id=public_id).first()
    )
    if found is None and not _is_here(actor, model, public_id):
        raise Http404
    require(actor, action)
    if found is None:
        raise Http404
    return found


def _is_here(actor: Actor, model: type[models.Model], public_id: str) -> bool:
    """Whether the object is behind the actor's own wall, though he need not know it."""
    rows: Any = model._default_manager.filter(public_id=public_id)
    owned = any(field.name == "organisation" for field in model._meta.fields)
    return bool((rows.filter(organisation=actor.organisation) if owned else rows).exists())


def person_of(subject: models.Model) -> str:
    """The public id of the child's file that a row belongs to, or an empty string."""
    return str(getattr(subject, "person_id", "") or "")


def _once(request: ActorRequest, deed: Callable[[], HttpResponse]) -> HttpResponse:
    key = request.POST.get(FORM_KEY, "")[:40] if request.method == "POST" else ""
    if not key:
        return deed()
    form, fresh = AcceptedForm.objects.get_or_create(
        user=request.actor.person, key=key, defaults={"path": request.path[:300]}
    )
    if not fresh and form.location:
        return HttpResponseRedirect(form.location)
    response = deed()
    if 300 <= response.status_code < 400:
        form.location = response.headers["Location"][:300]
        form.save(update_fields=["location"])
    return response
