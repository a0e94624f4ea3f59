"""Pages of refusal: they say what happened and what to do, and never show a trace.

Names for config/urls: handler400 = bad_request, handler403 = forbidden, handler404 = not_found,
handler500 = server_error; settings: CSRF_FAILURE_VIEW = form_expired.
"""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from opora.foundation.access.actions import Frozen, UndertakingMissing
from opora.foundation.access.refusals import Refusal

from . import freezes
from .faults import outage_of, typed_in

logger = logging.getLogger("opora.incidents")
NOT_FOUND = "Такой страницы нет, или она принадлежит другой организации."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return _answer(
            request, 400, "Слишком много данных",
            "Ничего не сохранено. Вернитесь назад: сократите текст или приложите файлы частями.",
        )  # fmt: skip
    return _answer(request, 400, "Запрос не понят", "Адрес или данные повреждены. Вернитесь и повторите.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason is given by whoever refused."""
    reason = str(exception or "") or "Это действие не входит в ваши обязанности."
    if isinstance(exception, UndertakingMissing):
        return _answer(
            request, 403, "Сначала — обязательство о неразглашении",
            f"{reason} Бланк напечатает секретарь; как только подпись внесена, страница откроется.",
            clause="приложение 2.19 к письму",
        )  # fmt: skip
    if isinstance(exception, Frozen):
        words, ways = freezes.told(request, exception)
        return _answer(request, 403, "Карта закрыта", words, clause=freezes.CLAUSE, ways=ways)
    return _answer(request, 403, "Это действие вам недоступно", reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same body for a stranger and for what never was."""
    return _answer(request, 404, "Страница не найдена", NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Fail closed: a number for the person, the trace for the log, nothing else.

    A fault that lies outside and passes (no database, no space) is answered with 503 or 507 and the time to try again.
    """
    number = f"{secrets.randbelow(10**8):08d}"
    number = f"{number[:4]}-{number[4:]}"
    match = getattr(request, "resolver_match", None)
    logger.error("Incident %s at %s", number, match.view_name if match else "?", exc_info=sys.exc_info())
    outage = outage_of(sys.exc_info()[1])
    if outage is not None:
        response = _answer(
            request, outage.status, outage.title, outage.message, incident=number,
            repeat=typed_in(request), has_files=_has_files(request),
        )  # fmt: skip
        response["Retry-After"] = str(outage.again)
    else:
        message = "Действие не выполнено, данные не изменены. Сообщите администратору номер ошибки."
        response = _answer(request, 500, "Ошибка в программе", message, incident=number)
    response["X-Incident"] = number
    return response


def _has_files(request: HttpRequest) -> bool:
    return (request.content_type or "") == "multipart/form-data"


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF check failed: usually somebody signed in again in another tab."""
    return _answer(
        request, 403, "Форма устарела",
        "Пока она была открыта, вы вышли или вошли заново. "
        "Вернитесь назад, обновите страницу и отправьте форму ещё раз.",
    )  # fmt: skip


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal of a service where there is no form to put it in."""
    return _answer(request, 409, "Сейчас это сделать нельзя", refusal.message, clause=refusal.clause)


def _answer(
    request: HttpRequest,
    status: int,
    title: str,
    message: str,
    *,
    clause: str = "",
    incident: str = "",
    repeat: list[tuple[str, str]] | None = None,
    has_files: bool = False,
    ways: Sequence[freezes.Way] = (),
) -> HttpResponse:
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch":
        text = f"{title}. {message}" + (f" ({clause})" if clause else "")
        return HttpResponse(escape(text), status=status)
    low_vision = request.COOKIES.get("low_vision") == "1"
    body = render_to_string(
        "ui/error.html",
        {
            "status": status, "title": title, "message": message, "clause": clause,
            "incident": incident, "low_vision": low_vision,
            "repeat": repeat, "again": request.get_full_path(), "has_files": has_files, "ways": ways,
        },
    )  # fmt: skip
    return HttpResponse(body, status=status)
