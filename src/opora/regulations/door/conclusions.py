"""The conclusion of a case from a file: each answer is one that the edition's form allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from opora.regulations.checks.texts import DIRECTION, PROTOCOL
from opora.regulations.door.requests import BadCase, Fault, Request
from opora.regulations.edition import Edition
from opora.regulations.entries import ConclusionField

YES_NO = ("has_limitations", "needs_conditions")
TEXT_LIMIT = 100_000


def conclusion_check(request: Request) -> None:
    """Raises BadCase with every answer and text of the conclusion that the form has no place for."""
    said = {} if request.given.get("conclusion") is None else request.given["conclusion"]
    if not isinstance(said, Mapping):
        raise BadCase([Fault("conclusion", "Нужен объект с ключами answers и texts.")])
    faults = [Fault(f"conclusion.{key}", "Такого ключа нет.") for key in said if key not in ("answers", "texts")]
    answers, texts = said.get("answers") or {}, said.get("texts") or {}
    for name, part in (("answers", answers), ("texts", texts)):
        if not isinstance(part, Mapping):
            faults.append(Fault(f"conclusion.{name}", "Нужен объект."))
    if not faults:
        faults += _answers(request.law, answers) + _texts(request.law, texts)
    for name in ("diagnoses", "views"):
        faults += _rows(name, request.given.get(name))
    if faults:
        raise BadCase(faults)


def _answers(law: Edition, answers: Mapping[str, Any]) -> list[Fault]:
    known = law.tables["field"]
    faults = []
    for code, value in answers.items():
        field = known.get(code)
        if not isinstance(field, ConclusionField):
            faults.append(Fault(f"conclusion.answers.{code}", "Такого ответа в заключении нет."))
        elif value not in (None, "", []) and (wrong := _wrong(law, field, value)):
            faults.append(Fault(f"conclusion.answers.{code}", wrong))
    return faults


def _wrong(law: Edition, field: ConclusionField, value: Any) -> str:
    """Why a value does not fit the field; empty when it does."""
    if field.code in YES_NO or field.kind == "flag":
        return "" if isinstance(value, bool) else "Нужно true или false."
    if field.kind in ("choice", "choices"):
        allowed = {one.code for one in law.vocabulary(field.vocabulary).choices}
        given = value if field.kind == "choices" and isinstance(value, list) else [value]
        odd = [one for one in given if not isinstance(one, str) or one not in allowed]
        return f"Значения «{odd[0]}» нет; есть: {', '.join(sorted(allowed))}." if odd else ""
    if field.kind == "programme":
        return "" if isinstance(value, str) and value in law.tables["programme"] else f"Программы «{value}» нет."
    if field.kind == "date":
        return _wrong_day(value)
    return "" if isinstance(value, str) and len(value) <= TEXT_LIMIT else "Нужен текст."


def _wrong_day(value: Any) -> str:
    try:
        date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError:
        return "Нужна дата вида 2020-01-22."
    return ""


def _texts(law: Edition, texts: Mapping[str, Any]) -> list[Fault]:
    known = {*law.tables["field"], *law.tables["section"], *PROTOCOL, "school_features"}
    specialists = {one.code for one in law.vocabulary("direction_specialist").choices}
    faults = []
    for code, text in texts.items():
        place = f"conclusion.texts.{code}"
        if code not in known and code.removeprefix(DIRECTION) not in specialists:
            faults.append(Fault(place, "Такого раздела в заключении нет."))
        elif not isinstance(text, str) or len(text) > TEXT_LIMIT:
            faults.append(Fault(place, "Нужен текст."))
    return faults


def _rows(name: str, given: Any) -> list[Fault]:
    if given in (None, []):
        return []
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        return [Fault(name, "Нужен перечень объектов.")]
    return []
