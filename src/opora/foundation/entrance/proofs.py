"""Step-up pages. A page that was asked for opens after the proof; a form that was sent is carried through it."""

from __future__ import annotations

from urllib.parse import quote

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from .forms import CodeAgainForm

PASSWORD, CODE = FIELDS = ("proof_password", "proof_code")
NOT_CARRIED = {*FIELDS, "csrfmiddlewaretoken"}


def ask_and_keep(request: HttpRequest) -> HttpResponse:
    """For a page: the page of proof and back again. For a form: the same question with the form inside."""
    if request.method != "POST":
        ways = get_adapter(request).get_reauthentication_methods(request.user)
        return HttpResponseRedirect(f"{ways[0]['url']}?next={quote(request.get_full_path())}")
    return _question(request, "")


def ask_again(request: HttpRequest) -> HttpResponse:
    return _question(request, str(request.proof_error))  # type: ignore[attr-defined]


def proved_by(request: HttpRequest) -> bool:
    """Check the proof that came with a form, and take it out of the form. Leaves `request.proof_error` when wrong."""
    given = request.POST.copy()
    password, code = (str(given.pop(field, [""])[-1]) for field in FIELDS)
    request.POST = given  # type: ignore[assignment]
    try:
        _check(request, password, code)
    except ValidationError as wrong:
        request.proof_error = " ".join(wrong.messages)  # type: ignore[attr-defined]
        return False
    return True


def _check(request: HttpRequest, password: str, code: str) -> None:
    if password:
        if not get_adapter(request).reauthenticate(request.user, password):  # type: ignore[arg-type]
            raise get_adapter(request).validation_error("incorrect_password")
        reauthenticate_by_password(request)
        return
    if not code:
        raise ValidationError("Введите пароль или код.")
    form = CodeAgainForm({"code": code}, user=request.user)
    if not form.is_valid():
        raise ValidationError([str(error) for error in form.errors.get("code", ["Код не подходит."])])
    form.save()


def _question(request: HttpRequest, error: str) -> HttpResponse:
    kept = [(name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values]
    has_codes = Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.WEBAUTHN).exists()  # type: ignore[misc]
    context = {
        "kept": kept, "error": error, "has_codes": has_codes, "had_files": bool(request.FILES),
        "address": request.get_full_path(),
    }  # fmt: skip
    return render(request, "entrance/prove.html", context, status=422 if error else 403)
