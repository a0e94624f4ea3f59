"""Conclusions from files and from what signing froze: the way back from JSON to a subject of the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.regulations.checks.joining import Surroundings, subject_of
from opora.regulations.checks.subject import Diagnosis, OwnView, Subject
from opora.regulations.checks.texts import PROTOCOL
from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import FactError, definition, facts_read, value_read
from opora.regulations.predicates import Value

UNSHOWN = (*PROTOCOL, "main_features")
"""Texts that the school's copy does not show."""


@dataclass(frozen=True, slots=True)
class Said:
    """One specialist's fact, as a file gives it."""

    speciality: str
    fact: str
    value: Value


def subject_read(law: Edition, given: Mapping[str, Any], on: date) -> tuple[Subject | None, list[FactError]]:
    """A subject from a file: `facts`, `born`, `programme`, `conclusion` with `answers` and `texts`, `observations`,
    `diagnoses` and `views`. What cannot be taken is said fact by fact; then there is no subject."""
    values, errors = facts_read(law, _mapping(given.get("facts")))
    conclusion = _mapping(given.get("conclusion"))
    answers, texts = dict(_mapping(conclusion.get("answers"))), _texts(conclusion.get("texts"), errors)
    answers.setdefault("programme_code", given.get("programme") or "")
    for code in ("programme_code", "orientation", "second_programme_code"):
        if answers.get(code) and answers[code] not in law.tables["programme"]:
            errors.append(FactError(code, f"Программы «{answers[code]}» в редакции нет."))
    observations = _observations(law, given.get("observations"), errors)
    born = _day("born", given.get("born"), errors)
    if errors:
        return None, errors
    around = Surroundings(
        frozenset(texts) - {*UNSHOWN}, observations, _diagnoses(given.get("diagnoses")), _views(given.get("views"))
    )
    return subject_of(CaseFacts(law, values, born, on), answers, texts, around), []


def basis_of(subject: Subject) -> dict[str, Any]:
    """What signing freezes of a subject, small and ready for JSON: enough to judge the conclusion anew."""
    facts = subject.facts
    return {
        "edition": facts.law.code,
        "on": facts.on.isoformat() if facts.on else "",
        "born": facts.born.isoformat() if facts.born else "",
        "programme": facts.programme,
        "facts": {code: _plain(value) for code, value in facts.values.items()},
        "answers": {code: value for code, value in subject.answers.items() if value not in (None, "", [], False)}
        | {code: False for code in ("has_limitations", "needs_conditions") if subject.answers.get(code) is False},
        "texts": {code: text for code, text in subject.texts.items() if text.strip() and code != "anamnesis"},
        "observations": [[one.speciality, one.fact, _plain(one.value)] for one in subject.observations],
        "diagnoses": [[one.text, one.icd10, one.consented] for one in subject.diagnoses],
        "views": [[one.speciality, one.text, one.has_opinion] for one in subject.views],
        "organisations": [*subject.organisations],
        "advice": sorted(":".join(filter(None, pair)) for pair in subject.advised.listed),
    }


def subject_of_basis(law: Edition, basis: Mapping[str, Any]) -> Subject:
    """The subject that a signed conclusion was, judged by any edition; its case was in order, or it was not signed."""
    texts = dict(basis["texts"])
    around = Surroundings(
        frozenset(texts) - {*UNSHOWN},
        tuple(Said(who, fact, _frozen(value)) for who, fact, value in basis.get("observations", ())),
        tuple(Diagnosis(text, code, agreed) for text, code, agreed in basis.get("diagnoses", ())),
        tuple(OwnView(*view) for view in basis.get("views", ())),
        tuple(basis.get("organisations", ())),
    )
    facts = CaseFacts(
        law,
        {code: _frozen(value) for code, value in basis["facts"].items()},
        date.fromisoformat(basis["born"]) if basis.get("born") else None,
        date.fromisoformat(basis["on"]) if basis.get("on") else None,
    )
    return subject_of(
        facts,
        dict(basis["answers"]) | {"individual_plan": bool(basis["answers"].get("individual_plan"))},
        texts,
        around,
    )


def _mapping(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _texts(given: Any, errors: list[FactError]) -> dict[str, str]:
    texts = _mapping(given)
    errors.extend(FactError(code, "Нужен текст.") for code, text in texts.items() if not isinstance(text, str))
    return {code: text for code, text in texts.items() if isinstance(text, str)}


def _observations(law: Edition, given: Any, errors: list[FactError]) -> tuple[Said, ...]:
    found = []
    for row in given if isinstance(given, list) else ():
        code = str(_mapping(row).get("fact", ""))
        try:
            value = value_read(definition(law, code), _mapping(row).get("value"))
        except KeyError:
            errors.append(FactError(code, "Такого признака в редакции нет."))
            continue
        except ValueError as error:
            errors.append(FactError(code, str(error)))
            continue
        if value is not None:
            found.append(Said(str(_mapping(row).get("speciality", "")), code, value))
    return tuple(found)


def _diagnoses(given: Any) -> tuple[Diagnosis, ...]:
    rows = [_mapping(row) for row in given] if isinstance(given, list) else []
    return tuple(
        Diagnosis(str(row.get("text", "")), str(row.get("icd10", "")), row.get("consented") is True) for row in rows
    )


def _views(given: Any) -> tuple[OwnView, ...]:
    rows = [_mapping(row) for row in given] if isinstance(given, list) else []
    return tuple(
        OwnView(str(row.get("speciality", "")), str(row.get("text", "")), row.get("has_opinion") is True)
        for row in rows
    )


def _day(code: str, given: Any, errors: list[FactError]) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        errors.append(FactError(code, "Нужна дата вида 2020-01-22."))
        return None


def _plain(value: Value) -> Any:
    return [*value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value
