"""A refused form: what was typed is still there, a sentence in Russian stands beside the field, nothing is written."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps

from opora.foundation.identifiers import public_id
from tests.permissions.savepoints import cell

from .knocks import Sent, encoded, plausible, ready
from .reading import Field, Form
from .stage import Stage, body_of, route_of

NOT_WORK = re.compile(r'"(access_acceptedform|audit_\w+|django_session|entrance_\w+)"')
SUMMARY = re.compile(r'class="error-summary".{0,9000}?</div>', re.DOTALL)
WRONG = {"date": "32.13.2026", "select": "марсиане", "text": "Проба\x00", "number": "минус"}


@dataclass
class Kept:
    """`beside` counts sentences at their field, `above` names the fields answered over the form alone.

    `silent` are forms that took everything: their fields are free text or choices that may be left out.
    """

    state: str
    refusals: int = 0
    beside: int = 0
    above: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    taken: list[tuple[str, str, int, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def _mark(number: int) -> str:
    """A word of letters alone, for names take no digits."""
    letters = "абвгдежзиклмнопрстуфхцчшщэюя"
    return "Примета" + letters[number // len(letters)] + letters[number % len(letters)]


def _kind(one: Field) -> str:
    if one.kind in ("select", "radio"):
        return "select"
    if one.kind in ("number", "time"):
        return "number"
    return "date" if re.fullmatch(r"\d\d\.\d\d\.\d{4}", plausible(one)) else "text"


def marked(form: Form) -> tuple[Sent, dict[str, str]]:
    """A well filled form whose free texts are marks, and the marks by field."""
    sent, marks = ready(form), dict[str, str]()
    for number, one in enumerate(form.typed()):
        if _kind(one) == "text" and plausible(one) == "Проба" and one.kind != "password":
            marks[one.name] = _mark(number)
            sent[one.name] = [marks[one.name]]
    if "form_key" in sent:
        sent["form_key"] = [public_id()]
    return sent, marks


def spoilt(form: Form, most: int) -> Iterator[tuple[Field, str]]:
    """Fields of different kinds first, each with a value that no such field takes."""
    seen = set[str]()
    able = [one for one in form.fields.values() if one.is_typed or one.kind in ("select", "radio")]
    first = [one for one in able if _kind(one) not in seen and not seen.add(_kind(one))]  # type: ignore[func-returns-value]
    for one in [*first, *(one for one in able if one not in first)][:most]:
        yield one, WRONG[_kind(one)]


def check(stage: Stage, most: int) -> Kept:
    """Up to `most` wrong fields of every form that a page offers."""
    kept = Kept(_state())
    for name, form in stage.forms.items():
        declared = route_of(name)
        if declared is None or declared.action is None or not form.fields:
            continue
        for one, value in spoilt(form, most):
            _try(stage, name, form, one, value, kept)
        if name not in kept.forms:
            kept.silent.add(name)
    return kept


def _try(stage: Stage, name: str, form: Form, one: Field, value: str, kept: Kept) -> None:
    sent, marks = marked(form)
    with cell() as tried:
        answer = stage.keeper(name).client.post(
            stage.address(name), encoded({**sent, one.name: [value]}), content_type="application/x-www-form-urlencoded"
        )
        changed = any(not NOT_WORK.search(sql) for sql in tried) and _state() != kept.state
    if not 400 <= answer.status_code < 500:
        kept.taken.append((name, one.name, answer.status_code, answer.headers.get("Location", "")))
        return
    kept.refusals += 1
    kept.forms.add(name)
    page = html.unescape(body_of(answer))
    where = f"{name} {one.name} {value!r}: {answer.status_code}"
    lost = [key for key, mark in marks.items() if key != one.name and mark not in page]
    if lost:
        kept.faults.append(f"{where}: lost {', '.join(lost)}")
    if one.is_typed and one.kind != "password" and value.replace("\x00", "") not in page:
        kept.faults.append(f"{where}: lost what was wrong")
    beside = re.search(rf'id="[^"]*{re.escape(one.name)}_error">.{{0,9000}}?</ul>', page, re.DOTALL)
    kept.beside += beside is not None
    said = beside or SUMMARY.search(page)
    if said is None or not re.search("[а-яё]{4}", said.group(0), re.IGNORECASE):
        kept.faults.append(f"{where}: no sentence")
    elif beside is None:
        kept.above.add(f"{name} {one.name}")
    if changed:
        kept.faults.append(f"{where}: refused, and yet it wrote")


_OF_NO_WORK = ("audit", "sessions", "entrance")


def _state() -> str:
    """All rows of work as one hash."""
    told = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.app_label not in _OF_NO_WORK and model.__name__ != "AcceptedForm" and model._meta.managed:
            for line in model._base_manager.order_by("pk").values_list():
                told.update(repr(line).encode())
    return told.hexdigest()
