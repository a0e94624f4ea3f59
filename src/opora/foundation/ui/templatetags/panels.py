"""Draws a registered panel with its own context; a builtin."""

from __future__ import annotations

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from opora.foundation.ui.panels import ShownPanel

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context: template.Context, panel: ShownPanel) -> SafeString:
    """The body of the panel: its template, with what its room loaded, on top of the page's context."""
    with context.push(**panel.context):
        source = get_template(panel.template).template  # type: ignore[attr-defined]
        return SafeString(source.render(context))
