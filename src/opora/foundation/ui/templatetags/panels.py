"""Draws registered panels, each with its own context; a builtin."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from opora.foundation.ui.panels import ShownPanel, shown

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context: template.Context, panel: ShownPanel) -> SafeString:
    """The body of the panel: its template, with what its room loaded, on top of the page's context."""
    with context.push(**panel.context):
        source = get_template(panel.template).template  # type: ignore[attr-defined]
        return SafeString(source.render(context))


@register.simple_tag(takes_context=True)
def panels_of(context: template.Context, page: str, subject: Any, *, bare: bool = False) -> SafeString:
    """All sections that upper rooms have registered for a page, each under its title; `bare`: their bodies alone."""
    found = shown(page, context["request"].actor, subject)
    if bare:
        return format_html_join("", "{}", ((show_panel(context, one),) for one in found))
    return format_html_join(
        "",
        '<section class="card-plain no-print" id="{}"><h2>{}</h2>{}</section>',
        ((one.anchor, one.title, show_panel(context, one)) for one in found),
    )
