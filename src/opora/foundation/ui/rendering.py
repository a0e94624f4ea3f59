"""How forms are drawn: our markup around each field, Tabler's classes on each input, on every page alike."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

CONTROL = {
    "select": "form-select",
    "select_date": "form-select",
    "checkbox": "form-check-input",
    "checkbox_option": "form-check-input",
    "radio_option": "form-check-input",
    "hidden": "",
    "multiple_hidden": "",
}
DRAWN_HERE = {
    "django/forms/widgets/radio.html": "ui/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/choices.html",
}


class PlainForms(DjangoTemplates):
    """Form renderer of the whole product (settings: FORM_RENDERER)."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Render a form, a field or a widget; widgets get their class here."""
        widget = context.get("widget")
        if isinstance(widget, dict):
            _dress(template_name, widget)
        return super().render(DRAWN_HERE.get(template_name, template_name), context, request)


def _dress(template_name: str, widget: dict[str, Any]) -> None:
    kind = template_name.rsplit("/", 1)[-1].removesuffix(".html")
    attrs = widget["attrs"] = dict(widget.get("attrs") or {})
    control = CONTROL.get(kind, "form-control")
    if control and "form-" not in attrs.get("class", ""):
        attrs["class"] = f"{control} {attrs.get('class', '')}".strip()
    if attrs.get("aria-invalid"):
        attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
    if kind == "date" and widget.get("type", "text") == "text":
        attrs.setdefault("data-date", True)
        attrs.setdefault("inputmode", "numeric")
        attrs.setdefault("placeholder", "дд.мм.гггг")
        attrs.setdefault("autocomplete", "off")
    if kind == "textarea":
        attrs.setdefault("data-autosize", True)
        if attrs.get("rows") == "10":
            attrs["rows"] = "4"
