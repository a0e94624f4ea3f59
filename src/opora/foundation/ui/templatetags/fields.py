"""The field policy in templates; a builtin."""

from __future__ import annotations

from django import template
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from opora.foundation.access import fields, knowledge
from opora.foundation.access.actions import may
from opora.foundation.access.routes import person_of
from opora.foundation.ui.typography import typograph

register = template.Library()


@register.simple_tag(takes_context=True)
def sees(context: template.Context, code: str) -> bool:
    """`{% sees "contacts" as sees_contacts %}`: whether the person sees a class of fields."""
    request = context.get("request")
    return fields.sees(getattr(request, "actor", None) or None, code)


@register.simple_tag(takes_context=True)
def may_change(context: template.Context, row: models.Model, action: str) -> bool:
    """`{% may_change child "child.risk" as can_mark %}`: the role allows it, and it is a child of one's own work."""
    request = context.get("request")
    actor = getattr(request, "actor", None) or None
    return actor is not None and may(actor, action) and knowledge.may_change(actor, person_of(row))


@register.simple_tag(takes_context=True)
def withheld(context: template.Context, code: str) -> SafeString:
    """What stands in the place of a class that the person does not see: who does."""
    request = context.get("request")
    told = fields.field_class(code).who_for(getattr(request, "actor", None) or None)
    return format_html('<span class="hint withheld">{}</span>', typograph(told))
