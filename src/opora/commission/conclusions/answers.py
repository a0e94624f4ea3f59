"""Chosen answers of a conclusion: what may be answered, by the edition of the case, and how it is kept.

Values are JSON: a yes-or-no answer is True, False or None; a date is an ISO string; several choices are a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from opora.regulations.edition import Edition

from .models import Conclusion

TEXT_LIMIT = 1000


@dataclass(frozen=True)
class Answer:
    """One question. `kind`: yes_no | flag | choice | choices | programme | date | text; `section` is where the edition
    has the field with this code; an answer that is no `column` of the model is kept in `answers`."""

    code: str
    kind: str
    section: str
    column: bool = False


ANSWERS: tuple[Answer, ...] = (
    Answer("has_limitations", "yes_no", "status", column=True),
    Answer("needs_conditions", "yes_no", "status", column=True),
    Answer("ovz_first_time", "flag", "status"),
    Answer("programme_code", "programme", "programme", column=True),
    Answer("orientation", "programme", "programme"),
    Answer("programme_section", "choice", "programme", column=True),
    Answer("individual_plan", "flag", "programme", column=True),
    Answer("variant_term", "text", "programme"),
    Answer("second_programme_code", "programme", "programme", column=True),
    Answer("route", "choice", "programme", column=True),
    Answer("special_methods", "text", "programme"),
    Answer("study_form", "choice", "study_form"),
    Answer("study_form_grounds", "choices", "study_form"),
    Answer("regime", "choices", "regime"),
    Answer("regime_detail", "text", "regime"),
    Answer("education_form", "choices", "education_form"),
    Answer("education_form_detail", "text", "education_form"),
    Answer("workplace", "text", "architecture"),
    Answer("assistant_need", "choice", "assistance"),
    Answer("assistant_reason", "text", "assistance"),
    Answer("assistant_term", "choice", "assistance"),
    Answer("assistant_by_parent", "flag", "assistance"),
    Answer("tutor_need", "choice", "assistance"),
    Answer("tutor_reason", "text", "assistance"),
    Answer("tutor_term", "choice", "assistance"),
    Answer("reexamination_wording", "choice", "reexamination"),
    Answer("term_on", "date", "reexamination", column=True),
    Answer("reexamination_detail", "text", "reexamination"),
    Answer("change_term", "date", "reexamination"),
    Answer("follow_up", "date", "reexamination"),
    Answer("commission_kind", "choice", "handing", column=True),
    Answer("blank_number", "text", "handing", column=True),
)
BY_CODE = {answer.code: answer for answer in ANSWERS}
EMPTY: dict[str, Any] = {"yes_no": None, "flag": False, "choices": [], "date": ""}


def title_of(edition: Edition, answer: Answer) -> str:
    return edition.conclusion_section(answer.section).field(answer.code).title


def choices_of(edition: Edition, answer: Answer) -> list[tuple[str, str]]:
    """Codes and captions that the answer may take; an empty list for free texts."""
    if answer.kind == "programme":
        offered = edition.variants if answer.code == "orientation" else edition.programmes
        return [(programme.code, programme.title) for programme in offered]
    if answer.kind in ("choice", "choices"):
        return edition.vocabulary(edition.conclusion_section(answer.section).field(answer.code).vocabulary).pairs
    return []


def values_of(conclusion: Conclusion) -> dict[str, Any]:
    """All answers as they are kept; what is not answered has its empty value."""
    found = {}
    for answer in ANSWERS:
        kept = getattr(conclusion, answer.code) if answer.column else conclusion.answers.get(answer.code)
        if isinstance(kept, date):
            kept = kept.isoformat()
        empty = EMPTY.get(answer.kind, "")
        found[answer.code] = empty if kept in (None, "") else kept
    return found


def put(conclusion: Conclusion, values: Mapping[str, Any]) -> None:
    """Write clean values into the row (not saved)."""
    for code, value in values.items():
        answer = BY_CODE[code]
        if not answer.column:
            conclusion.answers = {**conclusion.answers, code: value}
        elif answer.kind == "date":
            setattr(conclusion, code, date.fromisoformat(value) if value else None)
        else:
            setattr(conclusion, code, value)


def cleaned(edition: Edition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Check answers against the edition. Raises ValidationError with a message for each wrong field."""
    errors: dict[str, str] = {}
    clean: dict[str, Any] = {}
    for code, value in values.items():
        answer = BY_CODE.get(code)
        if answer is None:
            raise ValueError(f"no answer is called {code!r}")
        try:
            clean[code] = _clean(edition, answer, value)
        except ValueError as error:
            errors[code] = str(error)
    if errors:
        raise ValidationError(errors)
    return clean


def _clean(edition: Edition, answer: Answer, value: Any) -> Any:
    if value in (None, "", [], ()):
        return EMPTY.get(answer.kind, "")
    if answer.kind in ("yes_no", "flag"):
        return bool(value)
    if answer.kind == "date":
        return _iso(value)
    if answer.kind == "text":
        return _text(answer, str(value))
    known = {code for code, _ in choices_of(edition, answer)}
    chosen = [str(one) for one in value] if answer.kind == "choices" else [str(value)]
    for one in chosen:
        if one not in known:
            raise ValueError(f"Значения «{one}» нет в действующей редакции.")
    return chosen if answer.kind == "choices" else chosen[0]


def _text(answer: Answer, text: str) -> str:
    text = text.replace("\x00", "").strip()
    limit = 40 if answer.code == "blank_number" else TEXT_LIMIT
    if len(text) > limit:
        raise ValueError(f"Не длиннее {limit} знаков, сейчас {len(text)}.")
    return text


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError("Такой даты нет.") from None
