"""Tags and filters of every page; a builtin, so that templates need no `{% load %}`."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from opora.foundation.access.actions import may as role_may
from opora.foundation.access.routes import FORM_KEY
from opora.foundation.ui import icons, typography

register = template.Library()
STATUSES = {"late": "alert-circle", "soon": "clock", "done": "circle-check", "neutral": "circle"}


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


@register.filter
def ru_date(value: Any) -> str:
    """21.11.2026; empty for nothing."""
    day = _day(value)
    return f"{day:%d.%m.%Y}" if day else ""


@register.filter
def ru_date_long(value: Any) -> str:
    """«21 ноября 2026 г.» with spaces that do not break."""
    day = _day(value)
    return typography.long_date(day) if day else ""


@register.filter
def ru_moment(value: Any) -> str:
    """«21.11.2026 в 14:32» in local time."""
    if not isinstance(value, datetime):
        return ru_date(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%d.%m.%Y}{typography.NBSP}в{typography.NBSP}{local:%H:%M}"


@register.filter
def ru_time(value: Any) -> str:
    """14:32 in local time."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H:%M}" if value else ""


@register.filter
def age(born: Any, on: Any = None) -> str:
    """«6 лет 10 мес.» today or on the given day."""
    day = _day(born)
    return typography.age(day, _day(on) or timezone.localdate()) if day else ""


@register.filter
def plural(number: Any, forms: str) -> str:
    """`{{ n|plural:"ребёнок,ребёнка,детей" }}` is «2 ребёнка»."""
    return typography.plural(int(number or 0), forms)


@register.filter
def plural_word(number: Any, forms: str) -> str:
    """The declined word without its number."""
    return typography.plural_word(int(number or 0), forms)


@register.filter
def grouped(number: Any) -> str:
    """12 345."""
    return typography.grouped(int(number or 0))


@register.filter(is_safe=True)
def typograph(text: Any) -> str:
    """Spaces that do not break: «№ 12», «п. 2.3», initials."""
    fixed = typography.typograph(str(text or ""))
    return mark_safe(fixed) if isinstance(text, SafeString) else fixed


@register.filter
def runs(events: Iterable[Any]) -> list[tuple[Any, int]]:
    """Events with the same deed of the same person one after another as one: the newest of them and how many."""
    grouped = groupby(events, key=lambda event: (event.code, event.user_id, event.sentence))
    return [(run[0], len(run)) for _, same in grouped if (run := list(same))]


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline SVG, hidden from readers: it stands only beside a word."""
    return icons.svg(name)


@register.simple_tag
def form_key() -> SafeString:
    """The hidden key that lets a form be carried out once, however often it is sent."""
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_KEY, secrets.token_urlsafe(18))


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """A field with label above, hint, errors and the value kept.

    Options: `label`, `hint` (a space hides it), `width` (short, medium), `placeholder`, `autofocus` (in a fresh
    form; "always" after errors too), `quiet` (not marked as optional).
    """
    attrs = bound.field.widget.attrs
    if "hint" in options:
        bound.help_text = options["hint"].strip()  # the input names it in aria-describedby
    if "placeholder" in options:
        attrs.pop("placeholder", None)
        if options["placeholder"]:
            attrs["placeholder"] = options["placeholder"]
    wanted = options.get("autofocus")
    if wanted == "always" or (wanted and not bound.form.is_bound):
        attrs["autofocus"] = True
    context = {
        "field": bound,
        "errors": bound.errors,
        "label": options.get("label") or bound.label,
        "hint": bound.help_text,
        "width": options.get("width", ""),
        "optional": not bound.field.required and not options.get("quiet"),
    }
    return mark_safe(bound.form.renderer.render("ui/forms/field.html", context))


@register.inclusion_tag("ui/forms/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of the form on top of it, each leading to its field."""
    if not form.is_bound or form.is_valid():
        return {"shown": False}
    fields = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return {"shown": True, "fields": fields, "common": form.non_field_errors()}


TO_COMPARE = "официальным текстом"  # «сверить с официальным текстом»: the note of anything recalled


@register.simple_tag
def clause(answer: Any) -> SafeString:
    """The clause of an answer of the rules; one that is no law says so beside it, unless its own words do."""
    words = typography.typograph(answer.clause)
    if answer.is_law or answer.clause.startswith("практика"):
        return format_html('<span class="clause">{}</span>', words)
    standing = f"сверить с{typography.NBSP}актом" if TO_COMPARE in answer.note else "практика, не норма"
    return format_html('<span class="clause">{} · <b class="practice">{}</b></span>', words, standing)


@register.simple_tag
def status(text: Any, kind: str = "neutral") -> SafeString:
    """A state in words with a colour and an icon. `kind`: late, soon, done, neutral."""
    if kind not in STATUSES:
        raise ValueError(f"unknown kind of status: {kind}")
    mark = icons.svg(STATUSES[kind])
    return format_html('<span class="status-word is-{}">{}<span>{}</span></span>', kind, mark, text)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The query string of this page with some keys replaced; None or an empty value removes a key."""
    request = context.get("request")
    params = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        params.pop(key, None)
        if value not in (None, ""):
            params[key] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def chip_query(context: template.Context, key: str, value: str, default: str = "") -> str:
    """The address of one choice of a chip: first page; «все» is said aloud where the chip has a default."""
    params = context["request"].GET.copy()
    for gone in ("page", "format", key):
        params.pop(gone, None)
    if value or default:
        params[key] = value
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def may(context: template.Context, action: str) -> bool:
    """`{% may "case.open" as allowed %}`: whether the roles of the person allow the action."""
    request = context.get("request")
    return role_may(getattr(request, "actor", None) or None, action)
