"""What a service refuses stands in the form beside its field, and the typed values stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from opora.foundation.access.refusals import Refusal

Result = TypeVar("Result")


def typed(request: HttpRequest, name: str, most: int) -> str:
    """What was typed in a box that no form reads: not longer than `most`, without NUL, which PostgreSQL does not take.

    A form refuses NUL by itself; a text that goes past forms comes through here, or is stripped by its service.
    """
    return str(request.POST.get(name, "")).replace("\x00", "")[:most]


def attempt(form: BaseForm, deed: Callable[[], Result]) -> Result | None:
    """Carry out `deed`; a Refusal or ValidationError goes into the form and None comes back.

    The deed runs in its own savepoint, so that nothing of a refused one stays. A deed that returns None by itself
    is told apart by `form.is_valid()`, which is false after a refusal.
    """
    try:
        with transaction.atomic():
            return deed()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except ValidationError as error:
        _add(form, error)
    return None


def _add(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        form.add_error(name if known else None, errors)  # type: ignore[arg-type]
