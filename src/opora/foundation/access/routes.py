"""Every route says what it does and to what: `@route("case.view", Case)`.

The wrapper is the same for all: sign-in, the wall of the organisation (404), the right (403), the need to know
(404), in an emergency reading alone (403), one transaction, a form accepted once, the event of opening. A view
that is not declared fails `tests/permissions`, and so the build.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import resolve_url

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import noting, record
from opora.foundation.audit.vocabulary import EventType
from opora.foundation.organisations.querysets import person_path_of
from opora.foundation.organisations.scope import within

from .actions import Frozen, require, require_knowledge
from .knowledge import is_frozen, remembering
from .models import AcceptedForm
from .readings import shown
from .step_up import require_proof

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
    step_up: bool = False
    even_frozen: bool = False


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
    step_up: bool = False,
    even_frozen: bool = False,
) -> Callable[[View], View]:
    """Declare a route.

    With a `model` the view is called with the loaded object after the request; the object is found by the keyword
    `public_id` of its address. `opens` is the event written when the page is read. POST requests that carry a
    `form_key` are carried out once. `step_up` asks whoever may do it to prove within five minutes that it is he.
    `even_frozen` leaves the route open for a child whose consent is withdrawn: what the law itself demands.
    """
    return _declare(Route(action, model, methods, step_up=step_up, even_frozen=even_frozen), opens)


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
            asking = cast(ActorRequest, request)
            reads = request.method in ("GET", "HEAD")
            with transaction.atomic(), _scope_of(asking.actor), noting(), remembering() if reads else nullcontext():
                return _carry_out(view, declared, opens, asking, kwargs)

        guarded.route = declared  # type: ignore[attr-defined]
        return guarded

    return wrap


def _scope_of(actor: Actor) -> AbstractContextManager[None]:
    """The organisation of the actor; whoever has none is nowhere and finds no rows at all."""
    return within(actor.organisation.pk if actor.organisation else 0)


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
        require_proof(request, declared.step_up)
        return shown(request, declared.action, _once(request, lambda: view(request, **kwargs)))
    public_id = kwargs.pop("public_id")
    found = load(request.actor, declared.model, declared.action, public_id, even_frozen=declared.even_frozen)
    if request.method not in ("GET", "HEAD") and person_path_of(declared.model):
        require_knowledge(request.actor, person_of(found))
    require_proof(request, declared.step_up)
    if opens is not None and request.method == "GET":
        record(opens, actor=request.actor, subject=found, person_id=person_of(found))
    return shown(request, declared.action, _once(request, lambda: view(request, found, **kwargs)), found)


def load(actor: Actor, model: type[models.Model], action: str, public_id: str, *, even_frozen: bool = False) -> Any:
    """Return the object: 404 for a stranger, 403 for a colleague without the right, 404 without need to know.

    Raises `Frozen` for whoever may know the child, while the processing of its data is stopped.
    """
    rows: Any = model._default_manager.all()
    kept = rows.kept_for(actor) if person_path_of(model) else rows.visible_to(actor)
    found = kept.select_related(*getattr(model, "loaded_with", ())).filter(public_id=public_id).first()
    if found is None and not _is_here(actor, model, public_id):
        raise Http404
    require(actor, action)
    if found is None:
        raise Http404
    if not even_frozen and is_frozen(person_of(found)):
        raise Frozen(person_of(found))
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
    key = request.POST.get(FORM_KEY, "").replace("\x00", "")[:40] if request.method == "POST" else ""
    if not key:
        return deed()
    form, fresh = AcceptedForm.objects.get_or_create(user=request.actor.person, key=key, path=request.path[:300])
    if not fresh and form.location:
        return HttpResponseRedirect(form.location)
    response = deed()
    if 300 <= response.status_code < 400:
        form.location = response.headers["Location"][:300]
        form.save(update_fields=["location"])
    return response
