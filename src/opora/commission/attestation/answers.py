"""Answers of a conclusion on ГИА: what may be answered, by the edition of the case, and how it is kept.

Values are JSON: a flag is True or False, a date an ISO text, several choices a list, the subjects a mapping of subject
to form of examination. `level`, `exam_year` and `valid_until` are columns of the row as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from opora.regulations.attestation.entries import AttestationQuestion, AttestationSubject
from opora.regulations.edition import Edition

from .models import AttestationConclusion

TEXT_LIMIT, LIST_LIMIT = 1000, 10_000
EXAM_FORMS = {"9": "ОГЭ", "11": "ЕГЭ"}
FIRST_YEAR, LAST_YEAR = 2000, 2100
EMPTY: Mapping[str, Any] = {"choices": [], "flag": False, "subjects": {}}


def questions_of(law: Edition) -> tuple[AttestationQuestion, ...]:
    """Every question of the sheet in order."""
    return law.entries("attestation_question", AttestationQuestion)


def subjects_of(law: Edition) -> tuple[AttestationSubject, ...]:
    """Subjects of the examination in order."""
    return law.entries("attestation_subject", AttestationSubject)


def choices_of(law: Edition, question: AttestationQuestion) -> list[tuple[str, str]]:
    """Codes and captions that an answer may take; an empty list for what is typed."""
    return law.vocabulary(question.vocabulary).pairs if question.vocabulary else []


def values_of(law: Edition, conclusion: AttestationConclusion) -> dict[str, Any]:
    """All answers as they are kept; what is not answered has its empty value."""
    return {
        one.code: conclusion.answers.get(one.code) or EMPTY.get(one.kind, "") for one in questions_of(law)
    }  # fmt: skip


def put(conclusion: AttestationConclusion, values: Mapping[str, Any]) -> None:
    """Write clean values into the row (not saved)."""
    conclusion.answers = {**conclusion.answers, **values}
    conclusion.level = conclusion.answers.get("level") or ""
    conclusion.exam_year = int(conclusion.answers.get("exam_year") or 0) or None
    until = conclusion.answers.get("valid_until")
    conclusion.valid_until = date.fromisoformat(until) if until else None


def cleaned(law: Edition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Check answers against the edition. Raises ValidationError with a message for each wrong field."""
    known = {one.code: one for one in questions_of(law)}
    errors: dict[str, str] = {}
    clean: dict[str, Any] = {}
    for code, value in values.items():
        if code not in known:
            raise ValueError(f"no question is called {code!r}")
        try:
            clean[code] = _clean(law, known[code], value)
        except ValueError as error:
            errors[code] = str(error)
    if errors:
        raise ValidationError(errors)
    return clean


def fitting(law: Edition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers without those that the chosen level does not ask: no essay at ГИА-9, no interview at ГИА-11."""
    level, kept = values.get("level") or "", dict(values)
    for one in questions_of(law):
        if not one.asked_at(level):
            kept[one.code] = EMPTY.get(one.kind, "")
    foreign = {"9": "essay", "11": "interview"}.get(level)
    kept["kinds"] = [one for one in kept.get("kinds") or [] if one != foreign]
    if kept.get("ground_unlimited"):
        kept["ground_until"] = ""
    return kept


def _clean(law: Edition, question: AttestationQuestion, value: Any) -> Any:
    if value in (None, "", [], (), {}):
        return EMPTY.get(question.kind, "")
    match question.kind:
        case "flag":
            return bool(value)
        case "date":
            return _iso(value)
        case "number":
            return _year(value)
        case "choice":
            return _known(law, question, [str(value)])[0]
        case "choices":
            return _known(law, question, [str(one) for one in value])
        case "subjects":
            return _subjects(law, question, value)
    return _text(str(value), LIST_LIMIT if question.kind == "list" else TEXT_LIMIT)


def _known(law: Edition, question: AttestationQuestion, chosen: list[str]) -> list[str]:
    known = {code for code, _ in choices_of(law, question)}
    for one in chosen:
        if one not in known:
            raise ValueError(f"Значения «{one}» нет в действующей редакции.")
    return chosen


def _subjects(law: Edition, question: AttestationQuestion, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("Выберите форму по предметам.")
    known = {one.code for one in subjects_of(law)}
    unknown = sorted(set(value) - known)
    if unknown:
        raise ValueError(f"Предмета «{unknown[0]}» нет в действующей редакции.")
    chosen = {str(code): str(form) for code, form in value.items() if form}
    _known(law, question, list(chosen.values()))
    return chosen


def _text(text: str, limit: int) -> str:
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise ValueError(f"Не длиннее {limit} знаков, сейчас {len(text)}.")
    return text


def _year(value: Any) -> int:
    year = int(value)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("Напишите год четырьмя цифрами, например 2027.")
    return year


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError("Такой даты нет.") from None
