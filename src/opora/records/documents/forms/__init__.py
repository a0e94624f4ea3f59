"""All printed forms: each subfolder with a ``form.py`` is one (see README.md for how to add another)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from opora.records.documents.forms._shared.form import Form

FORMS_DIR = Path(__file__).resolve().parent


def _discover() -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for source in sorted(FORMS_DIR.glob("*/form.py")):
        code = source.parent.name
        form = import_module(f"{__name__}.{code}.form").FORM if not code.startswith("_") else None
        if isinstance(form, Form):
            if form.code != code:
                raise ValueError(f"form {form.code!r} stands in the folder {code!r}")
            forms[code] = form
    return forms


FORMS: dict[str, Form] = _discover()
"""Every form by its code."""
