"""The gate: every request of a signed-in person passes it, whatever route it goes to.

A session that was ended ends here. Whoever still has a given password, or works where a second factor is required
and has none, reaches only the pages on which this is put right. Whoever must prove himself is asked, and nothing of
what he typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import Route
from opora.foundation.access.step_up import ProofNeeded

from .addresses import client_address
from .models import AccountSession
from .proofs import FIELDS, ask_again, ask_and_keep, proved_by
from .services import SESSION, session_note

SEEN_AFTER = timedelta(minutes=5)
ALWAYS_OPEN = {"account_logout", "ui:low_vision"}
WITH_GIVEN_PASSWORD = ALWAYS_OPEN | {"account_change_password"}
WITHOUT_FACTOR = ALWAYS_OPEN | {
    "entrance:required", "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn",
}  # fmt: skip
View = Callable[..., HttpResponse]


class Gate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _keep(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        declared: Route | None = getattr(view, "route", None)
        if not request.user.is_authenticated or (declared is not None and not declared.signed_in):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        closed = _closed(request, name)
        if closed:
            return _lead(request, closed)
        proof_came = declared is not None and request.method == "POST" and any(one in request.POST for one in FIELDS)
        return ask_again(request) if proof_came and not proved_by(request) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ProofNeeded):
            return None
        if _in_background(request):
            return HttpResponse("Обновите страницу и подтвердите, что это вы.", status=403)
        return ask_and_keep(request)


def _keep(request: HttpRequest) -> None:
    """Find the session on the list; end it here if it was ended, note it if it is new."""
    known = request.session.get(SESSION)
    if not known:
        known = session_note(request=request, user=request.user).public_id  # type: ignore[arg-type]
    row = AccountSession.objects.with_factor().filter(public_id=known, user=request.user.pk, ended_at=None).first()
    if row is None:
        logout(request)
        return
    request.account_session = row  # type: ignore[attr-defined]
    now = timezone.now()
    if abs(now - row.seen_at) > SEEN_AFTER or row.session_key != request.session.session_key:
        AccountSession.objects.filter(pk=row.pk).update(
            seen_at=now, session_key=request.session.session_key or "", address=client_address(request)
        )


def _closed(request: HttpRequest, name: str) -> str:
    """The page to which the person must go first, or an empty string."""
    if request.user.must_change_password:  # type: ignore[union-attr]
        return "" if name in WITH_GIVEN_PASSWORD else "account_change_password"
    if name in WITHOUT_FACTOR or request.account_session.has_factor:  # type: ignore[attr-defined]
        return ""
    place = request.actor.organisation  # type: ignore[attr-defined]
    return "entrance:required" if place is not None and place.requires_second_factor else ""


def _lead(request: HttpRequest, page: str) -> HttpResponse:
    if _in_background(request):
        return HttpResponse("Сначала завершите вход: обновите страницу.", status=403)
    back = f"?next={quote(request.get_full_path())}" if request.method == "GET" and request.path != "/" else ""
    return HttpResponseRedirect(reverse(page) + back)


def _in_background(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) or request.headers.get("X-Requested-With") == "fetch"
